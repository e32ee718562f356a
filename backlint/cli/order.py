"""`backlint order`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from backlint.app import Asked, Look, SystemClock, gate_of
from backlint.app.writing import plan_moves
from backlint.cli.looking import answer, echo_json, looks
from backlint.cli.options import chosen_teams, configured, looking_options
from backlint.cli.progress import progress
from backlint.cli.written import conclude, keep, show
from backlint.errors import ConfigError
from backlint.model import Band
from backlint.plural import plural
from backlint.proposal import By, Proposal, propose
from backlint.safe import clipped, visible

TITLE = 60


@click.command("order")
@click.argument("file", required=False)
@looking_options
@click.option("--by", type=click.Choice([by.value for by in By]), help="What to follow.  [default: the most telling]")
@click.option(
    "--within",
    type=click.Choice([band.value for band in Band]),
    default=Band.SOON.value,
    show_default=True,
    help="Moves into or out of the bands down to this one.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="Write the moves to a file as a plan, with the neighbours of each, for `backlint apply`.",
)
@click.option("--apply", "applies", is_flag=True, help="Move; the configuration must allow it (`write = true`).")
def command(
    *,
    file: str | None,
    config_file: Path | None,
    teams: tuple[str, ...],
    no_sync: bool,
    now: datetime | None,
    as_json: bool,
    by: str | None,
    within: str,
    output: Path | None,
    applies: bool,
) -> int:
    """Propose the fewest moves that put the backlog in order, by its own figures.

    FILE as in `backlint check`. Without --apply nothing is moved. With it the moves are made one by one, each only
    while the item and the place that it goes to have the neighbours that they had, and each is looked at afterwards.
    """
    if output or applies:
        if file:
            raise ConfigError("A file of items cannot be put in order; leave FILE out to move items of the trackers.")
        if output and applies:
            raise ConfigError("Either keep the plan (--output) or carry it out (--apply).")
        config, clock = configured(config_file), SystemClock()
        with progress() as tell:
            asked = Asked(now=now or clock.now(), syncs=not no_sync, on_progress=tell)
            chosen, gate = chosen_teams(config, teams), gate_of(config, clock)
            planned = plan_moves(config, chosen, gate, asked, by=By(by) if by else None, within=Band(within))
        if output:
            show(planned.plans)
            return keep(planned, output)
        return conclude(config, planned, clock, as_json=as_json, applies=applies, introduces=False)
    seen = looks(config_file, teams, file, now, no_sync=no_sync)
    proposals = [(each, propose(each.backlog, By(by) if by else None, Band(within))) for each in seen]
    if as_json:
        echo_json([{"team": each.team.name, "proposal": proposal} for each, proposal in proposals])
    else:
        for each, proposal in proposals:
            for line in _told(each, proposal):
                click.echo(line)
    return answer(seen)


def _told(seen: Look, proposal: Proposal) -> Iterator[str]:
    name = click.style(visible(seen.team.name), bold=True)
    if proposal.missing:
        yield f"{name}: nothing can be proposed without {proposal.missing}."
        return
    agreement = f"; agreement {proposal.agreement:+.2f} of 1" if proposal.agreement is not None else ""
    yield f"{name}: {plural(len(proposal.moves), 'move')}, by {proposal.basis}{agreement}."
    for number, move in enumerate(proposal.moves, 1):
        yield f"{number:>4}. {move.step} {clipped(visible(move.item.title), TITLE)}"
        yield f"      It {visible(move.reason)}."
    if proposal.further:
        yield f"      Further down: {plural(proposal.further, 'more move')} (--within icebox shows them)."
    yield ""
