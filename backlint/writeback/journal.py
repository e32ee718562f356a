"""What was written to one source, and what is being written: steps over the store's outbox."""

from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass as checked

from backlint.model.item import strictly
from backlint.store import Entry, Outbox
from backlint.writeback.changes import DASHBOARD, RANK
from backlint.writeback.plan import STEP, Step

INTRODUCTION = "introduction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A write that was done, or one in doubt: when, by which run, and what."""

    run: str
    at: datetime
    step: Step


@checked(frozen=True, slots=True, kw_only=True, config=strictly)
class Line:
    """A line of the journal, for other programs."""

    run: str
    at: datetime
    source: str
    step: Step


LINE = TypeAdapter(Line)


@dataclass(frozen=True)
class Journal:
    """One run's hand in the journal of one source."""

    outbox: Outbox
    run: str

    @property
    def source(self) -> str:
        """What is written to."""
        return self.outbox.project

    @contextmanager
    def held(self, at: datetime) -> Generator[None]:
        """Be the only one that writes. Raises `StoreError` while another run does."""
        with self.outbox.held(self.run, at):
            yield

    def send(self, step: Step, at: datetime) -> None:
        """Write down what is about to be sent."""
        self.outbox.send(self._entry(step, at))

    def settle(self, step: Step, at: datetime, *, was_done: bool, run: str | None = None) -> None:
        """Write down what became of it; `run` is whose write it was, where it was another's."""
        self.outbox.settle(self._entry(step, at)._replace(run=run or self.run), was_done=was_done)

    def in_doubt(self) -> tuple[Written, ...]:
        """What was sent, by a run that then died."""
        return tuple(_written(entry) for entry in self.outbox.in_doubt())

    @property
    def is_introduced(self) -> bool:
        """Whether anything was written to the items, or told to be about to be, before.

        An order that somebody put right, and a dashboard, say nothing to the people who will read the first notes.
        """
        return self.outbox.has_written(besides=(RANK, DASHBOARD))

    def introduce(self, at: datetime) -> None:
        """The team has seen what is going to be written: the next run may."""
        self.outbox.note(Entry(self.source, "", INTRODUCTION, self.run, at, ""))

    def written(self, run: str | None = None) -> tuple[Written, ...]:
        """What was written, oldest first."""
        return tuple(_written(entry) for entry in self.outbox.journal(run) if entry.slot != INTRODUCTION)

    def last(self, among: Collection[str] | None = None) -> dict[tuple[str, str], Written]:
        """The last write to each slot of each item, or of those `among` these."""
        last = self.outbox.last(among).items()
        return {where: _written(entry) for where, entry in last if entry.slot != INTRODUCTION}

    def lines(self) -> Iterator[str]:
        """The journal as JSON lines, oldest first."""
        for each in self.written():
            line = Line(run=each.run, at=each.at, source=self.source, step=each.step)
            yield LINE.dump_json(line).decode()

    def _entry(self, step: Step, at: datetime) -> Entry:
        content = STEP.dump_json(step).decode()
        return Entry(self.source, step.item, step.change.slot, self.run, at, content)


def _written(entry: Entry) -> Written:
    return Written(run=entry.run, at=entry.at, step=STEP.validate_json(entry.step))
