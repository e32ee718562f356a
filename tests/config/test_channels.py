"""Channels: by kind or by name, their secrets from where nobody else reads."""

import pytest
from pydantic import SecretStr

from tests.config.conftest import Desk

URL = "https://hooks.slack.com/services/T0/B0/canary-7f3a9c"


def url(desk: Desk, text: str, name: str) -> str | None:
    secret = getattr(desk.load(text).channels[name], "url")  # noqa: B009 - a setting of the plugin, found by name
    assert secret is None or isinstance(secret, SecretStr)
    return secret.get_secret_value() if secret else None


def test_a_channel_may_be_called_as_its_kind_or_as_one_likes(desk: Desk) -> None:
    found = desk.load('[channels.slack]\non = "change"\n[channels.shop_chat]\nkind = "teams"\n').channels
    assert [(name, channel.name(), channel.on.value) for name, channel in found.items()] == [
        ("slack", "slack", "change"),
        ("shop-chat", "teams", "always"),
    ]


@pytest.mark.parametrize("variable", ["SLACK_WEBHOOK_URL", "BACKLINT_CHANNELS__SHOP_CHAT__URL"])
def test_the_address_comes_from_the_environment(desk: Desk, variable: str) -> None:
    desk.environ[variable] = URL
    assert url(desk, '[channels.shop-chat]\nkind = "slack"\n', "shop-chat") == URL


def test_the_address_comes_from_a_directory_of_secrets(desk: Desk) -> None:
    desk.write(URL, "secrets/BACKLINT_CHANNELS__SLACK__URL")
    desk.environ["BACKLINT_SECRETS_DIR"] = str(desk.directory / "secrets")
    assert url(desk, "[channels.slack]\n", "slack") == URL


def test_without_one_the_configuration_is_in_order(desk: Desk) -> None:
    assert url(desk, "[channels.slack]\n", "slack") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'[channels.slack]\nurl = "{URL}"', "backlint.toml:2: channels.slack.url: a secret does not belong in a file"),
        ('[channels.email]\npassword = "canary"', "backlint.toml:2: channels.email.password: a secret does not belong"),
        ('[channels.chat]\nkind = "irc"', "backlint.toml:2: channels.chat.kind: there is no such kind of channel"),
        ("[channels.chat]\n", "backlint.toml:1: channels.chat.kind: there is no such kind of channel"),
        ('[channels.slack]\non = "never"', "backlint.toml:2: channels.slack.on: "),
        ('[channels.slack]\nchanel = "x"', "backlint.toml:2: channels.slack.chanel: unknown setting"),
        ('[channels.slack]\nteams = ["web"]', 'backlint.toml:2: channels.slack.teams: there is no team "web"'),
    ],
)
def test_what_is_wrong_is_said_without_the_value(desk: Desk, text: str, said: str) -> None:
    (line,) = desk.refused(text)
    assert line.startswith(said)
    assert "canary" not in line


def test_secrets_are_shown_nowhere(desk: Desk) -> None:
    desk.environ["SLACK_WEBHOOK_URL"] = URL
    config = desk.load("[channels.slack]\n")
    assert "canary" not in repr(config)
    assert "canary" not in repr(config.channels)
