"""`backlint new`."""

from pathlib import Path

import click

from backlint.app.scaffolding import scaffold

into_option = click.option(
    "--into",
    "checkout",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="The checkout.  [default: the current directory]",
)


@click.group("new")
def command() -> None:
    """Write a new rule, report or connector, and its test."""


@command.command()
@click.argument("name")
@click.option("--family", required=True, help="The folder that it stands in: readiness, ordering, ...")
@into_option
def rule(*, name: str, family: str, checkout: Path) -> None:
    """Write a rule and its test. Its examples are tests as well."""
    _tell(*scaffold("rule", name, checkout, family))


@command.command()
@click.argument("name")
@into_option
def report(*, name: str, checkout: Path) -> None:
    """Write a report and its test."""
    _tell(*scaffold("report", name, checkout))


@command.command()
@click.argument("name")
@into_option
def connector(*, name: str, checkout: Path) -> None:
    """Write a connector and its test."""
    _tell(*scaffold("connector", name, checkout))


def _tell(plugin: Path, test: Path) -> None:
    click.echo(f"{plugin}\n{test}")
    click.echo("Both work as they are. Run `make docs` when it says what it should.", err=True)
