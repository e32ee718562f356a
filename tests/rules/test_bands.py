"""What bands are for: the same backlog, asked for everything everywhere, and for what an item owes where it stands."""

from backlint.catalog import load
from backlint.engine import lint
from backlint.example import NOW, item
from backlint.finding import Severity
from backlint.model import EMPTY, Backlog, Band, Estimate, Item
from backlint.rule import Rule

NAMES = ("missing-description", "missing-acceptance-criteria", "missing-estimate")
EVERYWHERE = dict.fromkeys(Band, Severity.WARNING)


def refined(number: int) -> Item:
    body = f"Price list {number} shows the tax.\n\n## Acceptance criteria\n- Each price of list {number} shows its tax."
    return item(number, body=body, estimate=Estimate(value=3), parent=EMPTY)


def raw(number: int) -> Item:
    return item(number, body="", estimate=EMPTY, parent=EMPTY)


def test_a_rank_blind_run_drowns_what_a_banded_one_shows() -> None:
    """300 items as most backlogs have them: the top refined but for two, the rest ideas of a line."""
    items = [raw(n) if n > 40 or n in {3, 17} else refined(n) for n in range(1, 301)]
    backlog = Backlog(items, now=NOW)
    blind = lint(backlog, [load(Rule, name)(severity=EVERYWHERE) for name in NAMES]).findings
    banded = lint(backlog, [load(Rule, name)() for name in NAMES]).findings
    about_the_top = [finding for finding in banded if finding.band in {Band.NEXT, Band.SOON}]
    assert len(blind) == 262 * 3
    assert {finding.subject.key for finding in about_the_top if finding.subject} == {"SHOP-3", "SHOP-17"}
    assert len(about_the_top) == 6
    assert sum(finding.severity is not Severity.INFO for finding in banded) == 4
    assert all(finding.rule == "missing-description" for finding in banded if finding.band is Band.LATER)
    assert not any(finding.band is Band.ICEBOX for finding in banded)
