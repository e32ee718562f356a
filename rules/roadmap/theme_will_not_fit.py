"""The rule theme-will-not-fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import Field

from backlint.example import ago, example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.forecast import Forecast, Span
from backlint.model import Backlog, Estimate, Item, Theme
from backlint.model.bands import work
from backlint.rule import BacklogRule, SeverityByBand, Verdict

SOON = Theme(id="summer", key="summer", title="Summer release", due=ago(-28).date())
FAR = Theme(id="summer", key="summer", title="Summer release", due=ago(-200).date())
FIVE = Estimate(value=5)


@dataclass(frozen=True, slots=True)
class Goal:
    """A theme or a dated epic, and what is left to do for it."""

    id: str
    title: str
    due: date
    left: tuple[Item, ...]
    epic: Item | None = None


class ThemeWillNotFit(BacklogRule):
    """A theme has a date, and the work left for it takes longer at the team's pace.

    The date is a promise on the roadmap that the backlog cannot keep. The sooner it is said, the more can still be
    done: take something out, move its items up, or move the date. Counted are the theme's own open items, and what
    stands above the last of them in the order; the date is held against the day by which all that is done with even
    chances, as the team's own past sprints say.
    """

    flags = (
        example(*(item(n, themes=("summer",), estimate=FIVE) for n in range(1, 13)), themes=(SOON,), velocity=10),
        example(
            *(item(n, themes=(), estimate=FIVE) for n in range(1, 13)),
            item(13, themes=("summer",), estimate=FIVE),
            themes=(SOON,),
            velocity=10,
            note="One item, at the end of a long queue.",
        ),
    )
    passes = (
        example(*(item(n, themes=("summer",), estimate=FIVE) for n in range(1, 13)), themes=(FAR,), velocity=10),
        example(item(1, themes=(), estimate=FIVE), themes=(SOON,), velocity=10),
    )
    undecided = (
        example(item(1, themes=("summer",), estimate=FIVE), themes=(SOON,), note="The pace is not known."),
        example(item(1, themes=("summer",)), themes=(SOON,), velocity=10),
    )

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Forecast the last item of each dated goal."""
        forecast = Forecast(backlog)
        for goal in _goals(backlog):
            if not goal.left or goal.due < backlog.now.date():
                continue
            span = _done(goal, forecast)
            if span is None:
                missing = "estimates" if backlog.pace else "the team's velocity"
                yield Undecidable(missing=missing, item_id=goal.epic.id if goal.epic else None)
            elif span.likely is None or span.likely > goal.due:
                yield _fault(goal, span, backlog)


def _goals(backlog: Backlog) -> Iterator[Goal]:
    for theme in backlog.themes.values():
        if theme.is_open and theme.due:
            left = tuple(it for it in backlog.open if theme.id in (it.themes or ()) and not it.kind.contains_items)
            yield Goal(theme.id, theme.title, theme.due, left)
    for epic in backlog.open:
        if epic.kind.contains_items and isinstance(epic.due, date):
            left = tuple(it for it in backlog.children(epic) if it.is_open and not it.kind.contains_items)
            yield Goal("", epic.title, epic.due, left, epic)


def _done(goal: Goal, forecast: Forecast) -> Span | None:
    """When all of it will be done: the later of its own work alone, and of its last item where that one stands."""
    sizes = work(goal.left, forecast.backlog.pace)
    alone = None if sizes is None else forecast.when(sum(sizes))
    spans = [span for span in (alone, *(forecast.of(it) for it in goal.left)) if span]
    return None if alone is None else max(spans, key=lambda span: span.likely or date.max)


def _fault(goal: Goal, span: Span, backlog: Backlog) -> Fault:
    likely = f"about {span.likely}" if span.likely else "in years"
    items = "one open item" if len(goal.left) == 1 else f"{len(goal.left)} open items"
    fact = f"is due on {goal.due}, and its {items} will be done {likely}"
    return Fault(
        item_id=goal.epic.id if goal.epic else None,
        part=goal.id,
        fact=fact if goal.epic else f"{goal.title} {fact}",
        limit=f"{backlog.pace}, {backlog.pace.origin}" if backlog.pace else None,
        fix="Take something out of it, move its items up, or move the date.",
        evidence={
            "goal": goal.title,
            "due": goal.due.isoformat(),
            "likely": span.likely.isoformat() if span.likely else None,
            "safe": span.safe.isoformat() if span.safe else None,
            "left": [it.key for it in goal.left],
        },
    )
