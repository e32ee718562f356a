"""Where reports go: `--output html=report.html --output json=-`."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from backlint import catalog
from backlint.app.filing import write
from backlint.config import Config
from backlint.errors import ConfigError
from backlint.health import Run
from backlint.report import Report

SCREEN = "terminal"
STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Output:
    """A report, and the file that it goes to; `-` is standard output."""

    report: Report
    where: str

    def write(self, run: Run) -> None:
        """Write it; a file is there whole or not at all."""
        put(self.where, self.report.render(run))


def outputs(given: tuple[str, ...], config: Config) -> tuple[Output, ...]:
    """What was asked for; the terminal's report goes to standard output if nothing else does."""
    asked = tuple(_output(each, config) for each in given)
    printed = [output for output in asked if output.where == STDOUT]
    if len(printed) > 1:
        raise ConfigError(f"{len(printed)} reports cannot share standard output; give all but one of them a file.")
    return asked if printed else (*asked, Output(for_screen(config.report(SCREEN)), STDOUT))


def put(where: str, text: str) -> None:
    """Write a text to a file, or to standard output for `-`."""
    if where == STDOUT:
        click.echo(text, nl=not text.endswith("\n"), color=True)
    else:
        write(Path(where), text)


def _output(given: str, config: Config) -> Output:
    """`FORMAT=FILE`, `FORMAT` for standard output, or a `FILE` whose ending says the format."""
    name, sign, where = given.partition("=")
    if not sign and name not in catalog.names(Report):
        name, where = _by_suffix(given), given
    report = config.report(name)
    where = where or STDOUT
    if where != STDOUT and not Path(where).absolute().parent.is_dir():
        raise ConfigError(f"--output {given}: there is no directory {Path(where).parent}.")
    return Output(for_screen(report) if name == SCREEN and where == STDOUT else report, where)


def _by_suffix(given: str) -> str:
    """The format by the longest ending that fits: `board.slack.json` is for Slack."""
    reports = catalog.every(Report)
    by_suffix = {report.suffix: report.name() for report in reports}
    endings = sorted((suffix for suffix in by_suffix if given.endswith(suffix)), key=len)
    if not endings:
        raise ConfigError(
            f'--output {given}: expected FORMAT=FILE, such as "html=report.html". '
            f"Formats: {', '.join(catalog.names(Report))}."
        )
    return by_suffix[endings[-1]]


def for_screen(report: Report) -> Report:
    """The report with the terminal's own width and colour, where nothing else was configured."""
    known = type(report).model_fields.keys() - report.model_fields_set
    seen = {"colour": _wants_colour(), "width": _width()}
    return report.model_copy(update={key: value for key, value in seen.items() if key in known})


def _wants_colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _width() -> int:
    return max(min(os.get_terminal_size().columns, 120), 60) if sys.stdout.isatty() else 100
