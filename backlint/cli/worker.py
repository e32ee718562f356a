"""`backlint worker`."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import click

from backlint.app import SystemClock
from backlint.cli.log import Level, log
from backlint.cli.options import config_option, configured
from backlint.cli.overheard import listen
from backlint.cli.run import NO_TEAM, tell
from backlint.config import Config
from backlint.errors import ConfigError, Exit
from backlint.plural import plural

GRACE = 25.0
"""Seconds: Kubernetes and systemd kill after 30 and 90."""

STOPS = (signal.SIGTERM, signal.SIGINT)
NEEDS = 'A worker needs the queue: pip install "backlint[postgres]".'


@click.command("worker")
@config_option
@click.option("--concurrency", type=click.IntRange(1, 64), default=2, show_default=True, help="Jobs done side by side.")
@click.option(
    "--grace",
    type=click.FloatRange(min=0),
    default=GRACE,
    show_default=True,
    help="Seconds that jobs which are under way get to stop cleanly, when the worker is told to stop.",
)
@click.option("--once", is_flag=True, help="End when the queue is empty, instead of waiting for more.")
def command(*, config_file: Path | None, concurrency: int, grace: float, once: bool) -> int:
    """Do the jobs that `backlint serve` puts into the queue, on as many machines as wanted.

    The store must be a PostgreSQL, which is the queue as well. SIGTERM stops a worker between two steps, and another
    goes on from there; what a worker leaves that was killed is taken up when its heartbeat is missed.
    """
    config = configured(config_file)
    if not config.teams:
        raise ConfigError(NO_TEAM)
    listen(tells=True)
    asyncio.run(_work(config, concurrency, grace, waits=not once))
    return Exit.CLEAN


async def _work(config: Config, concurrency: int, grace: float, *, waits: bool) -> None:
    try:
        from backlint.worker import Worker, work  # noqa: PLC0415 - `--help` needs no queue
    except ModuleNotFoundError:
        raise ConfigError(NEEDS) from None
    told_to_stop = asyncio.Event()
    _heed(told_to_stop)
    worker = Worker(config, SystemClock(), tell)
    log(Level.INFO, f"Waiting for jobs of {plural(len(config.teams), 'team')}.", mark="working")
    await work(
        worker, told_to_stop, leave=_leave, on_trouble=_trouble, concurrency=concurrency, grace=grace, waits=waits
    )
    log(Level.INFO, "Stopped.", mark="stopped")


def _heed(told_to_stop: asyncio.Event) -> None:
    """Hear what the system asks; the second time it asks to stop, stop at once."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if told_to_stop.is_set():
            os._exit(Exit.INCOMPLETE)
        log(Level.INFO, "Stopping; a job that is under way ends after its step.", mark="stopping")
        told_to_stop.set()

    with suppress(NotImplementedError):  # Windows knows Ctrl-C only
        for number in STOPS:
            loop.add_signal_handler(number, stop)


def _trouble(said: str) -> None:
    log(Level.ERROR, said, mark="error")


def _leave() -> None:
    """End at once: a thread that waits for an answer would keep the process for as long as that takes."""
    log(Level.WARNING, "A job did not come to a step's end in time; another worker does it.", mark="stopped")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(Exit.CLEAN)
