"""The rule urgent-but-buried."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from pydantic import Field

from backlint.example import NOW, ago, example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.forecast import Forecast, Span
from backlint.model import EMPTY, Backlog, Band, Estimate, Item, Kind, Priority
from backlint.rule import BacklogRule, SeverityByBand, Verdict

IN_TEN_DAYS = NOW.date() + timedelta(days=10)
IN_HALF_A_YEAR = NOW.date() + timedelta(days=180)
FIVE = partial(item, estimate=Estimate(value=5))


class UrgentButBuried(BacklogRule):
    """An item has a date that it will not meet from where it stands.

    The date was promised to somebody, and the order breaks the promise silently. Move the item up, or tell whoever
    waits for it. Where the team's pace is known, the place is turned into a date by the team's own past sprints (the
    day by which it will be done with even chances, if nothing comes in above it); else an item that is due within the
    next two weeks should stand in the next band. A service level can be set as days by priority: it then gives every
    bug without a date one of its own, counted from its creation. Dates that passed long ago urge nobody any more; they
    are counted once, to be taken away.
    """

    flags = (
        example(*(FIVE(n, due=EMPTY) for n in range(1, 20)), FIVE(20, due=IN_TEN_DAYS), velocity=10),
        example(*(item(n, due=EMPTY) for n in range(1, 30)), item(30, due=IN_TEN_DAYS), note="The pace is not known."),
        example(item(1, due=ago(3).date())),
        example(item(1, due=ago(400).date()), item(2, due=ago(500).date()), note="Nobody waits for these any more."),
    )
    passes = (
        example(FIVE(1, due=IN_TEN_DAYS), FIVE(2, due=EMPTY), velocity=10, note="In the coming fortnight, in time."),
        example(*(FIVE(n, due=EMPTY) for n in range(1, 20)), FIVE(20, due=IN_HALF_A_YEAR), velocity=10),
        example(item(1, due=IN_TEN_DAYS)),
    )
    undecided = (example(item(1)), example(item(1, rank=None, due=IN_TEN_DAYS)))

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    due_days: int = Field(default=14, ge=0, description="Where the pace is not known: due in so many days is urgent.")
    forgotten_days: int = Field(
        default=60, ge=0, description="A date that passed longer ago urges nobody; such dates are counted once."
    )
    service_days: Mapping[int, int] = Field(
        default_factory=dict[int, int],
        description="Days within which a bug must be done, by the level of its priority (1 is the highest).",
    )

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Hold the date against the forecast, or against the band."""
        waiting = [it for it in backlog.open if it.stage.is_waiting and not it.kind.contains_items]
        if waiting and all(it.due is None for it in waiting) and not self.service_days:
            yield Undecidable(missing="due dates")
        forecast = Forecast(backlog)
        dated = [(it, due) for it in waiting if (due := self._due(it)) is not None]
        long_ago = backlog.now.date() - timedelta(days=self.forgotten_days)
        forgotten = [it for it, due in dated if due < long_ago]
        if forgotten:
            yield _forgotten(forgotten, self.forgotten_days)
        for it, due in dated:
            if long_ago <= due < backlog.now.date():
                yield _overdue(it, due, backlog)
            elif due >= backlog.now.date():
                yield from self._ahead(it, due, backlog, forecast.of(it))

    def _ahead(self, it: Item, due: date, backlog: Backlog, span: Span | None) -> Iterator[Verdict]:
        band = backlog.band(it)
        if band is None:
            yield Undecidable(missing="the order of the backlog", item_id=it.id)
        elif band is Band.NEXT:
            return
        elif span is not None:
            if span.likely is None or span.likely > due:
                yield _late(it, due, span, backlog)
        elif due - backlog.now.date() <= timedelta(days=self.due_days):
            yield _buried(it, due, band, self.due_days)

    def _due(self, it: Item) -> date | None:
        if isinstance(it.due, date):
            return it.due
        if it.kind is Kind.BUG and isinstance(it.priority, Priority) and it.priority.level in self.service_days:
            return (it.created + timedelta(days=self.service_days[it.priority.level])).date()
        return None


def _overdue(it: Item, due: date, backlog: Backlog) -> Fault:
    days = (backlog.now.date() - due).days
    return Fault(
        item_id=it.id,
        fact=f"was due {days} days ago and has not been started" if days > 1 else "was due yesterday",
        limit=f"due on {due.isoformat()}",
        fix="Start it now, or agree on a new date with whoever waits for it.",
        evidence={"due": due.isoformat(), "rank": it.rank},
    )


def _forgotten(items: Sequence[Item], days: int) -> Fault:
    have = "one waiting item has a date that" if len(items) == 1 else f"{len(items)} waiting items have dates that"
    return Fault(
        part="forgotten",
        fact=f"{have} passed more than {days} days ago: {', '.join(it.key for it in items[:3])}",
        limit="a date is kept, moved or taken away",
        fix="Take the dates away that nobody waits for: they hide those that somebody does.",
        evidence={"items": [it.key for it in items]},
    )


def _late(it: Item, due: date, span: Span, backlog: Backlog) -> Fault:
    likely = span.likely.isoformat() if span.likely else "years from now"
    return Fault(
        item_id=it.id,
        fact=f"is due on {due.isoformat()}, and from rank {it.rank} it will be done about {likely}",
        limit=f"{backlog.pace}, {backlog.pace.origin}" if backlog.pace else None,
        fix="Move it up, or agree on another date.",
        evidence={
            "due": due.isoformat(),
            "likely": likely,
            "safe": span.safe.isoformat() if span.safe else None,
            "rank": it.rank,
        },
    )


def _buried(it: Item, due: date, band: Band, days: int) -> Fault:
    return Fault(
        item_id=it.id,
        fact=f"is due on {due.isoformat()} and stands at rank {it.rank}, in the band {band.value}",
        limit=f"what is due within {days} days stands in the band next",
        fix="Move it up, or agree on another date.",
        evidence={"due": due.isoformat(), "rank": it.rank, "band": band.value},
    )
