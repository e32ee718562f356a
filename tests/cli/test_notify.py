"""`--notify`: the channels are told after the run, and change nothing of how it ends."""

import json

import pytest

from backlint.testing.loopback import serve
from backlint.transport.inprocess import Heard, Reply
from tests.cli.conftest import Shell

NOW = ("--now", "2026-11-22T08:00:00Z")


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize("command", [("check", "items.jsonl", "--exit-zero", *NOW), ("report", "--from", "run.json")])
def test_a_chat_is_told(shell: Shell, monkeypatch: pytest.MonkeyPatch, status: int, command: tuple[str, ...]) -> None:
    shell.write_items({"title": "Pay by invoice", "body": ""})
    shell("check", "items.jsonl", "-o", "json=run.json", "--exit-zero", *NOW)
    heard: list[Heard] = []

    def chat(request: Heard) -> Reply:
        heard.append(request)
        return Reply(status, b"ok")

    with serve(chat) as url:
        monkeypatch.setenv("SLACK_WEBHOOK_URL", f"{url}/canary-7f3a9c")
        shell.write("backlint.toml", "[channels.slack]\n")
        said = shell(*command, "--notify")
    assert said.code == 0
    assert [request.url.rpartition("/")[2] for request in heard] == ["canary-7f3a9c"]
    assert "items.jsonl" in json.loads(heard[0].body)["text"]
    told = {200: "slack: told.", 500: "warning: slack: not told: Slack refused the message (status 500)."}
    assert said.err.splitlines()[-1] == told[status]
    assert "canary" not in said.out + said.err


def test_nobody_to_notify_is_said_before_anything_is_read(shell: Shell) -> None:
    said = shell("check", "--notify")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("error: No channel is configured")


def test_the_settings_in_effect_hide_the_address(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_WEBHOOK_URL", "https://hooks.slack.com/canary-7f3a9c")
    shell.write("backlint.toml", '[channels.slack]\non = "fail"\n')
    said = shell("config", "show", "--origin")
    assert 'channels.slack.on = "fail"  # backlint.toml:2: channels.slack.on' in said.out
    assert 'channels.slack.kind = "slack"' in said.out
    assert "canary" not in said.out
