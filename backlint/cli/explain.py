"""`backlint explain`."""

import sys

import click
from rich.markdown import Markdown

from backlint import catalog
from backlint.cli.console import out
from backlint.docs.pages import page
from backlint.rule import Rule


@click.command("explain")
@click.argument("name")
def command(name: str) -> None:
    """Explain a rule: what it finds, why it matters, how to mend it; and every setting."""
    show_page(catalog.load(Rule, name))


def show_page(rule: type[Rule]) -> None:
    """Show a rule's page: laid out on a terminal, as Markdown in a pipe."""
    if sys.stdout.isatty():
        out().print(Markdown(page(rule)))
    else:
        click.echo(page(rule).rstrip())
