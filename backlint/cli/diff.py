"""`backlint diff`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from backlint.app.comparing import ALL, BEFORE, LAST, named
from backlint.cli.kept import kept_runs
from backlint.cli.looking import echo_json
from backlint.cli.options import config_option, team_option
from backlint.errors import Exit
from backlint.finding import Finding
from backlint.safe import visible
from backlint.store import Store
from backlint.templates import sentence


@click.command("diff")
@click.argument("earlier", default=BEFORE)
@click.argument("later", default=LAST)
@config_option
@team_option
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def command(earlier: str, later: str, config_file: Path | None, teams: tuple[str, ...], *, as_json: bool) -> int:
    """Show what was found in one run and not in another. Reads what is kept, and asks no tracker.

    A run is named as `backlint trend` names it, or by the beginning of that, as far as only one begins so; without
    names, the last run is held against the one before it. The exit code is 1 where something is new.
    """
    with kept_runs(config_file, teams) as (store, names):
        told = [_difference(store, name, earlier, later) for name in names]
    if as_json:
        echo_json(told)
    else:
        for each in told:
            for line in _lines(each):
                click.echo(line)
    return Exit.FINDINGS if any(each.new for each in told) else Exit.CLEAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one team's two runs found; `are_comparable` is false where other rules ran."""

    team: str
    earlier: str
    later: str
    are_comparable: bool
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    staying: int


def _difference(store: Store, team: str, earlier: str, later: str) -> Difference:
    runs = store.past(team, ALL)
    first, second = (named(runs, name, team) for name in (earlier, later))
    then, now = (store.found(team, run.id) or {} for run in (first, second))
    return Difference(
        team=team,
        earlier=first.id,
        later=second.id,
        are_comparable=first.point.rules == second.point.rules,
        new=_in_order(now[each] for each in now.keys() - then.keys()),
        gone=_in_order(then[each] for each in then.keys() - now.keys()),
        staying=len(now.keys() & then.keys()),
    )


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The heaviest first, then from the top of the backlog."""
    return tuple(sorted(findings, key=lambda it: (-it.severity.weight, _place(it), it.rule, it.fingerprint)))


def _place(finding: Finding) -> float:
    if finding.subject is None:
        return 0
    return finding.subject.rank or float("inf")


def _lines(told: Difference) -> Iterator[str]:
    yield click.style(visible(told.team), bold=True) + f"  from {told.earlier} to {told.later}"
    if not told.are_comparable:
        yield "The rules or their settings changed in between: not all of this is the backlog's doing."
    yield from _list("new", "+", "red", told.new)
    yield from _list("gone", "-", "green", told.gone)
    yield f"{told.staying:,} found in both."
    yield ""


def _list(word: str, sign: str, colour: str, findings: Iterable[Finding]) -> Iterator[str]:
    for number, finding in enumerate(findings):
        if not number:
            yield f"{word.capitalize()}:"
        fact = visible(str(finding)) if finding.subject else sentence(visible(finding.fact))
        yield f"{click.style(f'  {sign}', fg=colour)} {fact} [{finding.rule}]"
