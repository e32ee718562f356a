"""Where settings come from, and which of them counts."""

import pytest

from backlint.config.layers import DEFAULT
from backlint.finding import Severity
from tests.config.conftest import Desk


def test_without_a_file_the_defaults_count(desk: Desk) -> None:
    config = desk.load()
    assert config.file is None
    assert config.settings.fail_on is Severity.ERROR
    assert config.teams == ()
    assert config.rules


def test_the_environment_of_the_process_is_read_only_where_it_is_handed_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKLINT_FAIL_ON", "info")
    assert desk.load().settings.fail_on is Severity.ERROR


SOURCES = ["user file", "extended", "project file", "secrets", ".env", "environment", "flags"]


@pytest.mark.parametrize("strongest", range(len(SOURCES)), ids=SOURCES)
def test_the_stronger_place_counts(desk: Desk, strongest: int) -> None:
    said = [f"db{number}" for number in range(strongest + 1)] + [None] * len(SOURCES)
    user, extended, project, secret, dotenv, variable, flag = said[: len(SOURCES)]
    if user:
        desk.write(f'store = "{user}"', "home/backlint/backlint.toml")
    desk.write(f'store = "{extended}"' if extended else "", "shared.toml")
    desk.write('extend = "shared.toml"\n' + (f'store = "{project}"' if project else ""))
    desk.environ["BACKLINT_SECRETS_DIR"] = str(
        desk.write(secret or "", "run/backlint_store" if secret else "run/x").parent
    )
    if dotenv:
        desk.write(f"BACKLINT_STORE={dotenv}", ".env")
    if variable:
        desk.environ["BACKLINT_STORE"] = variable
    config = desk.load(flags={"store": flag} if flag else None)
    assert config.settings.store == f"db{strongest}"


def test_says_where_each_setting_comes_from(desk: Desk) -> None:
    desk.environ["BACKLINT_FAIL_ON"] = "info"
    layers = desk.load('\nstore = "x.db"\n[teams.web.bands]\nnext_items = 3\n').layers
    assert layers.origin(("store",)) == "backlint.toml:2: store"
    assert layers.origin(("teams", "web", "bands", "next_items")) == "backlint.toml:4: teams.web.bands.next_items"
    assert layers.origin(("fail_on",)) == "the environment: BACKLINT_FAIL_ON"
    assert layers.origin(("select",)) == DEFAULT


@pytest.mark.parametrize("name", ["backlint.toml", ".backlint.toml"])
def test_the_nearest_file_upwards_counts_and_no_other(desk: Desk, name: str) -> None:
    desk.write('store = "far"\nfail_on = "info"')
    desk.write('store = "near"', f"project/{name}")
    (desk.directory / "project" / "deep" / "down").mkdir(parents=True)
    desk.directory = desk.directory / "project" / "deep" / "down"
    config = desk.load()
    assert config.settings.store == "near"
    assert config.settings.fail_on is Severity.ERROR
    assert config.store.endswith("/project/near")


def test_pyproject_counts_where_it_has_our_table(desk: Desk) -> None:
    desk.write('[tool.other]\nstore = "not ours"', "a/pyproject.toml")
    desk.write('[tool.backlint]\nstore = "ours"\n[tool.backlint.teams.web]\nvelocity = "much"', "pyproject.toml")
    desk.directory = desk.directory / "a"
    (line,) = desk.refused()
    assert line.endswith("pyproject.toml:4: teams.web.velocity: should be a number, not text")


def test_a_variable_holds_lists_numbers_and_tables(desk: Desk) -> None:
    desk.environ |= {
        "BACKLINT_SELECT": "ordering, stale-item",
        "BACKLINT_TEAMS__MOBILE_APP__VELOCITY": "21",
        "BACKLINT_RULES__STALE_ITEM__SEVERITY": '{"next": "error"}',
        "BACKLINT_RULES__STALE_ITEM__KINDS": "bug",
        "BACKLINT_IGNORE": "readiness",
    }
    config = desk.load('[teams."Mobile App"]\n')
    assert config.settings.select == ("ordering", "stale-item")
    assert config.settings.ignore == {"readiness": ""}
    assert config.team("Mobile App").settings.velocity == 21
    (stale,) = [rule for rule in config.rules if rule.name() == "stale-item"]
    assert stale.model_dump(mode="json")["severity"] == {"next": "error"}
    assert stale.model_dump(mode="json")["kinds"] == ["bug"]


def test_hyphens_and_underscores_are_the_same(desk: Desk) -> None:
    config = desk.load('extend-select = ["stale-item"]\nfail-on = "info"\n[rules.stale_item]\nseverity = "error"')
    assert config.settings.extend_select == ("stale-item",)
    assert config.settings.fail_on is Severity.INFO


def test_select_on_the_command_line_starts_afresh(desk: Desk) -> None:
    desk.write('extend_select = ["ordering"]\nignore = ["stale-item"]')
    assert "stale-item" not in {rule.name() for rule in desk.load().rules}
    assert [rule.name() for rule in desk.load(flags={"select": ["stale-item"]}).rules] == ["stale-item"]


def test_ignore_on_the_command_line_adds(desk: Desk) -> None:
    config = desk.load('[ignore]\nstale-item = "we use a bot"', flags={"ignore": {"readiness": ""}})
    assert config.settings.ignore == {"stale-item": "we use a bot", "readiness": ""}


def test_several_sources_of_one_sort(desk: Desk) -> None:
    config = desk.load('[[teams.web.file]]\npath = "a"\n[[teams.web.file]]\npath = "b"')
    assert [source.source for source in config.team("web").sources] == ["file:a", "file:b"]
