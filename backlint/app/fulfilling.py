"""Do what is due, once: claim it in the store, do it, and say there how it went.

    for team, slots in waiting(config, config.teams, clock.now()):
        done = fulfil(config, team, slots[0], clock=clock)      # None: somebody else does it, or did

Two servers, a worker and a person may ask at once: the store lets one of them.
"""

import platform
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from traceback import extract_tb

from backlint.app.clock import gate_of
from backlint.app.jobs import JobDone, Outcome, Watch, do, timetable_of
from backlint.app.pinging import Ping, ping
from backlint.app.reading import names
from backlint.config import Config, Team
from backlint.errors import BacklintError, Exit
from backlint.occasion import occasion
from backlint.store import Held, Store
from backlint.timetable import Job, Slot, due
from backlint.transport import Clock

RENEWAL = timedelta(minutes=1)
"""How often the lease is renewed at most."""

IsStopped = Callable[[], bool]


class Stopped(BacklintError):  # noqa: N818 - nothing went wrong
    """Whoever does the job has to go; the job is left for the next one."""

    exit_code = Exit.INCOMPLETE


def new_holder() -> str:
    """What one process is called in the store, and no other one is."""
    return f"{platform.node() or 'somewhere'}-{secrets.token_hex(4)}"


def waiting(config: Config, teams: Iterable[Team], now: datetime) -> tuple[tuple[Team, tuple[Slot, ...]], ...]:
    """The teams that something waits for to be done, and what, as far as the store knows their sprints."""
    with Store.open(config.store) as store:
        found = [(team, _waiting(store, team, now)) for team in teams]
    return tuple((team, slots) for team, slots in found if slots)


def _waiting(store: Store, team: Team, now: datetime) -> tuple[Slot, ...]:
    settings, done, sprints = team.settings, store.jobs().done(team.name), store.sprints(names(team))
    return due(timetable_of(team), team.name, settings.time_zone, now, done, sprints=sprints)


def fulfil(
    config: Config,
    team: Team,
    slot: Slot,
    *,
    clock: Clock,
    is_stopped: IsStopped = lambda: False,
    holder: str | None = None,
) -> JobDone | None:
    """Do a slot, if nobody else does. `None` where somebody does, did, or it failed too often or too lately.

    Never raises for what goes wrong in the job: that is its outcome, and its team's alone. Raises `StoreError` where
    the store itself cannot be asked.
    """
    with Store.open(config.store) as store, occasion(team=team.name, job=slot.job, slot=slot.name):
        held = store.jobs().claim(team.name, slot, holder or new_holder(), clock.now())
        if held is None:
            return None
        watch = _Watching(held, clock, is_stopped, clock.now())
        done = attempt(config, team, slot.job, clock=clock, watch=watch, slot=slot, is_last=held.is_last)
        return _settle(held, done, clock.now())


def by_hand(config: Config, team: Team, job: Job, *, clock: Clock) -> JobDone:
    """Do a job whether it is due or not. It is kept under the moment, so that what is due stays due."""
    now = clock.now()
    done = attempt(config, team, job, clock=clock)
    if done.outcome.is_good:
        with Store.open(config.store) as store:
            store.jobs().record(
                team.name, Slot(now, job, now.isoformat()), clock.now(), run=done.run, outcome=done.outcome
            )
    return done


def attempt(
    config: Config,
    team: Team,
    job: Job,
    *,
    clock: Clock,
    watch: Watch = lambda: None,
    slot: Slot | None = None,
    is_last: bool = True,
) -> JobDone:
    """Do a job, tell the monitor, and make whatever goes wrong its outcome."""
    began = clock.monotonic()
    unheard = [ping(team, job, Ping.START, clock)]
    try:
        done = do(config, team, job, gate=gate_of(config, clock), watch=watch, slot=slot, is_last=is_last)
    except Stopped as error:
        done = _ended(team, job, Outcome.STOPPED, error)
    except Exception as error:  # noqa: BLE001 - one team's failure is no other's, whatever it is
        done = _ended(team, job, Outcome.FAILED, error)
    if done.outcome not in {Outcome.MOVED, Outcome.STOPPED}:
        unheard.append(ping(team, job, Ping.SUCCESS if done.outcome.is_good else Ping.FAIL, clock))
    problems = (*done.problems, *dict.fromkeys(each for each in unheard if each))
    return replace(done, seconds=clock.monotonic() - began, problems=problems)


def _settle(held: Held, done: JobDone, now: datetime) -> JobDone:
    """Keep how it went. A slot that was lost meanwhile is somebody else's to settle."""
    why = "; ".join((done.outcome, *done.problems[:1]))
    try:
        if done.outcome in {Outcome.STOPPED, Outcome.MOVED}:
            held.release(now, outcome=why)
        elif done.outcome.is_good:
            held.finish(now, run=done.run, outcome=done.outcome)
        elif again := held.fail(now, outcome=why, run=done.run):
            return replace(done, told=(*done.told, f"tried again after {again:%H:%M} UTC"))
        else:
            return replace(done, problems=(*done.problems, "given up, as it failed too often"))
    except BacklintError as error:
        return replace(done, outcome=Outcome.FAILED, problems=(*done.problems, str(error)))
    return done


@dataclass
class _Watching:
    """Between two steps: end where we were told to, and keep the slot ours."""

    held: Held
    clock: Clock
    is_stopped: IsStopped
    renewed: datetime

    def __call__(self) -> None:
        if self.is_stopped():
            raise Stopped("Stopped between two steps; the next server goes on from here.")
        now = self.clock.now()
        if not timedelta() <= now - self.renewed < RENEWAL:
            self.held.renew(now)
            self.renewed = now


def _ended(team: Team, job: Job, outcome: Outcome, error: Exception) -> JobDone:
    if isinstance(error, BacklintError):
        return JobDone(team=team.name, job=job, outcome=outcome, exit_code=error.exit_code, problems=(str(error),))
    frames = extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    fault = f"this is a fault of backlint ({type(error).__name__}{where})"
    return JobDone(team=team.name, job=job, outcome=outcome, exit_code=Exit.INCOMPLETE, problems=(fault,))
