"""Whole jobs: what a person at a command line, a scheduler and a worker all do for a team, by one function.

    done = do(config, team, Job.NIGHTLY, gate=gate_of(config, clock))
    print(done.outcome, done.exit_code)

Nothing here asks whether a job is due, or who else does it: that is `fulfilling`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from backlint.app import checking, dashboards, publishing, reading, settling, writing
from backlint.app.baseline import forgiven
from backlint.app.checking import Checked
from backlint.app.clock import PATIENCE
from backlint.app.looking import Asked, look_at
from backlint.app.notifying import notify
from backlint.app.planned import Planned
from backlint.app.tidying import tidy
from backlint.config import Config, Team
from backlint.errors import BacklintError, Exit
from backlint.health import Run
from backlint.occasion import occasion
from backlint.planning import plan
from backlint.plural import plural
from backlint.store import Store
from backlint.timetable import Job, Slot, Timetable, due
from backlint.transport import Gate
from backlint.writeback import Outcome as Written
from backlint.writeback import Verdict

Watch = Callable[[], None]
"""Called between any two steps. It raises what ends the job there; what was done so far is kept."""


class Outcome(StrEnum):
    """How a job went. `moved`: what it was for (a sprint) moved away meanwhile. `stopped`: whoever did it had to go."""

    CLEAN = "clean"
    FINDINGS = "findings"
    INCOMPLETE = "incomplete"
    FAILED = "failed"
    MOVED = "moved"
    STOPPED = "stopped"

    @property
    def is_good(self) -> bool:
        """Whether there is nothing to do again."""
        return self in {Outcome.CLEAN, Outcome.FINDINGS}


OUTCOMES = {Exit.CLEAN: Outcome.CLEAN, Exit.FINDINGS: Outcome.FINDINGS}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDone:
    """A job that was done, or tried.

    Attributes:
        exit_code: What it answers to a shell, as `backlint check` does.
        run: The run that it made, if it came so far.
        told: What came of it, a line each.
        problems: What did not, a line each.
    """

    team: str
    job: Job
    outcome: Outcome
    exit_code: Exit
    run: str | None = None
    seconds: float = 0.0
    told: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def do(
    config: Config,
    team: Team,
    job: Job,
    *,
    gate: Gate,
    watch: Watch = lambda: None,
    slot: Slot | None = None,
    is_last: bool = True,
) -> JobDone:
    """Do a whole job for a team.

    With a `slot`, the planning of a sprint that moved away meanwhile is left. Unless it `is_last`, people are not told
    of a backlog that could not be read whole: that is tried again first. Raises `BacklintError`, and what `watch` does.
    """
    with occasion(team=team.name, job=job):
        return _do(_Work(config, team, job, gate, watch), slot, is_last=is_last)


def _do(work: "_Work", slot: Slot | None, *, is_last: bool) -> JobDone:
    began = work.gate.clock.monotonic()
    work.read()
    work.watch()
    if slot and slot.sprint and not work.is_due(slot):
        done = work.done(Outcome.MOVED, Exit.CLEAN, told=("its sprint does not start then any more",))
    elif work.job is Job.BOT:
        work.settle()
        done = work.write()
    else:
        done = work.report(is_last=is_last)
    return replace(done, seconds=work.gate.clock.monotonic() - began)


def timetable_of(team: Team) -> Timetable:
    """When the team's jobs are due: where nothing may be written, no bot is."""
    return team.settings.schedule if team.settings.write else team.settings.schedule.without_bot()


@dataclass(frozen=True)
class _Work:
    config: Config
    team: Team
    job: Job
    gate: Gate
    watch: Watch

    def done(
        self, outcome: Outcome, code: Exit, *, told: tuple[str, ...] = (), problems: tuple[str, ...] = ()
    ) -> JobDone:
        name, job = self.team.name, self.job
        return JobDone(team=name, job=job, outcome=outcome, exit_code=code, told=told, problems=problems)

    def read(self) -> None:
        with Store.open(self.config.store) as store:
            reading.sync(store, [self.team], self.gate, self._on_batch)

    def _on_batch(self, *_: object) -> None:
        """Whoever is told to end in the middle of a read sends no more requests; the cursor is kept."""
        try:
            self.watch()
        except BacklintError:
            self.gate.until = self.gate.clock.monotonic()

    def is_due(self, slot: Slot) -> bool:
        settings, now = self.team.settings, self.gate.clock.now()
        with Store.open(self.config.store) as store:
            sprints = store.sprints(reading.names(self.team))
        return slot.name in {
            it.name for it in due(settings.schedule, self.team.name, settings.time_zone, now, sprints=sprints)
        }

    def report(self, *, is_last: bool) -> JobDone:
        """Check, and tell those who want to know."""
        asked = Asked(now=self.gate.clock.now(), syncs=False, forgives=forgiven(self.config))
        checked = checking.check(self.config, [self.team], self.gate, asked)
        code = checked.exit_code(self.config.settings.fail_on)
        done = self.done(OUTCOMES.get(code, Outcome.INCOMPLETE), code, problems=tuple(_unread(checked)))
        done = replace(done, run=checked.run.id)
        self.watch()
        if not (checked.is_complete or is_last):
            return done
        done = self._tell(done, checked)
        if self.job is Job.PLANNING:
            return self._plan(done, asked)
        done = self._write_after(done, checked)
        tidy(self.config, self.team, self.gate.clock.now())
        return done

    def _tell(self, done: JobDone, checked: Checked) -> JobDone:
        told, problems = [health.verdict for health in checked.run.teams], list(done.problems)
        if folder := self.config.pages:
            try:
                publishing.publish(folder, checked.run, self.config)
            except BacklintError as error:
                problems.append(str(error))
        patient = Gate(self.gate.clock, until=self.gate.clock.monotonic() + PATIENCE, wire=self.gate.wire)
        for notice in notify(self.config, checked.run, patient, is_awaited=self.job is Job.PLANNING):
            (problems if notice.problem else told).append(str(notice))
        return replace(done, told=tuple(told), problems=tuple(problems))

    def _plan(self, done: JobDone, asked: Asked) -> JobDone:
        """Say whether the team can plan, and what each of the next items lacks."""
        [seen] = look_at(self.config, [self.team], self.gate, asked)
        planned = Planned(self.team.name, plan(seen.backlog, seen.said, self.team.settings.ready))
        if folder := self.config.pages:
            publishing.publish_planned(folder, planned, seen.backlog.now, self.config)
        return replace(done, told=(*done.told, planned.verdict))

    def _write_after(self, done: JobDone, checked: Checked) -> JobDone:
        """What a team wants written with its nightly report, where that saw everything."""
        settings = self.team.settings
        if not (settings.write and checked.is_complete):
            return done
        self.settle()
        if settings.dashboard:
            done = _and(done, self._keep_dashboard(checked.run))
        if settings.schedule.is_bot_nightly:
            done = _and(done, self.write())
        return done

    def settle(self) -> None:
        with Store.open(self.config.store) as store:
            settling.settle(store, self.team, self.gate, self.watch)

    def write(self) -> JobDone:
        """Keep the notes on the items."""
        asked = Asked(now=self.gate.clock.now(), syncs=False)
        return self._apply(writing.plan_comments(self.config, [self.team], self.gate, asked), "note", introduces=True)

    def _keep_dashboard(self, run: Run) -> JobDone:
        return self._apply(
            dashboards.plan_dashboards(self.config, [self.team], run, self.gate), "dashboard", introduces=False
        )

    def _apply(self, planned: writing.Planned, what: str, *, introduces: bool) -> JobDone:
        if planned.refusals:
            return self.done(Outcome.INCOMPLETE, Exit.INCOMPLETE, problems=planned.refusals)
        self.watch()
        patient = Gate(self.gate.clock, wire=self.gate.wire)  # a write that was begun is seen to its end
        wrote = writing.apply(self.config, planned.plans, patient, lambda _: self.watch(), introduces=introduces)
        told = [f"{source}: nothing yet, as nothing was ever written there." for source in wrote.introduced]
        taken = [each for each in wrote.outcomes if each.verdict is Verdict.DONE]
        failed = [each for each in wrote.outcomes if each.verdict in {Verdict.REFUSED, Verdict.FAILED}]
        if taken:
            number = f"{plural(len(taken), what)} {'was' if len(taken) == 1 else 'were'}"
            told.append(f"{number} written; undo with: backlint undo {wrote.run} --apply")
        outcome, code = (Outcome.INCOMPLETE, Exit.INCOMPLETE) if failed else (Outcome.CLEAN, Exit.CLEAN)
        return self.done(outcome, code, told=tuple(told), problems=tuple(map(_line, failed)))


def _and(done: JobDone, more: JobDone) -> JobDone:
    return replace(done, told=(*done.told, *more.told), problems=(*done.problems, *more.problems))


def _unread(checked: Checked) -> list[str]:
    return [
        f"{each.source}: {problem}"
        for health in checked.run.teams
        for each in health.readings
        if not each.is_complete
        for problem in each.problems
    ]


def _line(outcome: Written) -> str:
    return f"{outcome.step.key}: {outcome.step.change}: {outcome.verdict}{f' ({outcome.why})' if outcome.why else ''}"
