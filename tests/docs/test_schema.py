"""The JSON Schema says what the configuration takes, and the example configuration is one."""

import tomllib
from pathlib import Path

import jsonschema_rs
import pytest

from backlint import catalog
from backlint.config import Surroundings, load
from backlint.docs.sample import sample
from backlint.docs.schema import schema
from backlint.rule import Rule

VALIDATOR = jsonschema_rs.validator_for(schema())


def refused(text: str) -> bool:
    return not VALIDATOR.is_valid(tomllib.loads(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        'ignore = ["stale-item"]',
        '[ignore]\nstale-item = "we use a bot"',
        '[rules.stale-item]\nseverity = "error"',
        '[rules.stale-item]\nseverity = { next = "error" }',
        '[teams.web]\nvelocity = 21\n[teams.web.file]\npath = "x"',
        '[[teams.web.file]]\npath = "x"',
    ],
)
def test_takes_what_the_configuration_takes(text: str, tmp_path: Path) -> None:
    (tmp_path / "backlint.toml").write_text(text)
    load(around=Surroundings(tmp_path, {}))
    assert not refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "selct = []",
        "[rules.stale-itm]",
        "[rules.stale-item]\nseverty = 1",
        '[teams.web]\nvelocity = "much"',
        "[teams.web.jria]",
    ],
)
def test_refuses_what_the_configuration_refuses(text: str) -> None:
    assert refused(text)


def test_the_example_names_every_rule_and_its_schema() -> None:
    text = sample()
    assert text.startswith("#:schema docs/backlint.schema.json\n")
    assert set(tomllib.loads(text)["rules"]) == set(catalog.names(Rule))


def test_the_example_without_its_team_is_the_default_configuration(tmp_path: Path) -> None:
    """Its team is read from nowhere: what must be given is left open there."""
    plain = load(around=Surroundings(tmp_path, {}))
    before, _, rest = sample().partition("[teams.checkout]")
    (tmp_path / "backlint.toml").write_text(f"{before}# {rest.partition('# Rules. ')[2]}")
    written = load(around=Surroundings(tmp_path, {}))
    assert written.rules == plain.rules
    assert written.settings.model_copy(update={"rules": {}, "reports": {}, "channels": {}}) == plain.settings


def test_the_example_is_what_the_schema_takes() -> None:
    values = tomllib.loads(sample())
    del values["teams"]
    assert VALIDATOR.is_valid(values)
