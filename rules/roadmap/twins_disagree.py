"""The rule twins-disagree."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Estimate, Item, Link, LinkKind, Stage
from backlint.rule import BacklogRule, SeverityByBand, Verdict
from backlint.twins import Twins, twins

TWIN = (Link(kind=LinkKind.TWIN, target="github:7", key="acme/shop#7"),)


def _on_github(**fields: object) -> Item:
    there = {"id": "github:7", "key": "acme/shop#7", "url": "https://code.example/acme/shop/issues/7"}
    return item(7, **(there | fields))


class TwinsDisagree(BacklogRule):
    """The same piece of work stands in two trackers, and they say two things.

    Whoever looks at one of them is told something that is not so. Keep one of the two, or bring them together: mostly
    the work was finished in one and forgotten in the other. Two items are taken for one when a link says so, when one
    names the other's address under a like title, or when both have the same title; the finding says which.
    """

    confidence: ClassVar[Confidence] = Confidence.MEDIUM
    is_timeless: ClassVar[bool] = True

    flags = (
        example(item(1, links=TWIN), _on_github(stage=Stage.DONE)),
        example(
            item(1, title="Show the tax below each price", estimate=Estimate(value=3), links=()),
            _on_github(title="Show the tax below each price", estimate=Estimate(value=8), links=()),
        ),
    )
    passes = (
        example(item(1, links=TWIN), _on_github()),
        example(item(1, links=(), stage=Stage.DONE), _on_github(links=())),
    )
    undecided = (example(item(1), _on_github()),)

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Compare the two faces of each piece of work."""
        if any(it.links is None and it.body is None for it in backlog.open):
            yield Undecidable(missing="links and texts")
        for pair in twins(backlog):
            if pair.one.is_open or pair.other.is_open:
                yield from _compared(pair)


def _compared(pair: Twins) -> Iterator[Fault]:
    one, other = (pair.one, pair.other) if pair.one.is_open else (pair.other, pair.one)
    if not other.is_open:
        yield _fault(
            pair,
            one,
            other,
            part="stage",
            fact=f"is open, and in the other tracker {other.key} is {other.stage.value}",
            fix=f"Close it if the work is {other.stage.value}, or reopen {other.key}.",
        )
        return
    if one.stage.is_waiting != other.stage.is_waiting:
        begun, waiting = (other, one) if one.stage.is_waiting else (one, other)
        yield _fault(
            pair,
            waiting,
            begun,
            part="stage",
            fact=f"is waiting, and in the other tracker {begun.key} is in progress",
            fix=f"Bring it in line with {begun.key}.",
        )
    size, other_size = one.estimate, other.estimate
    if not (isinstance(size, Estimate) and isinstance(other_size, Estimate)) or size.unit is not other_size.unit:
        return
    if size.value != other_size.value:
        yield _fault(
            pair,
            one,
            other,
            part="estimate",
            fact=f"is estimated at {size}, and in the other tracker {other.key} at {other_size}",
            fix="Settle on one estimate, or keep it in one place only.",
        )


def _fault(pair: Twins, about: Item, other: Item, *, part: str, fact: str, fix: str) -> Fault:
    return Fault(
        item_id=about.id,
        part=f"{part} {other.id}",
        fact=fact,
        limit=f"they are the same work: {pair.sign}",
        fix=fix,
        confidence=pair.confidence,
        evidence={"twin": other.key, "url": other.url, "sign": pair.sign},
    )
