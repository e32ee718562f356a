"""Options that several commands have, and what they mean."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from backlint.cli import log, overheard
from backlint.config import Config, Team, ask_program, load, secrets_of
from backlint.finding import Severity

F = TypeVar("F", bound=Callable[..., Any])


class Moment(click.ParamType[datetime]):
    """A moment in ISO 8601; without an offset it is UTC."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read it."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f'"{value}" is no moment such as 2026-11-22 or 2026-11-22T08:00:00Z', param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def config_option(command: F) -> F:
    """`--config FILE`; what reads a configuration has something to log, so `--log-format` as well."""
    command = click.option(
        log.OPTION,
        type=click.Choice([each.value for each in log.Format]),
        expose_value=False,
        help="How warnings and errors are written on standard error; json is one object a line.  "
        "[env: BACKLINT_LOG_FORMAT; default: text]",
    )(command)
    return click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="The configuration file.  [default: the nearest backlint.toml, upwards]",
    )(command)


def choosing_options(command: F) -> F:
    """`--select` and `--ignore`."""
    words = "rules, families or profiles, separated by commas; may be given several times"
    command = click.option("--ignore", multiple=True, metavar="WORDS", help=f"Do not run these: {words}.")(command)
    return click.option("--select", multiple=True, metavar="WORDS", help=f"Run only these: {words}.")(command)


def team_option(command: F) -> F:
    """`--team NAME`, several times."""
    return click.option("--team", "teams", multiple=True, metavar="NAME", help="Only this team.  [default: all]")(
        command
    )


def now_option(command: F) -> F:
    """`--now MOMENT`, so that a run can be repeated."""
    return click.option("--now", type=Moment(), help="Look at the backlog as of this moment, to repeat a run.")(command)


def notify_option(command: F) -> F:
    """`--notify`."""
    return click.option("--notify", is_flag=True, help="Send the report to the configured channels.")(command)


def pages_option(command: F) -> F:
    """`--pages FOLDER`."""
    return click.option(
        "--pages",
        "pages_folder",
        type=click.Path(path_type=Path, file_okay=False),
        help="Write a page for each team, and an index of them, into this folder.",
    )(command)


def looking_options(command: F) -> F:
    """`--config`, `--team`, `--no-sync`, `--now` and `--json`."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="As JSON, for programs."),
        now_option,
        click.option("--no-sync", is_flag=True, help="Use what was read last, and ask no tracker."),
        team_option,
        config_option,
    ):
        command = option(command)
    return command


def planning_options(command: F) -> F:
    """`--config`, `--team`, `--no-sync`, `--apply`, `--now` and `--json`, of a command that plans what to write."""
    for option in (
        click.option(
            "--json", "as_json", is_flag=True, help="Show the plan, with every byte that would be sent, as JSON."
        ),
        now_option,
        click.option(
            "--apply", "applies", is_flag=True, help="Write; the configuration must allow it (`write = true`)."
        ),
        click.option("--no-sync", is_flag=True, help="Use what was read last."),
        team_option,
        config_option,
    ):
        command = option(command)
    return command


def chosen_teams(config: Config, names: tuple[str, ...]) -> tuple[Team, ...]:
    """The teams of these names, or all of them."""
    return tuple(map(config.team, names)) if names else config.teams


def configured(
    file: Path | None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    fail_on: str | None = None,
    *,
    reveals: bool = True,
) -> Config:
    """The configuration, with what the command line says on top; `reveals` asks other programs for secrets."""
    flags: dict[str, Any] = {}
    if select:
        flags["select"] = _words(select)
    if ignore:
        flags["ignore"] = dict.fromkeys(_words(ignore), "")
    if fail_on:
        flags["fail_on"] = fail_on
    overheard.listen()
    config = load(file, flags=flags, reveal=ask_program if reveals else None)
    log.hide(secrets_of(config))
    return config


SEVERITIES = click.Choice([severity.value for severity in Severity])


def _words(given: tuple[str, ...]) -> list[str]:
    return [word.strip() for each in given for word in each.split(",") if word.strip()]
