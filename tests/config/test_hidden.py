"""Every secret of a configuration is known, wherever it stands."""

from pathlib import Path

from backlint.config import Surroundings, load, secrets_of

TOML = """
[teams.web.jira]
url = "https://t.example"
project = "SHOP"
[teams.web.github]
repository = "acme/shop"
[channels.slack]
"""
ENVIRON = {
    "BACKLINT_STORE": "postgresql://backlint:store%40secret@db/backlint",
    "JIRA_EMAIL": "po@shop.example",
    "JIRA_TOKEN": "jira-secret",
    "GITHUB_TOKEN": "github-secret",
    "BACKLINT_CHANNELS__SLACK__URL": "https://hooks.example/slack-secret",
    "BACKLINT_SERVICE__TOKEN": "service-secret-of-16",
    "BACKLINT_SERVICE__HOOKS": '{"github": "hook-secret-of-sixteen"}',
}


def test_every_secret_is_known(tmp_path: Path) -> None:
    (tmp_path / "backlint.toml").write_text(TOML)
    config = load(around=Surroundings(tmp_path, ENVIRON))
    assert set(secrets_of(config)) == {
        "jira-secret",
        "github-secret",
        "https://hooks.example/slack-secret",
        "service-secret-of-16",
        "hook-secret-of-sixteen",
        "store%40secret",
        "store@secret",
    }
