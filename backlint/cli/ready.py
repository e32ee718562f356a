"""`backlint ready`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from backlint.app import Look
from backlint.app.planned import Planned
from backlint.cli.assets import assets_option, link_of, write_assets
from backlint.cli.looking import answer, echo_json, looks
from backlint.cli.options import looking_options
from backlint.cli.outputs import STDOUT
from backlint.cli.planned import pages
from backlint.planning import Agenda, Coming, Planning, agenda, plan
from backlint.planning.telling import because
from backlint.plural import plural
from backlint.safe import clipped, visible

TITLE = 60
USUAL_MINUTES = 60


@click.command("ready")
@click.argument("file", required=False)
@looking_options
@click.option("--agenda", "wants_agenda", is_flag=True, help="Write a refinement agenda, too.")
@click.option("--minutes", type=click.IntRange(min=5), help="How long the refinement may take.  [default: 60]")
@click.option(
    "--output",
    "-o",
    "wanted",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write it as html or markdown; may be given several times, - is standard output.",
)
@assets_option
@click.option("--people", type=click.IntRange(min=1), default=1, show_default=True, help="Split it among so many.")
def command(
    *,
    file: str | None,
    config_file: Path | None,
    teams: tuple[str, ...],
    no_sync: bool,
    now: datetime | None,
    as_json: bool,
    wants_agenda: bool,
    minutes: int | None,
    people: int,
    wanted: tuple[str, ...],
    assets: str,
) -> int:
    """Say whether the team can plan, how far the ready work reaches, and what each next item lacks.

    The exit code is 0 where the team can plan, and 1 where it cannot. FILE as in `backlint check`.
    """
    length = minutes or (USUAL_MINUTES if wants_agenda else None)
    written = pages(wanted)
    seen = looks(config_file, teams, file, now, no_sync=no_sync)
    plans = [(each, plan(each.backlog, each.said, each.team.settings.ready)) for each in seen]
    agendas = [agenda(planning, minutes=length, people=people) if length else None for _, planning in plans]
    if as_json:
        pairs = zip(plans, agendas, strict=True)
        echo_json([{"team": each.team.name, "planning": it, "agenda": made} for (each, it), made in pairs])
    elif not any(page.where == STDOUT for page in written):
        for (each, planning), made in zip(plans, agendas, strict=True):
            for line in (*_told(each, planning), *(_agenda(made) if made else ())):
                click.echo(line)
    planned = [Planned(each.team.name, it, made) for (each, it), made in zip(plans, agendas, strict=True)]
    for page in written:
        page.write(planned, seen[0].backlog.now, stylesheet=link_of(assets))
    write_assets(assets, [page.where for page in written if page.form == "html"])
    return answer(seen, is_well=all(planning.can_plan for _, planning in plans))


def _told(seen: Look, planning: Planning) -> Iterator[str]:
    verdict = click.style("can plan", fg="green") if planning.can_plan else click.style("cannot plan yet", fg="red")
    name = click.style(visible(seen.team.name), bold=True)
    first, *rest = because(planning)
    yield f"{name}: {verdict}. {first}"
    yield from map(visible, rest)
    yield ""
    for coming in planning.coming:
        yield from _item(coming)
    yield ""


def _item(coming: Coming) -> Iterator[str]:
    mark = click.style("ready", fg="green") if coming.is_ready else click.style("lacks", fg="red")
    title = clipped(visible(coming.item.title), TITLE)
    yield f"{coming.place:>4}  {mark}  {coming.item.key}  {title}"
    for finding in coming.lacks:
        yield f"             {finding.fact}: {finding.fix}"


def _agenda(made: Agenda) -> Iterator[str]:
    yield click.style(f"Agenda, about {made.minutes} minutes", bold=True)
    for share in made.shares:
        if len(made.shares) > 1:
            yield f"Person {share.person}, about {share.minutes} minutes:"
        for topic in share.topics:
            yield f"  {topic.minutes:>3} min  {topic.item.key}  {clipped(visible(topic.item.title), TITLE)}"
            yield from (f"           {question}" for question in topic.questions)
    if made.left:
        yield f"No time for {plural(len(made.left), 'more item')}."
    yield ""
