"""The settings of the service: its secrets are secrets, and what cannot be is one clear line."""

from pathlib import Path

import pytest

from backlint.config import Config, load
from backlint.config.loading import Surroundings
from backlint.config.service import ServiceSettings
from backlint.errors import ConfigError

LONG = "0123456789abcdef"


def loaded(folder: Path, text: str = "", **environ: str) -> Config:
    file = folder / "backlint.toml"
    file.write_text(text)
    return load(file, around=Surroundings(folder, environ))


def test_secrets_come_from_the_environment(tmp_path: Path) -> None:
    said = {"BACKLINT_SERVICE__TOKEN": LONG, "BACKLINT_SERVICE__HOOKS__GITHUB": LONG, "BACKLINT_SERVICE__PORT": "9000"}
    service = loaded(tmp_path, **said).settings.service
    assert service.port == 9000
    assert service.token
    assert service.token.get_secret_value() == service.hooks["github"].get_secret_value() == LONG
    assert LONG not in repr(service)


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        (f'[service]\ntoken = "{LONG}"', "BACKLINT_SERVICE__TOKEN"),
        (f'[service.hooks]\njira = "{LONG}"', "BACKLINT_SERVICE__HOOKS__JIRA"),
    ],
)
def test_secrets_do_not_belong_in_the_file(tmp_path: Path, text: str, variable: str) -> None:
    with pytest.raises(ConfigError, match="a secret does not belong in a file that others read") as refused:
        loaded(tmp_path, text)
    assert variable in str(refused.value)
    assert LONG not in str(refused.value)


@pytest.mark.parametrize("name", ["TOKEN", "HOOKS__GITHUB"])
def test_a_short_secret_can_be_tried_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="expected at least 16 characters") as refused:
        loaded(tmp_path, **{f"BACKLINT_SERVICE__{name}": "letmein"})
    assert "letmein" not in str(refused.value)


@pytest.mark.parametrize("tracker", ["githup", "file"])
def test_only_trackers_have_webhooks(tmp_path: Path, tracker: str) -> None:
    with pytest.raises(ConfigError, match="github"):
        loaded(tmp_path, **{f"BACKLINT_SERVICE__HOOKS__{tracker.upper()}": LONG})


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("::", False),
        ("10.0.0.1", False),
        ("localhost.example.net", False),
    ],
)
def test_which_addresses_are_this_machine_alone(host: str, is_local: bool) -> None:
    assert ServiceSettings(host=host).is_local is is_local


def test_the_command_line_may_name_another_address() -> None:
    assert ServiceSettings(port=1).on("10.0.0.1", 2).port == 2
    assert ServiceSettings(port=1).on(None, None).host == "127.0.0.1"
