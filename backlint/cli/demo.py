"""`backlint demo`."""

from datetime import datetime
from pathlib import Path

import click

from backlint import app, catalog, demo
from backlint.cli.options import now_option
from backlint.cli.outputs import Output, for_screen
from backlint.report import Report

NEXT_STEPS = """\
The page with everything: {page}

Next, look at your own backlog:
  backlint check items.jsonl        a file of items, no token needed (docs/items.md)
  backlint check                    the trackers of backlint.toml (config.example.toml)
  backlint explain RULE             what a rule finds, why, and how to mend it"""


@click.command("demo")
@click.option(
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("backlint-demo.html"),
    show_default=True,
    help="Where the page goes.",
)
@now_option
def command(*, page: Path, now: datetime | None) -> None:
    """Check the backlogs of two invented teams, with no tracker and no token.

    One team keeps its work in Jira, the other on GitHub; both are played inside this process, and read by the real
    connectors. A quarter of a year of nights is run, so that the report has a past.
    """
    click.echo("Playing three months of two invented teams: Checkout on Jira, Platform on GitHub ...", err=True)
    run = demo.play(now or app.SystemClock().now())
    terminal = catalog.load(Report, "terminal").model_validate({"findings": 0})
    html = catalog.load(Report, "html")()
    Output(for_screen(terminal), "-").write(run)
    Output(html, str(page)).write(run)
    click.echo()
    click.echo(NEXT_STEPS.format(page=page.resolve().as_uri()))
