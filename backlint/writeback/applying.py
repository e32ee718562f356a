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
from backlint.writeback.journal import Journal
from backlint.writeback.plan import LabelChange, NoteChange, Step, obstacle
from backlint.writer import InDoubtError, NotNowError, Standing, Writer

GRACE = 60.0
"""Seconds after which a tracker has done a request, or never will. GitHub ends one after 10 s, Jira Cloud after 60 s.
With less than the tracker's longest, half of the writes in doubt were doubled in a trial."""

TRIES = 4

PACE = 1.0
"""Seconds between two writes: GitHub asks for one, and takes no more than 80 contents a minute."""


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
            standing = await self.writer.look(step.target)
            was_done = standing is not None and is_so(step, standing)
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
            standing = await self.writer.look(step.target)
            outcome = self._without_asking(step, standing)
            if outcome or standing is None:
                return outcome or Outcome(step=step, verdict=Verdict.LEFT)
            if self._touched:
                await self.clock.sleep(PACE)
            sent_at = self.clock.now()
            self.journal.send(step, sent_at)
            try:
                await self._send(step, standing)
            except InDoubtError:
                await self.clock.sleep(GRACE)
                if not await self._has_arrived(step):
                    self.journal.settle(step, sent_at, was_done=False)
                    continue
            except NotNowError:
                self.journal.settle(step, sent_at, was_done=False)
                await self.clock.sleep(GRACE)
                continue
            except TrackerError as error:
                self.journal.settle(step, sent_at, was_done=False)
                return Outcome(step=step, verdict=Verdict.REFUSED, why=str(error))
            self.journal.settle(step, sent_at, was_done=True)
            self._touched.add(step.item)
            return Outcome(step=step, verdict=Verdict.DONE)
        return Outcome(step=step, verdict=Verdict.FAILED, why=f"the tracker failed {TRIES} times")

    async def _has_arrived(self, step: Step) -> bool:
        standing = await self.writer.look(step.target)
        return standing is not None and is_so(step, standing)

    def _without_asking(self, step: Step, standing: Standing | None) -> Outcome | None:
        """What can be said of a step before anything is sent; `None`: it is to be sent."""
        if standing is not None and is_so(step, standing):
            return Outcome(step=step, verdict=Verdict.ALREADY)
        reason = obstacle(step, standing)
        if reason is None and standing is not None:
            reason = self._changed(step, standing)
        return Outcome(step=step, verdict=Verdict.LEFT, why=reason) if reason else None

    def _changed(self, step: Step, standing: Standing) -> str | None:
        """What a person changed since the plan was made; what this run wrote itself does not count."""
        if isinstance(step.change, NoteChange):
            if any(posted.is_touched for posted in standing.notes):
                return "a person edited the note"
            before = step.change.before.fingerprint if step.change.before else None
            if before != _standing_note(standing):
                return "the note is not as it was when the plan was made"
        is_newer = step.seen is not None and standing.updated > step.seen
        return "the item changed since the plan was made" if is_newer and step.item not in self._touched else None

    async def _send(self, step: Step, standing: Standing) -> None:
        writer, target, change = self.writer, step.target, step.change
        if isinstance(change, LabelChange):
            await (writer.label if change.after else writer.unlabel)(target, change.name)
        elif change.after is None:
            await writer.remove(target, standing.notes[0])
        elif change.before is None:
            await writer.post(target, change.after.note)
        else:
            await writer.edit(target, standing.notes[0], change.after.note)


def is_so(step: Step, standing: Standing) -> bool:
    """Whether the item already is as the step would make it."""
    change = step.change
    if isinstance(change, LabelChange):
        return change.is_so(standing.labels)
    return _standing_note(standing) == (change.after.fingerprint if change.after else None)


def _standing_note(standing: Standing) -> str | None:
    return standing.notes[0].note.fingerprint if standing.notes else None
