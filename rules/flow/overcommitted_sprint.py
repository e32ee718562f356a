"""The rule overcommitted-sprint."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import ago, example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Estimate, Item, Pace, Sprint, SprintState, Stage, Unit
from backlint.model.bands import size_in
from backlint.rule import PLANNED_KINDS, BacklogRule, SeverityByBand, Verdict

_SPRINT = (Sprint(id="7", name="Sprint 7", state=SprintState.FUTURE, start=ago(-3), end=ago(-17)),)
_FIVE = Estimate(value=5)


class OvercommittedSprint(BacklogRule):
    """A sprint holds more than the team finishes in one.

    What does not fit is carried over, and the sprint says nothing any more about what will be done. Counted are the
    estimates of all items of the running sprint and of the one that starts next, against the team's velocity (the
    items themselves, where the team does not estimate); what has no estimate makes it only worse. Take out what
    stands lowest, before the sprint begins and not on its last day.
    """

    flags = (example(*(item(n, sprints=("7",), estimate=_FIVE) for n in range(1, 7)), sprints=_SPRINT, velocity=20),)
    passes = (
        example(*(item(n, sprints=("7",), estimate=_FIVE) for n in range(1, 5)), sprints=_SPRINT, velocity=20),
        example(item(1, sprints=()), sprints=_SPRINT, velocity=20),
    )
    undecided = (
        example(*(item(n, sprints=("7",), estimate=_FIVE) for n in range(1, 7)), sprints=_SPRINT),
        example(*(item(n, sprints=("7",)) for n in range(1, 7)), sprints=_SPRINT, velocity=20),
    )

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    share: float = Field(default=1.1, gt=0, description="How many times the velocity a sprint may hold.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Add up the estimates in the running and the coming sprint."""
        for sprint in _coming(backlog):
            held = [item for item in backlog if sprint.id in (item.sprints or ()) and item.kind in PLANNED_KINDS]
            if not held:
                continue
            if backlog.pace is None:
                yield Undecidable(missing="the team's velocity")
            elif backlog.pace.unit is not Unit.ITEMS and all(item.estimate is None for item in held):
                yield Undecidable(missing="estimates")
            else:
                yield from self._weigh(sprint, held, backlog.pace)

    def _weigh(self, sprint: Sprint, held: list[Item], pace: Pace) -> Iterator[Verdict]:
        sizes = [size_in(item, pace.unit) for item in held if item.stage is not Stage.DROPPED]
        total = sum(size for size in sizes if size is not None)
        if total > self.share * pace.per_sprint:
            without = sizes.count(None)
            more = f", and {without} more without an estimate" if without else ""
            yield Fault(
                fact=f"{sprint.name} holds {total:g} {pace.unit}{more}",
                limit=f"{pace}: {pace.origin}",
                fix=f"Take out what stands lowest, until no more than {pace.per_sprint:g} {pace.unit} are left.",
                part=sprint.id,
                evidence={
                    "sprint": sprint.name,
                    "held": total,
                    "velocity": pace.per_sprint,
                    "without_estimate": without,
                },
            )


def _coming(backlog: Backlog) -> Iterator[Sprint]:
    yield from (sprint for sprint in backlog.sprints.values() if sprint.state is SprintState.ACTIVE)
    future = (sprint for sprint in backlog.sprints.values() if sprint.state is SprintState.FUTURE and sprint.start)
    nearest = min(future, key=lambda sprint: (sprint.start, sprint.id), default=None)
    if nearest:
        yield nearest
