"""Small trackers in which a little of everything happened."""

from datetime import date, timedelta

from backlint.example import NOW
from backlint.testing.fakes.github import FakeGithub
from backlint.testing.fakes.jira import FakeJira
from tests.connectors.github.test_fake import busy
from tests.connectors.jira import sites


def full_github() -> FakeGithub:
    """Two issues, a pull request and a draft, on a project."""
    return busy(FakeGithub())


def full_jira(*, is_cloud: bool) -> FakeJira:
    """An epic and two stories on a board with sprints."""
    jira = sites.flavour(is_cloud)
    board = jira.board("SHOP")
    closed = jira.sprint(
        "S1", state="closed", board=board, start=NOW - timedelta(days=28), end=NOW - timedelta(days=14)
    )
    active = jira.sprint("S2", board=board, start=NOW - timedelta(days=14), end=NOW)
    value = jira.field("Business Value")
    epic = jira.issue("SHOP", "Pay as you like", type="Epic")
    one = jira.issue(
        "SHOP", "Pay later", sprints=[closed, active], parent=epic.id, points=3, labels=["pay"], values={value: 5},
        description="As a guest I want to pay later.\n\n- [ ] An invoice comes", due=date(2026, 12, 1),
        versions=[jira.version("2.0", due=date(2027, 1, 1))],
    )  # fmt: skip
    other = jira.issue("SHOP", "Pay never", type="Bug", assignee=jira.person("Ada"))
    jira.link(one, "Blocks", other)
    jira.comment(other, "Is this still so?", by=jira.person("Bo"))
    jira.change(other, status="In Progress", title="Pay nothing")
    return jira
