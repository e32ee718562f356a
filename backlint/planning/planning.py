"""Whether the team can plan: how far the ready work reaches, and exactly what each of the next items lacks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from backlint.finding import Finding, Undecided
from backlint.health.demands import Demands
from backlint.model import EMPTY, Backlog, Band, Item, Sprint, SprintState
from backlint.model.bands import size_in, work
from backlint.ready import DefinitionOfReady, readiness, waits_for

OF_ALL = DefinitionOfReady()


class Said(Protocol):
    """What the rules said of the backlog (`backlint.engine.Lint` is one)."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is held against it."""
        ...

    @property
    def undecided(self) -> tuple[Undecided, ...]:
        """What could not be decided."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One of the next items.

    Attributes:
        item: The item.
        place: Its place among the items that can be planned, from 1.
        band: `next` or `soon`.
        lacks: What keeps it from being planned; none: it is ready.
        hints: What else was found about it.
        waits_for: The keys of what it waits for.
        unknown: What the tracker does not say of it: its estimate, what blocks it.
        sprints: How many sprints the ready work fills down to here, this item included; `None`: not known.
    """

    item: Item
    place: int
    band: Band
    lacks: tuple[Finding, ...]
    hints: tuple[Finding, ...]
    waits_for: tuple[str, ...]
    unknown: tuple[str, ...]
    sprints: float | None

    @property
    def is_ready(self) -> bool:
        """Whether nothing keeps it from being planned, as far as can be seen."""
        return not self.lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What a running or coming sprint holds, against what the team finishes in one; both in what the pace counts."""

    sprint: Sprint
    items: int
    held: float
    velocity: float
    unestimated: tuple[str, ...]

    @property
    def is_too_much(self) -> bool:
        """Whether it holds a tenth more than the team's velocity."""
        return self.held > 1.1 * self.velocity


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """The answer before planning.

    Attributes:
        coming: The items of the bands next and soon, in order.
        work: How much of them is ready, in what the pace counts; `None` where sizes are not told.
        runway: The same in sprints; `None` where the pace is not known.
        wanted: How many sprints there should be.
        commitments: The running sprint and the one that starts next.
        missing: What would have to be known for a full answer.
    """

    coming: tuple[Coming, ...]
    work: float | None
    runway: float | None
    wanted: float
    commitments: tuple[Commitment, ...]
    missing: tuple[str, ...]

    @property
    def next(self) -> tuple[Coming, ...]:
        """The items that are planned next."""
        return tuple(each for each in self.coming if each.band is Band.NEXT)

    @property
    def blocked(self) -> tuple[Coming, ...]:
        """Those of all that wait for something."""
        return tuple(each for each in self.coming if each.waits_for)

    @property
    def unestimated(self) -> tuple[Coming, ...]:
        """Those of the next that have no estimate."""
        return tuple(each for each in self.next if each.item.estimate is EMPTY)

    @property
    def can_plan(self) -> bool:
        """Whether every next item is ready, there is one, and the ready work reaches far enough (if that is known)."""
        reaches = self.runway is None or self.runway >= self.wanted
        fits = not any(each.is_too_much for each in self.commitments)
        return bool(self.next) and all(each.is_ready for each in self.next) and reaches and fits


def plan(backlog: Backlog, said: Said, demands: Demands | None = None) -> Planning:
    """Whether the team can plan, from the backlog and what the rules said of it."""
    demands = demands or Demands()
    coming = tuple(_coming(backlog, said, demands))
    sizes = backlog.work
    ready = None if sizes is None else sum(sizes[each.item.id] for each in coming if each.is_ready)
    pace = backlog.pace
    missing = {
        "the order of the backlog": not backlog.plannable,
        "the team's velocity": pace is None,
        "estimates": sizes is None,
    }
    return Planning(
        coming=coming,
        work=ready,
        runway=round(ready / pace.per_sprint, 1) if ready is not None and pace else None,
        wanted=demands.runway,
        commitments=tuple(_commitments(backlog)),
        missing=tuple(each for each, is_missing in missing.items() if is_missing),
    )


def _coming(backlog: Backlog, said: Said, demands: Demands) -> Iterator[Coming]:
    findings = _by_item(said.findings)
    sizes, pace = backlog.work, backlog.pace
    ready = 0.0
    for place, item in enumerate(backlog.plannable, 1):
        band = backlog.band(item)
        if band not in {Band.NEXT, Band.SOON} or band is None:
            continue
        lacks = tuple(each for each in findings[item.id] if demands.hold(each, item.kind))
        ready += sizes[item.id] if sizes and not lacks else 0
        yield Coming(
            item=item,
            place=place,
            band=band,
            lacks=lacks,
            hints=tuple(each for each in findings[item.id] if each not in lacks),
            waits_for=tuple(each.key for each in waits_for(item, backlog) if each.is_open),
            unknown=readiness(item, backlog, OF_ALL).unknown,
            sprints=round(ready / pace.per_sprint, 2) if sizes and pace else None,
        )


def _by_item(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    about: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.subject:
            about[finding.subject.id].append(finding)
    return about


def _commitments(backlog: Backlog) -> Iterator[Commitment]:
    pace = backlog.pace
    running = [it for it in backlog.sprints.values() if it.state is SprintState.ACTIVE]
    planned = [it for it in backlog.sprints.values() if it.state is SprintState.FUTURE and it.start]
    for sprint in (*running, *sorted(planned, key=lambda it: (it.start, it.id))[:1]):
        held = [it for it in backlog if sprint.id in (it.sprints or ()) and not it.kind.contains_items]
        sizes = work(held, pace)
        if pace and sizes and held:
            yield Commitment(
                sprint=sprint,
                items=len(held),
                held=sum(sizes),
                velocity=pace.per_sprint,
                unestimated=tuple(it.key for it in held if size_in(it, pace.unit) is None),
            )
