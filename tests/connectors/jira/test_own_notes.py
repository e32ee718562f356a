"""Notes of ours are nobody's activity: the marker tells them, and the author who alone may have written it."""

import pytest

from backlint.model import Happening
from backlint.note import to_adf, to_wiki
from backlint.testing.fakes.jira import Somebody
from tests.connectors.jira.sites import flavour, only
from tests.note.made import TYPICAL

BOTH = pytest.mark.parametrize("is_cloud", [True, False], ids=["cloud", "server"])


@BOTH
@pytest.mark.parametrize(
    ("by", "is_marked", "is_ours"),
    [
        ("Nightly Token", True, True),
        ("Last year's token", True, True),
        ("Ada", True, False),
        ("Nightly Token", False, False),
    ],
)
def test_a_marked_note_of_our_own_account_is_ours(by: str, is_marked: bool, is_ours: bool, is_cloud: bool) -> None:
    jira = flavour(is_cloud)
    author: Somebody = jira.person(by, is_bot=by.startswith("Last"))
    issue = jira.issue("SHOP", "Pay by invoice")
    note = (to_adf(TYPICAL) if is_cloud else to_wiki(TYPICAL)) if is_marked else "What about refunds?"
    jira.comment(issue, "placeholder", by=author)
    issue.comments[-1].text = note
    events = only(jira, bots=["Last year's token"]).events or ()
    assert [event.is_ours for event in events if event.what is Happening.COMMENTED] == [is_ours]
