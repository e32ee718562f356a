"""A project that the tracker does not have, or does not show."""

import pytest

from backlint.testing.loopback import serve
from tests.cli.conftest import Shell
from tests.connectors.jira.sites import living


@pytest.mark.parametrize("command", ["check", "sync"])
@pytest.mark.parametrize("is_cloud", [True, False], ids=["cloud", "server"])
def test_an_unknown_project_is_one_clear_line(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, command: str, *, is_cloud: bool
) -> None:
    jira = living(is_cloud=is_cloud)
    monkeypatch.setenv("JIRA_TOKEN", jira.token)
    monkeypatch.setenv("JIRA_EMAIL", jira.email)
    context = jira.base.partition("//")[2].partition("/")[2]
    with serve(jira) as url:
        shell.write("backlint.toml", f'[teams.web.jira]\nurl = "{url}/{context}"\nproject = "NOSUCH"\n')
        said = shell(command)
    (line,) = said.err.splitlines()
    assert line.startswith("error: Jira refused to read ")
    assert line.endswith("The value 'NOSUCH' does not exist for the field 'project'.")
    assert (said.code, said.out) == (2, "")
