"""Whatever a line says, no secret stands in it, and what is none stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.cli.redacting import HIDDEN, SHORTEST, Redactor

NONE = Redactor({})
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7\nq8Zr0hVbT\n-----END RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        (f"bad credentials: {'ghp_' + 'a' * 36}", "ghp_"),
        (f"bad credentials: {'github_pat_' + 'a1_' * 20}", "github_pat_"),
        (f"refused {'xoxb-' + '12345678-abcdef'}", "xoxb"),
        (f"refused {'ATATT' + '3xFfGF0' * 5}=AB12CD34", "ATATT"),
        ("headers: {'Authorization': 'Bearer opaque.token-1'}", "opaque"),
        ("headers: Authorization: Basic cG9AeC5leGFtcGxlOnRva2Vu", "cG9AeC5"),
        ("postgresql://backlint:hunter2@db/backlint", "hunter2"),
        ("connection failed: host=db password=hunter2 dbname=x", "hunter2"),
        ("GET https://t.example/rest?jql=x&token=hunter2 failed", "hunter2"),
        ("GET https://t.example/rest?sig=hunter2 failed", "hunter2"),
        ("https://po%40x.example:hunter2@t.example/x", "hunter2"),
        ("posted to hooks.slack.com/services/T000/B000/xxxxxxxx", "B000"),
        (f"key {PEM} is wrong", "q8Zr0hVbT"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "c2lnbmF0dXJl"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(line: str, secret: str) -> None:
    assert secret not in NONE(line)
    assert HIDDEN in NONE(line)


@pytest.mark.parametrize(
    "line",
    [
        "jira:example.atlassian.net/SHOP: Jira asks for a token: set JIRA_TOKEN.",
        "The rule stale-item failed at SHOP-1: KeyError: 'password'",
        "Check `url`, `token`, on Cloud `email`, and `cloud_id` for a token with scopes.",
        "This site takes basic authentication only; bearer tokens are refused.",
        "see https://docs.example/tokens#scopes for more",
        "backlint.toml:3: teams.web.jira.token: a secret does not belong in a file that others read.",
    ],
)
def test_what_is_none_stays(line: str) -> None:
    assert NONE(line) == line


def test_secrets_of_the_environment_are_known_by_their_names() -> None:
    redact = Redactor({"JIRA_API_TOKEN": "opaque-and-odd", "SMTP_PASSWORD": "short", "EDITOR": "emacs-and-odd"})
    assert redact("opaque-and-odd short emacs-and-odd") == f"{HIDDEN} short emacs-and-odd"


def test_a_secret_of_several_lines_is_hidden_line_by_line() -> None:
    redact = Redactor({})
    redact.hide([PEM])
    assert "MIIEowIBAAKCAQEA7" not in redact("it read 'MIIEowIBAAKCAQEA7\\nq8Zr0hVbT'")


@given(
    st.text(min_size=SHORTEST).filter(lambda it: it.strip() == it and len(it.splitlines()) == 1), st.text(), st.text()
)
def test_what_is_known_never_stands_in_a_line(secret: str, before: str, after: str) -> None:
    redact = Redactor({})
    redact.hide([secret])
    said = redact(f"{before}{secret}{after}")
    assert secret not in said or secret in HIDDEN


@given(st.text())
def test_to_hide_again_changes_nothing(line: str) -> None:
    once = NONE(line)
    assert NONE(once) == once
