"""Take jobs from the queue and do them, until told to stop.

A thread for each job, since a job blocks; one loop for what must go on meanwhile: the heartbeat, and taking up what
dead workers left. A job that is done, or that nobody shall do any more, is over for the queue; any other is asked for
again, later and later.
"""

import asyncio
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as Queued
from procrastinate.jobs import Status

from backlint.app.fulfilling import fulfil
from backlint.app.jobs import JobDone, Outcome
from backlint.config import Config
from backlint.errors import BacklintError, StoreError
from backlint.store import Store
from backlint.store.database import conninfo
from backlint.timetable import Slot
from backlint.transport import Clock, Json
from backlint.worker.pace import Pace
from backlint.worker.queue import QUEUE, TASK, slot_of, told
from backlint.worker.schema import prepare

KEPT_HOURS = 7 * 24
"""Jobs that failed stay in the queue for so long, to be looked at."""

FORGOTTEN_AFTER = 24 * 3600.0
"""Seconds: a worker that was only away for a while (its machine slept) finds its registration, and goes on."""

MOST_ATTEMPTS = 1000
"""A week of asking every ten minutes."""

Tell = Callable[[JobDone], None]


class Again(BacklintError):  # noqa: N818 - it is no error: it waits
    """The job is not over. It is asked for again, `at_once` if it was only given back."""

    def __init__(self, message: str, *, at_once: bool = False) -> None:
        super().__init__(message)
        self.at_once = at_once


@dataclass(frozen=True)
class Later(BaseRetryStrategy):
    """Asks again for what may still be done: not for a fault in the configuration, nor for one of ours."""

    pace: Pace

    def get_retry_decision(self, *, exception: BaseException, job: Queued) -> RetryDecision | None:
        """When to ask again; `None` never."""
        if not isinstance(exception, Again | StoreError) or job.attempts >= MOST_ATTEMPTS:
            return None
        seconds = 0.0 if isinstance(exception, Again) and exception.at_once else self.pace.pause(job.attempts)
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=seconds))  # noqa: TID251 - PostgreSQL compares it with its own


def holder_of(queued: Queued) -> str:
    """What the store calls the one that does this job, this time: another worker knows by it what to take over."""
    return f"queue {queued.id}.{queued.attempts}"


@dataclass(frozen=True)
class Worker:
    """One process that does jobs. `is_ending` is set when no more shall be begun, and those under way shall end."""

    config: Config
    clock: Clock
    tell: Tell
    pace: Pace = field(default_factory=Pace)
    is_ending: Event = field(default_factory=Event)
    under_way: dict[str, Queued] = field(default_factory=dict[str, Queued])
    ended: list[Queued] = field(default_factory=list[Queued])

    def app(self) -> App:
        """The queue, as procrastinate knows it, with our one task."""
        where, patience = conninfo(self.config.store), self.pace.dead_after
        app = App(connector=PsycopgConnector(conninfo=where, min_size=1, max_size=4, timeout=patience))
        app.task(name=TASK, queue=QUEUE, retry=Later(self.pace), pass_context=True)(self.do)
        return app

    def do(self, context: JobContext, /, **about: str) -> None:
        """Do one job. Raises `Again` where it is not over."""
        team, slot = self.config.team(about["team"]), slot_of(about)
        with self._doing(context.job):
            done = fulfil(
                self.config,
                team,
                slot,
                clock=self.clock,
                is_stopped=self.is_ending.is_set,
                holder=holder_of(context.job),
            )
        if done:
            self.tell(done)
        if done and done.outcome is Outcome.STOPPED:
            raise Again("It was given back.", at_once=True)
        is_done = done is not None and (done.outcome.is_good or done.outcome is Outcome.MOVED)
        if not (is_done or self._is_over(team.name, slot)):
            raise Again("; ".join(done.problems) if done else "Somebody else does it, or it rests.")

    def _is_over(self, team: str, slot: Slot) -> bool:
        with Store.open(self.config.store) as store:
            return (slot.job, slot.name) in store.jobs().done(team)

    @contextmanager
    def _doing(self, queued: Queued) -> Generator[None]:
        self.under_way[holder_of(queued)] = queued
        try:
            yield
        finally:
            self.ended.append(self.under_way.pop(holder_of(queued)))

    async def keep_watch(self, app: App) -> None:
        """Take up what dead workers left, and what we ended ourselves without the queue knowing, again and again."""
        ended: list[Queued] = []
        while True:
            with suppress(ConnectorException, StoreError):  # procrastinate ends the worker where the queue is gone
                await self.tell_again(app, ended)
                ended = [self.ended.pop() for _ in tuple(self.ended)]
                await self.take_up(app)
            await asyncio.sleep(self.pace.heartbeat)

    async def tell_again(self, app: App, ended: Iterable[Queued]) -> None:
        """Give back what ended some time ago, and the queue believes to be under way: it was cut off when it was told.

        Its worker lives, so nobody else would, and no other job of the team would ever be begun.
        """
        for queued in ended:
            for found in await app.job_manager.list_jobs_async(id=queued.id, status=Status.DOING.value):
                if found.attempts == queued.attempts:
                    await self.give_back(app, found)

    async def take_up(self, app: App) -> None:
        """Put back the jobs of those whose heartbeat was missed."""
        for queued in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=self.pace.dead_after):
            await asyncio.to_thread(self._bury, holder_of(queued))
            await self.give_back(app, queued)
        await app.job_manager.prune_stalled_workers(FORGOTTEN_AFTER)

    async def give_back(self, app: App, queued: Queued) -> None:
        """Let another worker have a job; one that was quicker already has it."""
        with suppress(ConnectorException):
            await app.job_manager.retry_job(queued)

    def _bury(self, holder: str) -> None:
        with Store.open(self.config.store) as store:
            store.jobs().died(holder, self.clock.now())

    async def leave(self, app: App) -> None:
        """Give back what did not come to an end in time."""
        for holder, queued in tuple(self.under_way.items()):
            await asyncio.to_thread(self._bury, holder)
            await self.give_back(app, queued)


async def work(
    worker: Worker,
    told_to_stop: asyncio.Event,
    *,
    leave: Callable[[], None],
    on_trouble: Callable[[str], None] = lambda _: None,
    concurrency: int = 1,
    grace: float | None = None,
    waits: bool = True,
) -> None:
    """Do jobs until told to stop, or unless it `waits` until there is none to do.

    A queue that goes away meanwhile is waited for. What does not come to an end within `grace` seconds is given back,
    and then `leave` is called, which should end the process: its thread may wait for a tracker yet. Raises `StoreError`
    where the queue cannot be reached to begin with.
    """
    asyncio.get_running_loop().set_exception_handler(partial(_hear, on_trouble))
    with told():
        await asyncio.to_thread(prepare, conninfo(worker.config.store))
    stop = asyncio.create_task(told_to_stop.wait())
    with await asyncio.to_thread(Store.open, worker.config.store):  # all jobs share its connections
        while not stop.done():
            try:
                with told():
                    await _until_stopped(worker, stop, leave, concurrency, grace, waits=waits)
                if not waits:
                    break
            except StoreError as error:
                if not waits:
                    raise
                on_trouble(str(error))
            await asyncio.wait({stop}, timeout=worker.pace.heartbeat)
    stop.cancel()


def _hear(on_trouble: Callable[[str], None], loop: asyncio.AbstractEventLoop, context: dict[str, Json]) -> None:
    """What procrastinate leaves unsaid: a slow worker's job was given to another, or the queue went away."""
    if isinstance(context.get("exception"), ConnectorException):
        on_trouble("The queue was not told of the end of a job; another worker looks at it again.")
    else:
        loop.default_exception_handler(context)


async def _until_stopped(
    worker: Worker,
    stop: asyncio.Task[bool],
    leave: Callable[[], None],
    concurrency: int,
    grace: float | None,
    *,
    waits: bool,
) -> None:
    """Do jobs until told to stop, or until the queue is gone."""
    async with worker.app().open_async() as app:
        running = asyncio.create_task(_run(worker, app, concurrency, waits=waits))
        watching = asyncio.create_task(worker.keep_watch(app))
        await asyncio.wait({running, stop}, return_when=asyncio.FIRST_COMPLETED)
        watching.cancel()
        if running.done():
            await running
            if waits:
                raise StoreError("The queue in the store went away; it is waited for.")
            return
        worker.is_ending.set()
        running.cancel()
        _, late = await asyncio.wait({running}, timeout=grace)
        if late:
            await worker.leave(app)
            leave()


async def _run(worker: Worker, app: App, concurrency: int, *, waits: bool) -> None:
    pace = worker.pace
    await app.job_manager.delete_old_jobs(KEPT_HOURS, queue=QUEUE, include_failed=True, include_aborted=True)
    await app.run_worker_async(
        queues=[QUEUE],
        concurrency=concurrency,
        wait=waits,
        fetch_job_polling_interval=pace.poll,
        delete_jobs="successful",
        install_signal_handlers=False,
        update_heartbeat_interval=pace.heartbeat,
        stalled_worker_timeout=FORGOTTEN_AFTER,
    )
