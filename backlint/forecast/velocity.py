"""How fast a team works, from what it finished: as the tracker tells, else by its sprints, else by the week."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median

from backlint.model import Estimate, Item, Pace, Sprint, SprintState, Stage, Unit
from backlint.model.bands import size_in
from backlint.model.pace import TWO_WEEKS

SPRINTS_COUNTED = 6
"""A velocity is the median of so many sprints: enough to even out holidays, few enough to follow a changed team."""

FEWEST_SPRINTS = 3
FEWEST_FINISHED = 6
"""Fewer finished items than one a sprint say nothing about a pace."""

ESTIMATED_SHARE = 0.6
"""Where fewer of the finished items have an estimate, the sum of the others would make the team look slow."""

WEEKS = {timedelta(weeks=n): f"{n} weeks" if n > 1 else "a week" for n in range(1, 7)}


def pace_of(
    items: Iterable[Item], sprints: Iterable[Sprint], now: datetime, *, told: Sequence[float] = ()
) -> Pace | None:
    """How fast the team works; `None` where its past is too short to say.

    Args:
        items: All items, the finished ones among them.
        sprints: All sprints.
        now: The moment of the look.
        told: What the tracker says the team finished in each of its last sprints, newest last. It wins: the tracker
            knows what was in a sprint when it ended.
    """
    finished = [it for it in items if it.stage is Stage.DONE and it.closed and not it.kind.contains_items]
    closed = _last_closed(sprints, now)
    length = _usual_length(closed)
    last = tuple(told[-SPRINTS_COUNTED:])
    if last and median(last) > 0:
        unit = _unit(finished) or Unit.POINTS
        return _pace(last, unit, length, f"the median of the last {len(last)} sprints, as the tracker tells")
    recent = [it for it in finished if it.closed and it.closed > now - SPRINTS_COUNTED * length]
    if len(recent) < FEWEST_FINISHED:
        return None
    unit = _unit(recent) or Unit.ITEMS
    if len(closed) >= FEWEST_SPRINTS:
        spans = [(it.start, it.end) for it in closed if it.start and it.end]
        origin = f"the median of the last {len(closed)} sprints"
    else:
        spans = [(now - (n + 1) * length, now - n * length) for n in range(SPRINTS_COUNTED)][::-1]
        origin = f"the median of the last {SPRINTS_COUNTED} times {WEEKS.get(length, f'{length.days} days')}"
    samples = tuple(_finished_within(recent, start, end, unit) for start, end in spans)
    return _pace(samples, unit, length, origin) if median(samples) > 0 else None


def _last_closed(sprints: Iterable[Sprint], now: datetime) -> list[Sprint]:
    closed = [it for it in sprints if it.state is SprintState.CLOSED and it.start and it.end and it.end <= now]
    return sorted(closed, key=lambda it: (it.end or now, it.id))[-SPRINTS_COUNTED:]


def _usual_length(closed: Sequence[Sprint]) -> timedelta:
    """In whole days: a sprint that is closed an hour late is no longer one."""
    lengths = [(it.end - it.start) / timedelta(days=1) for it in closed if it.start and it.end and it.end > it.start]
    return timedelta(days=max(round(median(lengths)), 1)) if lengths else TWO_WEEKS


def _unit(finished: Sequence[Item]) -> Unit | None:
    """The unit that most finished items are estimated in; `None` where too few are."""
    for unit in (Unit.POINTS, Unit.HOURS):
        told = sum(isinstance(it.estimate, Estimate) and it.estimate.unit is unit for it in finished)
        if finished and told >= ESTIMATED_SHARE * len(finished):
            return unit
    return None


def _finished_within(finished: Iterable[Item], start: datetime, end: datetime, unit: Unit) -> float:
    return sum(size_in(it, unit) or 0.0 for it in finished if it.closed and start < it.closed <= end)


def _pace(samples: tuple[float, ...], unit: Unit, length: timedelta, origin: str) -> Pace:
    return Pace(per_sprint=median(samples), unit=unit, samples=samples, sprint=length, origin=origin)
