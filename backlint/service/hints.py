"""What is hinted at, and waits until people have finished writing.

Each item waits once, however often it is hinted at, and each hint lets it wait anew, though never beyond ten times as
long: somebody may be writing all day. What waits is lost with the process; the next nightly run sees it anyway.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass

from backlint.app.hinted import Followed
from backlint.connector import Hint
from backlint.errors import BacklintError
from backlint.occasion import occasion
from backlint.plural import plural
from backlint.safe import visible
from backlint.service.metrics import Fate, Metrics
from backlint.transport import Clock

LOGGER = logging.getLogger(__name__)

MOST_WAITS = 10
"""So many times `settle` is the longest that an item waits."""

AT_ONCE = 50
"""Items that are read together; more are read in the next round."""

Follow = Callable[[str, Sequence[Hint]], Sequence[Followed]]
"""Reads the items of a tracker that are hinted at. It blocks."""

Concerns = Callable[[str, Hint], bool]
"""Whether any source may hold the item; without asking anybody."""


@dataclass
class _Waiting:
    """One item: when it may be read, and when it is at the latest."""

    due: float
    latest: float


class Hints:
    """A queue of items, each in it once, with an end to its length."""

    def __init__(
        self, follow: Follow, concerns: Concerns, clock: Clock, metrics: Metrics, *, settle: float, most: int
    ) -> None:
        self._follow, self._concerns, self._clock, self._metrics = follow, concerns, clock, metrics
        self._settle, self._most = settle, most
        self._waiting: dict[tuple[str, Hint], _Waiting] = {}
        self._news = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, tracker: str, hints: Sequence[Hint]) -> None:
        """Let items wait; those that nobody reads are none, and those beyond the queue's length are dropped."""
        now = self._clock.monotonic()
        for hint in hints:
            if not self._concerns(tracker, hint):
                continue
            self._metrics.hint(tracker, Fate.RECEIVED)
            known = self._waiting.get((tracker, hint))
            if known:
                known.due = min(now + self._settle, known.latest)
                self._metrics.hint(tracker, Fate.JOINED)
            elif len(self._waiting) >= self._most:
                self._metrics.hint(tracker, Fate.DROPPED)
            else:
                self._waiting[tracker, hint] = _Waiting(now + self._settle, now + MOST_WAITS * self._settle)
                self._news.set()

    def take(self) -> Mapping[str, list[Hint]]:
        """What waited long enough, by tracker; it waits no longer."""
        now = self._clock.monotonic()
        due = sorted((it.due, number) for number, it in enumerate(self._waiting.values()) if it.due <= now)[:AT_ONCE]
        keys = list(self._waiting)
        taken: dict[str, list[Hint]] = {}
        for _, number in due:
            tracker, hint = keys[number]
            del self._waiting[keys[number]]
            taken.setdefault(tracker, []).append(hint)
        return taken

    async def run(self, stopped: asyncio.Event) -> None:
        """Read what waited long enough, one round after the other, until stopped; a round under way is ended."""
        stop = asyncio.create_task(stopped.wait())
        try:
            while not stop.done():
                await _until(stop, self._next())
                if not stop.done():
                    for tracker, hints in self.take().items():
                        await self._handle(tracker, hints)
        finally:
            stop.cancel()

    async def _next(self) -> None:
        """Wait until something may be due."""
        if not self._waiting:
            self._news.clear()
            await self._news.wait()
        due = min(it.due for it in self._waiting.values())
        await self._clock.sleep(max(0.0, due - self._clock.monotonic()))

    async def _handle(self, tracker: str, hints: Sequence[Hint]) -> None:
        """Read them; whatever goes wrong is told, and is no reason to hear nothing more."""
        try:
            with occasion(kind="hint"):
                followed = await asyncio.to_thread(self._follow, tracker, hints)
        except BacklintError as error:
            LOGGER.warning("What a webhook named was not read: %s", error)
            self._metrics.hint(tracker, Fate.FAILED, len(hints))
            return
        except Exception:
            LOGGER.exception("What a webhook named was not read: this is a fault of backlint.")
            self._metrics.hint(tracker, Fate.FAILED, len(hints))
            return
        has_failed = any(each.problem for each in followed)
        self._metrics.hint(tracker, Fate.FAILED if has_failed else Fate.HANDLED, len(hints))
        for each in followed:
            self._tell(each)

    def _tell(self, followed: Followed) -> None:
        about = {"team": followed.team, "source": followed.source}
        if followed.problem:
            LOGGER.warning("What a webhook named was not read: %s", followed.problem, extra=about)
            return
        keys = (*(item.key for item in followed.items), *(f"{key} (gone)" for key in followed.gone))
        said = f"{visible(', '.join(keys)) or 'Nothing of ours'} was read: {plural(len(followed.findings), 'finding')}"
        for outcome in followed.outcomes:
            self._metrics.write(outcome.verdict)
            said += visible(f"; {outcome.step.key}: {outcome.step.change}: {outcome.verdict}")
        said += visible(f"; nothing is written, since {followed.why_silent}") if followed.why_silent else ""
        LOGGER.info("%s.", said, extra=about)


async def _until(stop: asyncio.Task[bool], other: Coroutine[None, None, None]) -> None:
    """Wait for one of the two."""
    task = asyncio.ensure_future(other)
    await asyncio.wait({stop, task}, return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        task.cancel()
        return
    task.result()
