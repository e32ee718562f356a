"""Show the page of a rule."""

import sys

import click
from rich.markdown import Markdown

from backlint.cli.console import out
from backlint.docs.pages import page
from backlint.rule import Rule


def show_page(rule: type[Rule]) -> None:
    """Laid out on a terminal, as Markdown in a pipe."""
    if sys.stdout.isatty():
        out().print(Markdown(page(rule)))
    else:
        click.echo(page(rule).rstrip())
