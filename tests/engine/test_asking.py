"""The engine asks every rule, weighs by band, and loses nothing: neither a crash nor what could not be decided."""

from collections.abc import Iterator
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from backlint.engine import THE_ORDER, lint
from backlint.example import NOW, example, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, BandWidths, Item, Kind, Stage
from backlint.rule import BacklogRule, ItemRule, SeverityByBand, Verdict

BY_BAND = {Band.NEXT: Severity.ERROR, Band.SOON: Severity.INFO}
NARROW = BandWidths(next_items=1, soon_items=1, later_items=1)


class Faulty(ItemRule):
    """Finds fault with everything."""

    flags = (example(""),)
    passes = ()
    severity: SeverityByBand = Field(default=BY_BAND, description="By band.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:  # noqa: ARG002 - as the parent has it
        yield Fault(fact="is at fault", fix="Mend it.")


class Everywhere(Faulty):
    """Finds fault with everything, wherever it stands."""

    severity: SeverityByBand = Severity.WARNING


class Unplaced(Faulty):
    """Weighs what has no place as if it stood at the top."""

    unplaced: ClassVar[Band | None] = Band.NEXT


class Broken(ItemRule):
    """Fails on the second item, after it has found something."""

    flags = passes = ()

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:  # noqa: ARG002 - as the parent has it
        yield Fault(fact="is at fault", fix="Mend it.", confidence=Confidence.LOW)
        if item.rank == 2:
            message = "no such thing"
            raise KeyError(message)


class Whole(BacklogRule):
    """Says one thing of the backlog, one of each item, and one that it can't decide."""

    flags = passes = ()
    severity: SeverityByBand = Field(default=BY_BAND, description="By band.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        yield Fault(fact="The backlog is at fault", fix="Mend it.")
        yield from (Fault(fact="is at fault", fix="Mend it.", item_id=one.id) for one in backlog)
        yield Undecidable(missing="estimates")


def backlog(*items: Item) -> Backlog:
    return Backlog(items or [item(number) for number in range(1, 5)], now=NOW, widths=NARROW)


def test_a_fault_weighs_what_its_band_says() -> None:
    said = lint(backlog(), [Faulty()])
    assert [(finding.band, finding.severity) for finding in said.findings] == [
        (Band.NEXT, Severity.ERROR),
        (Band.SOON, Severity.INFO),
    ]


def test_without_a_place_a_rule_by_band_cannot_decide() -> None:
    said = lint(backlog(item(rank=None)), [Faulty(), Everywhere(), Unplaced()])
    assert [one.missing for one in said.undecided] == [THE_ORDER]
    assert sorted(finding.severity for finding in said.findings) == [Severity.ERROR, Severity.WARNING]


def test_an_item_rule_sees_only_its_kinds_and_stages() -> None:
    items = [item(1, kind=Kind.EPIC), item(2, stage=Stage.DONE), item(3, kind=Kind.BUG), item(4, kind=Kind.STORY)]
    said = lint(backlog(*items), [Everywhere(kinds=frozenset({Kind.BUG}))])
    assert [str(finding) for finding in said.findings] == ["SHOP-3 is at fault"]


def test_a_crash_is_told_and_stops_nothing() -> None:
    said = lint(backlog(), [Broken(), Everywhere()])
    assert [(crash.subject.key, crash.error) for crash in said.crashes if crash.subject] == [
        ("SHOP-2", "KeyError: 'no such thing'")
    ]
    assert len(said.findings) == 8
    assert {finding.confidence for finding in said.findings} == {Confidence.LOW, Confidence.HIGH}


def test_a_rule_of_the_whole_weighs_each_item_and_the_backlog() -> None:
    said = lint(backlog(), [Whole()])
    assert [(finding.subject.key if finding.subject else None, finding.severity) for finding in said.findings] == [
        (None, Severity.ERROR),
        ("SHOP-1", Severity.ERROR),
        ("SHOP-2", Severity.INFO),
    ]
    assert [one.missing for one in said.undecided] == ["estimates"]


def test_heaviest_first_then_by_place() -> None:
    said = lint(backlog(), [Whole(), Everywhere()])
    weights = [finding.severity.weight for finding in said.findings]
    assert weights == sorted(weights, reverse=True)


@given(st.permutations(range(1, 9)))
def test_findings_do_not_depend_on_the_order_of_reading(order: list[int]) -> None:
    widths = BandWidths(next_items=2, soon_items=2, later_items=2)
    rules = [Faulty(), Everywhere(), Whole()]
    shuffled = Backlog([item(number) for number in order], now=NOW, widths=widths)
    sorted_ = Backlog([item(number) for number in sorted(order)], now=NOW, widths=widths)
    assert lint(shuffled, rules) == lint(sorted_, rules)
