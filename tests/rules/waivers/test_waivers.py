"""What the rules about waivers say; that they are asked rightly is tested with the engine."""

from backlint.engine import lint
from backlint.example import NOW, ago, item
from backlint.finding import Finding
from backlint.model import Backlog
from backlint.rules.staleness.stale_item import StaleItem
from backlint.rules.waivers.expired_waiver import ExpiredWaiver
from backlint.rules.waivers.unused_waiver import UnusedWaiver
from tests.rules.asking import facts, findings


def beside_stale_item(body: str, days: float) -> list[Finding]:
    """What is said of the waiver of an item that is so old, in a run that asks whether it is stale."""
    backlog = Backlog((item(body=body, created=ago(days), events=()),), now=NOW)
    return [one for one in lint(backlog, [StaleItem(), UnusedWaiver()]).findings if one.rule == "unused-waiver"]


def test_an_ended_waiver_tells_who_and_why() -> None:
    [found] = findings(ExpiredWaiver(), item(body="backlint: ignore[stale-item] waits for the audit until 2026-11-21"))
    assert found.fact == "has a waiver that ended on 2026-11-21: backlint: ignore[stale-item]"
    assert found.evidence == {"until": "2026-11-21", "reason": "waits for the audit", "by": None}


def test_two_waivers_are_two_findings() -> None:
    body = "backlint: ignore[stale-item] until 2026-01-01\nbacklint: ignore[flow] until 2026-01-01"
    found = findings(ExpiredWaiver(), item(body=body))
    assert len({finding.fingerprint for finding in found}) == 2


def test_a_waiver_that_names_nothing_known_is_told_by_its_names() -> None:
    told = facts(UnusedWaiver(), item(labels=frozenset({"backlint:ignore:no-such, stale-item, nor-this"})))
    assert told == ["SHOP-1 waives no-such, nor-this, and there is no such rule"]


def test_an_unreadable_end_is_told_as_it_was_written() -> None:
    told = facts(UnusedWaiver(), item(body="backlint: ignore[stale-item] until 2026-02-31"))
    assert told == ["SHOP-1 has a waiver until 2026-02-31, which is no date"]


def test_a_waiver_that_hides_nothing_is_told_with_its_reason() -> None:
    [found] = beside_stale_item("backlint: ignore[stale-item] waits for the audit", days=3)
    assert found.fact == "has a waiver that hides nothing: backlint: ignore[stale-item]"
    assert found.fix == "Take it away."
    assert found.part == "backlint: ignore[stale-item]"
    assert found.evidence == {"reason": "waits for the audit", "by": None}


def test_a_waiver_at_work_is_left_alone_and_one_that_ended_is_another_rules_to_tell() -> None:
    assert beside_stale_item("backlint: ignore[stale-item] waits for the audit", days=800) == []
    assert beside_stale_item("backlint: ignore[stale-item] until 2026-11-21", days=3) == []
    assert len(beside_stale_item("backlint: ignore[stale-item] until 2026-11-22", days=3)) == 1


def test_an_ended_waiver_with_nothing_left_below_it_is_taken_away() -> None:
    def told(days: float) -> list[str]:
        body = "backlint: ignore[stale-item] until 2026-11-21"
        backlog = Backlog((item(body=body, created=ago(days), events=()),), now=NOW)
        return [
            one.fix for one in lint(backlog, [StaleItem(), ExpiredWaiver()]).findings if one.rule == "expired-waiver"
        ]

    assert told(800) == ["Mend what it covered, or write a new date."]
    assert told(3) == ["Take it away: nothing is left to mend."]
