"""`backlint run`."""

from collections.abc import Iterator
from pathlib import Path

import click

from backlint.app import SystemClock
from backlint.app.fulfilling import by_hand, fulfil, waiting
from backlint.app.jobs import JobDone
from backlint.cli.log import Level, log
from backlint.cli.options import chosen_teams, config_option, configured, team_option
from backlint.config import Config, Team
from backlint.errors import ConfigError, Exit
from backlint.occasion import occasion
from backlint.safe import visible
from backlint.timetable import Job

NO_TEAM = "No team is configured, so no job is: write one into backlint.toml, as in config.example.toml."


@click.command("run")
@config_option
@team_option
@click.option(
    "--job",
    "name",
    type=click.Choice([job.value for job in Job]),
    required=True,
    help="nightly reads, checks and reports; planning says whether the team can plan; bot keeps the notes on items.",
)
@click.option(
    "--if-due",
    is_flag=True,
    help="Only where `schedule` says that it is due, and nobody did it: for a cron that fires often.",
)
def command(*, config_file: Path | None, teams: tuple[str, ...], name: str, if_due: bool) -> int:
    """Do a whole job once: for cron, CI and Kubernetes.

    It reads the trackers, checks, keeps what was found, writes the pages and tells the channels, as `backlint serve`
    does at its time. A team that fails stops no other. The exit code is that of the worst team, as in `backlint check`.
    """
    config, job, worst = configured(config_file), Job(name), Exit.CLEAN
    chosen = chosen_teams(config, teams)
    if not chosen:
        raise ConfigError(NO_TEAM)
    for team in chosen:
        is_any = False
        for done in _done(config, team, job, if_due=if_due):
            tell(done)
            is_any, worst = True, max(worst, done.exit_code)
        if not is_any:
            log(Level.INFO, f"{visible(team.name)}: no {job} job is due.", team=team.name, job=job)
    return worst


def _done(config: Config, team: Team, job: Job, *, if_due: bool) -> Iterator[JobDone]:
    clock = SystemClock()
    if not if_due:
        yield by_hand(config, team, job, clock=clock)
        return
    for _, slots in waiting(config, [team], clock.now()):
        for slot in slots:
            if slot.job is job and (done := fulfil(config, team, slot, clock=clock)):
                yield done


def tell(done: JobDone) -> None:
    """What came of a job, and what did not."""
    team = visible(done.team)
    with occasion(team=done.team, job=done.job, run=done.run, outcome=done.outcome):
        for problem in done.problems:
            log(Level.WARNING, f"{team}: {visible(problem)}", mark="problem")
        for line in done.told:
            log(Level.INFO, f"{team}: {visible(line)}")
        level = Level.INFO if done.outcome.is_good else Level.WARNING
        said = f"{team}: {done.job}: {done.outcome} after {done.seconds:.0f} s."
        log(level, said, mark="job", seconds=round(done.seconds, 1))
