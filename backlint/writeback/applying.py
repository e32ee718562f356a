"""Take the steps of a plan, each exactly once.

A write is put into the outbox, sent once, and moved to the journal. One that got no answer is in doubt: the tracker's
longest request is waited out, then the item is looked at, and only what is surely not there is sent again. So is what
an earlier run sent before it died. A look that fails leaves the write in doubt, for the next run.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from backlint.errors import TrackerError
from backlint.transport import Clock
from backlint.writeback.changes import DASHBOARD, LabelChange, NoteChange, RankChange
from backlint.writeback.journal import Journal
from backlint.writeback.moving import gap, hindrance
from backlint.writeback.plan import Step, obstacle
from backlint.writer import InDoubtError, Keeper, NotNowError, Order, Standing, Writer

GRACE = 60.0
"""Seconds after which a tracker has done a request, or never will. GitHub ends one after 10 s, Jira Cloud after 60 s.
With less than the tracker's longest, half of the writes in doubt were doubled in a trial."""

LAG = (0.0, 1.0, 5.0)
"""Seconds between the looks at a move that was accepted: Jira Cloud's search shows it a moment later."""

TRIES = 4

PACE = 1.0
"""Seconds between two writes: GitHub asks for one, and takes no more than 80 contents a minute."""


Sight = Standing | Order | None
"""What a step is held against: the item, or for a move the order that it stands in."""


class Verdict(StrEnum):
    """What became of a step."""

    DONE = "done"
    ALREADY = "already so"
    LEFT = "left alone"
    REFUSED = "refused"
    FAILED = "not done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A step, what became of it, and why."""

    step: Step
    verdict: Verdict
    why: str = ""


@dataclass
class Applying:
    """One run that writes to one source; to be used while the journal is `held`."""

    writer: Writer
    journal: Journal
    clock: Clock
    _touched: set[str] = field(default_factory=set[str])

    async def recover(self) -> Sequence[Outcome]:
        """Find out what became of what an earlier run sent; nothing is sent here.

        What did not arrive is forgotten: whether it is still wanted is for this run's plan to say.
        """
        doubts = self.journal.in_doubt()
        if doubts:
            await self.clock.sleep(GRACE)
        outcomes: list[Outcome] = []
        for doubt in doubts:
            step = doubt.step
            was_done = is_so(step, await self._look(step))
            self.journal.settle(step, doubt.at, was_done=was_done, run=doubt.run)
            self._touched.add(step.item)
            outcomes.append(Outcome(step=step, verdict=Verdict.DONE if was_done else Verdict.FAILED))
        return outcomes

    async def apply(self, steps: Sequence[Step]) -> AsyncIterator[Outcome]:
        """Take the steps one by one. Raises `TrackerError` where it cannot be known what became of one."""
        for step in steps:
            yield await self._take(step)

    async def _take(self, step: Step) -> Outcome:
        for _ in range(TRIES):
            sight = await self._look(step)
            if outcome := self._without_asking(step, sight):
                return outcome
            if self._touched:
                await self.clock.sleep(PACE)
            sent_at = self.clock.now()
            self.journal.send(step, sent_at)
            pauses: Sequence[float]
            try:
                await self._send(step, sight)
                pauses = (*LAG, GRACE) if isinstance(step.change, RankChange) else ()
            except InDoubtError:
                pauses = (GRACE,)
            except NotNowError:
                self.journal.settle(step, sent_at, was_done=False)
                await self.clock.sleep(GRACE)
                continue
            except TrackerError as error:
                self.journal.settle(step, sent_at, was_done=False)
                return Outcome(step=step, verdict=Verdict.REFUSED, why=str(error))
            was_done = not pauses or await self._has_arrived(step, pauses)
            self.journal.settle(step, sent_at, was_done=was_done)
            if was_done:
                self._touched.add(step.item)
                return Outcome(step=step, verdict=Verdict.DONE)
        return Outcome(step=step, verdict=Verdict.FAILED, why=f"the tracker failed {TRIES} times")

    async def _look(self, step: Step) -> Sight:
        is_move = isinstance(step.change, RankChange)
        return await self.writer.order() if is_move else await self._keeper(step).look(step.target)

    def _keeper(self, step: Step) -> Keeper:
        if step.change.slot != DASHBOARD:
            return self.writer
        if self.writer.publisher is None:
            raise TrackerError("The tracker has no place for a dashboard.")
        return self.writer.publisher

    async def _has_arrived(self, step: Step, pauses: Sequence[float]) -> bool:
        for pause in pauses:
            await self.clock.sleep(pause)
            if is_so(step, await self._look(step)):
                return True
        return False

    def _without_asking(self, step: Step, sight: Sight) -> Outcome | None:
        """What can be said of a step before anything is sent; `None`: it is to be sent."""
        if is_so(step, sight):
            return Outcome(step=step, verdict=Verdict.ALREADY)
        if isinstance(sight, Order):
            reason = hindrance(step, step.change, sight) if isinstance(step.change, RankChange) else None
        else:
            reason = obstacle(step, sight) or (self._changed(step, sight) if sight else None)
        return Outcome(step=step, verdict=Verdict.LEFT, why=reason) if reason else None

    def _changed(self, step: Step, standing: Standing) -> str | None:
        """What a person changed since the plan was made; what this run wrote itself does not count."""
        if isinstance(step.change, NoteChange):
            if any(posted.is_touched for posted in standing.notes):
                return f"a person edited the {step.change.what}"
            before = step.change.before.fingerprint if step.change.before else None
            if before != _standing_note(standing):
                return f"the {step.change.what} is not as it was when the plan was made"
        is_newer = step.seen is not None and standing.updated > step.seen
        return "the item changed since the plan was made" if is_newer and step.item not in self._touched else None

    async def _send(self, step: Step, sight: Sight) -> None:
        writer, target, change = self.writer, step.target, step.change
        if isinstance(change, RankChange):
            above, below = (isinstance(sight, Order) and gap(step, change, sight)) or change.after.ids
            await writer.move(target, above, below)
        elif isinstance(change, LabelChange):
            await (writer.label if change.after else writer.unlabel)(target, change.name)
        elif change.after and change.before is None:
            await self._keeper(step).post(target, change.after.note)
        elif isinstance(sight, Standing):
            keeper, ours = self._keeper(step), sight.notes[0]
            await (keeper.edit(target, ours, change.after.note) if change.after else keeper.remove(target, ours))


def is_so(step: Step, sight: Sight) -> bool:
    """Whether it already is as the step would make it."""
    change = step.change
    if isinstance(sight, Order):
        return isinstance(change, RankChange) and change.is_so(step.item, sight)
    if sight is None or isinstance(change, RankChange):
        return False
    if isinstance(change, LabelChange):
        return change.is_so(sight.labels)
    return _standing_note(sight) == (change.after.fingerprint if change.after else None)


def _standing_note(standing: Standing) -> str | None:
    return standing.notes[0].note.fingerprint if standing.notes else None
