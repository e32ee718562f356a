"""Undo: a plan that puts back what a run wrote, as far as it is still ours."""

from datetime import datetime

from backlint.writeback.journal import Journal
from backlint.writeback.plan import Plan, Step


def undoing(journal: Journal, run: str, team: str, now: datetime) -> Plan:
    """The plan that undoes a run, newest write first.

    What a later run wrote over is left as it is. Whether a person changed the rest since is asked when it is applied:
    a person's change always wins.
    """
    last = journal.last()
    steps: list[Step] = []
    for written in reversed(journal.written(run)):
        step = written.step
        if last[step.item, step.change.slot].run == run:
            steps.append(_undone(step, run))
    return Plan(team=team, source=journal.source, made_at=now, steps=tuple(steps))


def _undone(step: Step, run: str) -> Step:
    return Step(
        item=step.item,
        key=step.key,
        url=step.url,
        change=step.change.reversed,
        why=f"undoes {run}",
        person=step.person,
    )
