"""`backlint serve`."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from backlint.app import SystemClock
from backlint.app.fulfilling import new_holder
from backlint.cli.log import Level, log
from backlint.cli.options import config_option, configured
from backlint.cli.overheard import listen
from backlint.cli.run import NO_TEAM, tell
from backlint.config import Config
from backlint.config.service import ServiceSettings
from backlint.errors import BacklintError, ConfigError, Exit
from backlint.safe import visible
from backlint.schedule import HandOver, Schedule, here
from backlint.store import Store
from backlint.transport import Clock

if TYPE_CHECKING:
    from backlint.service import Service

GRACE = 25.0
"""Seconds: Kubernetes and systemd kill after 30 and 90."""

NO_HTTP = 'There are no probes, pages or webhooks: pip install "backlint[serve]" brings them.'

SHARED = ("postgres://", "postgresql")
"""How the store's URL begins where many machines may share it."""

STOPS = (signal.SIGTERM, signal.SIGINT)


@click.command("serve")
@config_option
@click.option("--host", help="The address to listen on, in place of `service.host`.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on, in place of `service.port`.")
@click.option("--no-http", is_flag=True, help="Listen on no port: no probes, pages or webhooks.")
@click.option(
    "--grace",
    type=click.FloatRange(min=0),
    default=GRACE,
    show_default=True,
    help="Seconds that a job which is under way gets to stop cleanly, when the server is told to stop.",
)
def command(*, config_file: Path | None, host: str | None, port: int | None, no_http: bool, grace: float) -> int:
    """Do each team's jobs at their time, show their reports and hear webhooks, until stopped.

    `schedule` in the configuration says when. What was missed while the machine slept is done once it is awake; several
    servers on one store do nothing twice. SIGTERM stops it between two steps, and the next server goes on from there;
    SIGHUP makes it read its configuration again.
    """
    config = configured(config_file)
    if not config.teams:
        raise ConfigError(NO_TEAM)
    listen(tells=True)
    settings = None if no_http else config.settings.service.on(host or None, port)
    asyncio.run(_serve(config, settings, config_file, grace))
    return Exit.CLEAN


async def _serve(config: Config, settings: ServiceSettings | None, config_file: Path | None, grace: float) -> None:
    clock, told, is_stopped, holder = SystemClock(), asyncio.Event(), Event(), new_holder()
    do_here = here(clock, tell, is_stopped.is_set, holder)
    with _seeing_to(config, do_here) as hand_over:
        schedule = Schedule(config, hand_over, clock, _trouble)
        service = _service(schedule, settings, clock) if settings else None
        async with schedule:
            _heed(told, lambda: _reload(schedule, config_file))
            answering = asyncio.create_task(_answering(service, told))
            _say_what_comes(schedule)
            await told.wait()
            log(Level.INFO, "Stopping; a job that is under way ends after its step.", mark="stopping")
            is_stopped.set()
        done = await asyncio.gather(schedule.ended(grace), asyncio.wait({answering}, timeout=grace))
        if not done[0] or not answering.done():
            _leave(config, holder, clock)
        answering.result()
    log(Level.INFO, "Stopped.", mark="stopped")


async def _answering(service: "Service | None", told: asyncio.Event) -> None:
    """Be there for others; if that fails, the server ends, for it to be seen."""
    if service:
        log(Level.INFO, f"Listening on {service.url}", mark="serving", url=service.url)
        try:
            await service.run(told)
        finally:
            told.set()


@contextmanager
def _seeing_to(config: Config, do_here: HandOver) -> Generator[HandOver]:
    """Do the jobs here; on PostgreSQL give them to its queue, for workers to do."""
    if not config.store.startswith(SHARED):
        yield do_here
        return
    from backlint.worker import Queue  # noqa: PLC0415 - what the store itself needs is there, and is needed by it alone

    with Queue.open(config.store) as queue:
        log(Level.INFO, "Jobs go to the queue; `backlint worker`, here or elsewhere, does them.", mark="serving")
        yield queue.hand_over


def _service(schedule: Schedule, settings: ServiceSettings, clock: Clock) -> "Service | None":
    """The door, open from now on; without what it is made of, the jobs are done all the same."""
    try:
        from backlint.service import Service  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        log(Level.INFO, NO_HTTP, mark="serving")
        return None
    return Service(lambda: schedule.config, schedule, clock, settings)


def _heed(told: asyncio.Event, reload: Callable[[], None]) -> None:
    """Hear what the system asks; the second time it asks to stop, stop at once."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if told.is_set():
            os._exit(Exit.INCOMPLETE)
        told.set()

    with suppress(NotImplementedError):  # Windows knows Ctrl-C only
        for number in STOPS:
            loop.add_signal_handler(number, stop)
        loop.add_signal_handler(signal.SIGHUP, reload)


def _reload(schedule: Schedule, config_file: Path | None) -> None:
    """Go by the configuration as it is now; a broken one changes nothing."""
    try:
        schedule.use(configured(config_file))
    except BacklintError as error:
        log(Level.ERROR, f"The configuration was not read again: {error}", mark="error")
        return
    log(Level.INFO, "The configuration was read again.", mark="serving")
    _say_what_comes(schedule)


def _say_what_comes(schedule: Schedule) -> None:
    for team, slot in schedule.upcoming():
        zone = team.settings.time_zone
        at = slot.at.astimezone(ZoneInfo(zone))
        said = f"{visible(team.name)}: {slot.job} on {at:%A, %d %B %Y at %H:%M} ({zone})"
        log(Level.INFO, said, mark="next", team=team.name, job=slot.job, at=slot.at.isoformat())


def _trouble(said: str) -> None:
    log(Level.ERROR, visible(said), mark="error")


def _leave(config: Config, holder: str, clock: Clock) -> None:
    """End at once: a thread that waits for an answer would keep the process for as long as that takes."""
    log(
        Level.WARNING,
        "A job did not come to a step's end in time, and is left; the next server does it.",
        mark="stopped",
    )
    with suppress(BacklintError), Store.open(config.store, patience=1) as store:
        store.jobs().let_go(holder, clock.now())
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(Exit.CLEAN)
