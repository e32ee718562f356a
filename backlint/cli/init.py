"""`backlint init`."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from backlint import app, catalog
from backlint.app import reading
from backlint.app.starting import configuration, shares
from backlint.cli.doctor import show
from backlint.cli.progress import progress
from backlint.cli.warnings import warn_of
from backlint.config import Config, Surroundings, load
from backlint.connector import Connector
from backlint.docs.fields import toml, toml_key
from backlint.errors import ConfigError, Exit
from backlint.store import Store

FILE = Path("backlint.toml")
TRACKERS = {"jira": ("url", "project"), "github": ("repository", "project"), "file": ("path",)}
"""What is asked about each tracker; the rest is found out or can be left as it is."""

OPTIONAL = {("github", "project")}
GH = ("gh", "auth", "token")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a team says about itself."""

    team: str
    tracker: str
    settings: Mapping[str, str]


@click.command("init")
@click.option("--team", help="What the team is called.")
@click.option("--tracker", type=click.Choice(sorted(TRACKERS)), help="Where the backlog is kept.")
@click.option("--url", help="The address of the Jira site, or of a GitHub Enterprise Server.")
@click.option("--project", help="The key of the Jira project, or the number of the GitHub project.")
@click.option("--repository", help="The GitHub repository, as owner/name.")
@click.option("--path", help="The file of items.")
@click.option("--yes", is_flag=True, help="Ask nothing: everything that is needed was said.")
@click.option("--force", is_flag=True, help="Write over a backlint.toml that is there.")
def command(*, team: str | None, tracker: str | None, yes: bool, force: bool, **said: str | None) -> int:
    """Write a backlint.toml that runs, and say how much the tracker shows.

    Asks which tracker, looks at it with the token that is set already (JIRA_TOKEN and JIRA_EMAIL, GITHUB_TOKEN,
    GH_TOKEN, or what `gh auth token` says), and writes no token anywhere.
    """
    if FILE.exists() and not force:
        raise ConfigError(f"{FILE} is there already; --force writes over it.")
    answers = _asked(team, tracker, said, asks=not yes)
    environ = {**os.environ, **_token(answers.tracker)}
    text = configuration(answers.team, answers.tracker, answers.settings)
    config = _tried(text, environ)
    for source, observations in app.examine(config.teams, app.gate_of(config, app.SystemClock())).items():
        show(source, observations)
    click.echo(f"\nWrote {FILE}.")
    if not _count(config):
        click.echo("Mend what is marked above, then: backlint doctor", err=True)
        return Exit.INCOMPLETE
    click.echo(
        "\nNext:\n"
        "  backlint check --output html=report.html   what the rules find, and a page of it\n"
        "  backlint baseline create                   forgive what stands today, so that only new findings count\n"
        "  backlint ready                             whether the team can plan"
    )
    return Exit.CLEAN


def _asked(team: str | None, tracker: str | None, said: Mapping[str, str | None], *, asks: bool) -> Answers:
    if not asks and not tracker:
        raise ConfigError("With --yes, say which tracker: --tracker jira, github or file.")
    tracker = tracker or click.prompt("Where is the backlog kept", type=click.Choice(sorted(TRACKERS)))
    settings = {
        name: value for name in TRACKERS[tracker] if (value := said.get(name) or _answer(tracker, name, asks=asks))
    }
    if tracker == "github" and said.get("url"):
        settings["url"] = str(said["url"])
    name = team or (click.prompt("What is the team called", default="team") if asks else "team")
    return Answers(toml_key(name), tracker, {key: toml(value) or '""' for key, value in settings.items()})


def _answer(tracker: str, name: str, *, asks: bool) -> str | None:
    if (tracker, name) in OPTIONAL and not asks:
        return None
    field = catalog.load(Connector, tracker).model_fields[name]
    if not asks:
        raise ConfigError(f"With --yes, say --{name}: {field.description}")
    if (tracker, name) in OPTIONAL:
        return click.prompt(f"{name} (or nothing). {field.description}", default="", show_default=False) or None
    return str(click.prompt(f"{name}. {field.description}"))


def _token(tracker: str) -> Mapping[str, str]:
    """The token of the `gh` program, for this run only, where no variable holds one."""
    usual = catalog.load(Connector, tracker).usual_variables.get("token", ())
    program = shutil.which(GH[0])
    if tracker != "github" or program is None or any(os.environ.get(name) for name in usual):
        return {}
    done = subprocess.run([program, *GH[1:]], capture_output=True, text=True, check=False)  # noqa: S603
    return {usual[0]: done.stdout.strip()} if done.stdout.strip() else {}


def _tried(text: str, environ: Mapping[str, str]) -> Config:
    """Write the file, and take it back if it is no configuration."""
    before = FILE.read_text("utf-8") if FILE.exists() else None
    FILE.write_text(text, "utf-8", newline="\n")
    try:
        return load(FILE.absolute(), around=Surroundings(Path.cwd(), environ))
    except ConfigError:
        if before is None:
            FILE.unlink()
        else:
            FILE.write_text(before, "utf-8", newline="\n")
        raise


def _count(config: Config) -> bool:
    """Read the backlog, and say what share of its items carries what the rules look at; false if it cannot be read."""
    clock = app.SystemClock()
    with Store.open(config.store) as store:
        with progress() as tell:
            readings = app.sync(store, config.teams, app.gate_of(config, clock), tell)
        warn_of(readings)
        for team in config.teams:
            click.echo(f"\nOf the open items of {team.name} have")
            for share in shares(reading.backlog(store, team, clock.now())):
                click.echo(f"  {share}")
    return all(each.is_complete for each in readings)
