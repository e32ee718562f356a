"""Every mistake names file, line and key, what was expected, and the nearest right word."""

import pytest

from tests.config.conftest import Desk

# ruff: noqa: E501 - what is written and what is said about it stand on one line

MISTAKES = [
    ('\n[rules.stale-item]\nseverty = "error"', 'backlint.toml:3: rules.stale-item.severty: unknown setting; did you mean "severity"?'),
    ("[rules.stale-itm]\n", 'backlint.toml:1: rules.stale-itm: unknown setting; did you mean "stale-item"?'),
    ('selct = ["all"]', 'backlint.toml:1: selct: unknown setting; did you mean "select"?'),
    ('select = ["recomended"]', 'backlint.toml:1: select: there is no rule, family or profile "recomended"; did you mean "recommended"?'),
    ("[teams.web.fiel]\n", 'backlint.toml:1: teams.web.fiel: unknown setting; did you mean "file"?'),
    ("[teams.web.bands]\nnext_itms = 3", 'backlint.toml:2: teams.web.bands.next_itms: unknown setting; did you mean "next_items"?'),
    ("[teams.web]\nbands = { next_itms = 3 }", 'backlint.toml:2: teams.web.bands.next_itms: unknown setting; did you mean "next_items"?'),
    ('[teams.web]\nvelocity = "much"', "backlint.toml:2: teams.web.velocity: should be a number, not text"),
    ("[teams.web]\nvelocity = 0", "backlint.toml:2: teams.web.velocity: should be greater than 0"),
    ('[teams.web]\ntime_zone = "Berlin"', 'backlint.toml:2: teams.web.time_zone: expected the name of a time zone, such as "Europe/Berlin"'),
    ('fail_on = "fatal"', "backlint.toml:1: fail_on: should be 'info', 'warning' or 'error'"),
    ("[rules.stale-item]\nseverity = 3", "backlint.toml:2: rules.stale-item.severity: should be 'info', 'warning' or 'error', or should be a table, not a number"),
    ("[teams.web.file]\nmarkup = 'plain'", "backlint.toml:1: teams.web.file.path: is missing. The file; - is standard input."),
    ("[[teams.web.file]]\npath = 'a'\n[[teams.web.file]]\npth = 'b'", 'backlint.toml:4: teams.web.file.1.pth: unknown setting; did you mean "path"?'),
    ("[[overrides]]\nmatch.kind = 'bug'\n[[overrides]]\nmatch.kind = 'bgu'", "backlint.toml:4: overrides.1.match.kind: should be 'story', 'task', 'bug', 'debt', 'spike', 'quality', 'operation', 'epic', 'initiative', 'subtask' or 'unknown'"),
    ("[[overrides]]\nmatch.labl = 'x'", 'backlint.toml:2: overrides.0.match.labl: unknown setting; did you mean "label"?'),
    ("[[overrides]]\nignore = ['x']", "backlint.toml:1: overrides.0.match: is missing. Which items are meant."),
    ("[[overrides]]\nmatch = {}\n[overrides.rules.stale-item]\nseverty = 1", 'backlint.toml:4: overrides.0.rules.stale-item.severty: unknown setting; did you mean "severity"?'),
    ("[[overrides]]\nmatch = {}\nignore = ['stale-itm']", 'backlint.toml:3: overrides.0.ignore: there is no rule, family or profile "stale-itm"; did you mean "stale-item"?'),
    ("teams = 3", "backlint.toml:1: teams: should be a table, not a number"),
    ("[teams]\nweb = 3", "backlint.toml:2: teams.web: should be a table, not a number"),
    ("[teams.web]\nfile = 3", "backlint.toml:2: teams.web.file: should be a table"),
    ("store = ", "backlint.toml:1: this is not TOML: invalid value."),
    ("\n\nstore = 'x'\nstore = 'y'", "backlint.toml:4: this is not TOML: cannot overwrite a value."),
    ('extend = "other.toml"', "backlint.toml:1: extend: there is no file other.toml."),
    ('extend = "backlint.toml"', "backlint.toml:1: extend: backlint.toml extends this file in turn."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line"), MISTAKES, ids=[text for text, _ in MISTAKES])
def test_names_file_line_and_key(desk: Desk, text: str, line: str) -> None:
    assert line in desk.refused(text)


def test_every_mistake_is_told_in_one_go(desk: Desk) -> None:
    desk.environ["BACKLINT_RULES__STALE_ITEM__KINDS"] = "bug,stroy"
    told = desk.refused('select = ["x"]\n[rules.stale-item]\na = 1\nb = 2\n[teams.web]\nvelocity = -1')
    assert len(told) == 5


def test_a_variable_is_named_as_it_is_written(desk: Desk) -> None:
    desk.environ |= {"BACKLINT_RULES__STALE_ITEM__SEVERTY": "error"}
    (line,) = desk.refused()
    assert line == 'the environment: BACKLINT_RULES__STALE_ITEM__SEVERTY: unknown setting; did you mean "severity"?'


def test_an_unknown_variable_is_refused(desk: Desk) -> None:
    desk.environ |= {"BACKLINT_SELCT": "all", "BACKLINTER": "somebody else's"}
    assert desk.refused() == ['the environment: BACKLINT_SELCT: unknown setting; did you mean "BACKLINT_SELECT"?']


def test_a_file_that_is_no_text(desk: Desk) -> None:
    (desk.directory / "backlint.toml").write_bytes(b'store = "x"\nselect = ["\xff"]')
    assert desk.refused() == ["backlint.toml:2: expected UTF-8 text."]


def test_a_file_that_cannot_be_read(desk: Desk) -> None:
    desk.environ["BACKLINT_CONFIG"] = "nowhere.toml"
    assert desk.refused() == ["nowhere.toml cannot be read: No such file or directory."]


def test_the_dot_env_file_is_utf_8_text(desk: Desk) -> None:
    (desk.directory / ".env").write_bytes(b"BACKLINT_STORE=caf\xe9\n")
    assert desk.refused("") == ["the environment, .env or the secrets cannot be read: it is not UTF-8 text."]


@pytest.mark.parametrize("said", ['["a", ', "{'SHOP': 1}"])
def test_a_list_in_a_variable_that_is_no_json_is_named(desk: Desk, said: str) -> None:
    desk.environ["BACKLINT_SELECT"] = said
    [line] = desk.refused("")
    assert "the environment: BACKLINT_SELECT" in line
