"""A token comes from where nobody else reads, and shows up nowhere."""

import json
import sys
from pathlib import Path

import pytest

from backlint.cli.config import effective
from backlint.config import Config, Surroundings, ask_program, load, secrets_of
from backlint.connector import Connector
from backlint.errors import ConfigError
from tests.config.conftest import Desk

CANARY = "canary-7f3a9c"
GITHUB = '[teams.web.github]\nrepository = "acme/shop"\n'
JIRA = '[teams.web.jira]\nurl = "https://acme.atlassian.net"\nproject = "SHOP"\n'


def token(desk: Desk, text: str) -> str | None:
    (source,) = desk.load(text).team("web").sources
    secret = getattr(source, "token")  # noqa: B009 - a setting of the plugin, which is found by name
    return secret.get_secret_value() if secret else None


@pytest.mark.parametrize(
    ("text", "where", "how"),
    [
        (f'{GITHUB}token = "{CANARY}"', "backlint.toml:3: teams.web.github.token", "GITHUB_TOKEN or GH_TOKEN or"),
        (f'{JIRA}token = "{CANARY}"', "backlint.toml:4: teams.web.jira.token", "BACKLINT_TEAMS__WEB__JIRA__TOKEN"),
        (f'{GITHUB}app = {{ id = 1, key = "{CANARY}" }}', "backlint.toml:3: teams.web.github.app.key", "APP__KEY"),
        (
            f'{GITHUB}[teams.web.github.app]\nid = 1\nkey = "{CANARY}"',
            "backlint.toml:5: teams.web.github.app.key",
            "KEY",
        ),
        (f'[[teams.web.github]]\ntoken = "{CANARY}"', "backlint.toml:2: teams.web.github.0.token", "GITHUB_TOKEN"),
    ],
)
def test_a_secret_in_a_file_that_others_read_is_refused(desk: Desk, text: str, where: str, how: str) -> None:
    (told,) = desk.refused(text)
    assert told.startswith(f"{where}: a secret does not belong in a file that others read.")
    assert how in told
    assert CANARY not in told


@pytest.mark.parametrize("name", ["GITHUB_TOKEN", "GH_TOKEN", "BACKLINT_TEAMS__WEB__GITHUB__TOKEN"])
def test_the_environment_holds_the_token(desk: Desk, name: str) -> None:
    desk.environ[name] = CANARY
    assert token(desk, GITHUB) == CANARY


def test_our_own_name_comes_before_the_usual_one(desk: Desk) -> None:
    desk.environ |= {"GITHUB_TOKEN": "another", "BACKLINT_TEAMS__WEB__GITHUB__TOKEN": CANARY}
    assert token(desk, GITHUB) == CANARY


def test_the_first_usual_name_comes_before_the_second(desk: Desk) -> None:
    desk.environ |= {"GH_TOKEN": "another", "GITHUB_TOKEN": CANARY}
    assert token(desk, GITHUB) == CANARY


@pytest.mark.parametrize("name", ["GITHUB_TOKEN", "BACKLINT_TEAMS__WEB__GITHUB__TOKEN"])
def test_dotenv_holds_the_token(desk: Desk, name: str) -> None:
    desk.write(f"{name}={CANARY}", ".env")
    assert token(desk, GITHUB) == CANARY


@pytest.mark.parametrize("name", ["github_token", "BACKLINT_TEAMS__WEB__GITHUB__TOKEN"])
def test_a_directory_of_secrets_holds_the_token(desk: Desk, name: str) -> None:
    desk.environ["BACKLINT_SECRETS_DIR"] = str(desk.write(f"{CANARY}\n", f"run/{name}").parent)
    assert token(desk, GITHUB) == CANARY


def test_the_users_own_file_holds_the_token(desk: Desk) -> None:
    desk.write(f'[teams.web.github]\ntoken = "{CANARY}"', "home/backlint/backlint.toml")
    assert token(desk, GITHUB) == CANARY


def test_an_empty_variable_is_none(desk: Desk) -> None:
    desk.environ |= {"GITHUB_TOKEN": "", "GH_TOKEN": CANARY}
    assert token(desk, GITHUB) == CANARY


def test_a_directory_of_secrets_that_is_not_there_is_told(desk: Desk) -> None:
    desk.environ["BACKLINT_SECRETS_DIR"] = "/nowhere/at/all"
    assert desk.refused() == ["the environment: BACKLINT_SECRETS_DIR: there is no directory /nowhere/at/all."]


@pytest.mark.parametrize(
    "text",
    [
        f'{GITHUB}tokn = "{CANARY}"',
        f'{GITHUB}project = "{CANARY} {CANARY}"',
        f'{JIRA}board = "{CANARY}"',
        f'[teams.web.jira]\nurl = "https://me:{CANARY}@acme.atlassian.net"\nproject = "SHOP"',
        f'[teams.web.jira]\nurl = "{CANARY}"\nproject = "SHOP"',
        f'[teams.web]\nvelocity = "{CANARY}"',
        f'fail_on = "{CANARY}"',
        f"[teams.web.jira]\nproject = {{ a = '{CANARY}' }}",
        f"token = {CANARY}",
        f'token = "{CANARY}',
    ],
)
def test_no_error_shows_a_value(desk: Desk, text: str) -> None:
    """A token in the wrong place is still a token."""
    assert CANARY not in "\n".join(desk.refused(text))


@pytest.mark.parametrize("name", ["GITHUB_TOKEN", "BACKLINT_TEAMS__WEB__GITHUB__TOKEN"])
def test_nothing_shows_a_secret_that_was_taken(desk: Desk, name: str) -> None:
    desk.environ[name] = CANARY
    config = desk.load(GITHUB)
    (source,) = config.team("web").sources
    assert isinstance(source, Connector)
    shown = [
        repr(config),
        str(config),
        repr(source),
        source.model_dump_json(),
        json.dumps(source.model_dump(mode="json")),
    ]
    assert CANARY not in "".join(shown)


COMMAND = f'token_command = ["{sys.executable}", "-c", "print(\'{CANARY}\')"]'


def reveal_in(desk: Desk, text: str) -> Config:
    desk.write(f"[teams.web.github]\n{text}", "home/backlint/backlint.toml")
    desk.write(GITHUB)
    around = Surroundings(desk.directory, {"XDG_CONFIG_HOME": str(desk.directory / "home"), **desk.environ})
    return load(around=around, reveal=ask_program)


def revealed(desk: Desk, text: str) -> str | None:
    (source,) = reveal_in(desk, text).team("web").sources
    secret = getattr(source, "token")  # noqa: B009 - a setting of the plugin, which is found by name
    return secret.get_secret_value() if secret else None


def test_another_program_is_asked(desk: Desk) -> None:
    assert revealed(desk, COMMAND) == CANARY


def test_what_was_asked_for_comes_before_the_usual_variable(desk: Desk) -> None:
    desk.environ["GITHUB_TOKEN"] = "another"
    assert revealed(desk, COMMAND) == CANARY


def test_our_own_variable_comes_before_a_program(desk: Desk) -> None:
    desk.environ["BACKLINT_TEAMS__WEB__GITHUB__TOKEN"] = "own"
    assert revealed(desk, COMMAND) == "own"


def test_no_program_is_asked_where_only_the_settings_are_looked_at(desk: Desk) -> None:
    desk.write("[teams.web.github]\ntoken_command = 'no-such-program-anywhere'", "home/backlint/backlint.toml")
    assert token(desk, GITHUB) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('token_command = "no-such-program-anywhere x"', '"no-such-program-anywhere" could not be run: No such file'),
        (f'token_command = ["{sys.executable}", "-c", "exit(3)"]', "gave no secret (exit code 3); run it by hand"),
        ("token_command = []", "should be a command, as a list of words"),
        ("token_command = 3", "should be a command, as a list of words"),
        ('token_command = "\'"', "should be a command, as a list of words"),
    ],
)
def test_a_program_that_gives_nothing_is_told(desk: Desk, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        reveal_in(desk, text)
    assert "teams.web.github.token_command" in str(caught.value)
    assert said in str(caught.value)


def test_a_checkout_may_not_bring_a_program(desk: Desk) -> None:
    (told,) = desk.refused(f"{GITHUB}token_command = ['touch', 'x']")
    assert told.startswith(
        "backlint.toml:3: teams.web.github.token_command: a file that others write may name no command"
    )


@pytest.mark.parametrize("where", ["robin:canary-7f3a9c@host/name", "host/name?user=robin&password=canary-7f3a9c"])
def test_a_password_of_the_store_is_refused_in_a_file_that_others_read(tmp_path: Path, where: str) -> None:
    (tmp_path / "backlint.toml").write_text(f'store = "postgresql://{where}"\n')
    with pytest.raises(ConfigError, match=r"backlint\.toml:1: store: a password does not belong") as refused:
        load(tmp_path / "backlint.toml", around=Surroundings(directory=tmp_path, environ={}))
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("where", ["robin:canary-7f3a9c@host/name", "host/name?user=robin&password=canary-7f3a9c"])
def test_a_password_of_the_store_may_stand_in_a_variable_and_is_not_shown(tmp_path: Path, where: str) -> None:
    around = Surroundings(directory=tmp_path, environ={"BACKLINT_STORE": f"postgresql://{where}"})
    config = load(around=around)
    assert config.store == f"postgresql://{where}"
    assert "canary-7f3a9c" in set(secrets_of(config))
    assert ("store",) in dict(effective(config))
    assert "canary" not in str(dict(effective(config)))
