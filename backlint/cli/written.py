"""What the commands share that write to a tracker, or say what they would write."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from backlint.app import writing
from backlint.app.writing import Done, Planned
from backlint.cli.log import Level, log
from backlint.config import Config
from backlint.errors import Exit
from backlint.markup import adf_to_markdown
from backlint.plural import plural
from backlint.safe import visible
from backlint.transport import Clock, Gate
from backlint.writeback import NoteChange, Outcome, Plan, Step, Verdict, plans_to_json

UNDONE = {Verdict.REFUSED, Verdict.FAILED}


def show(plans: Iterable[Plan]) -> None:
    """Every step, with what would be sent; a document of Jira is shown as the text that it is."""
    for plan in plans:
        click.echo(click.style(f"{visible(plan.team)} ({visible(plan.source)})", bold=True))
        for step in plan.steps:
            for line in _shown(step):
                click.echo(line)


def show_silences(planned: Planned) -> None:
    """About what nothing is said, and why nothing at all may be."""
    for silence in planned.silent:
        said = f"{visible(silence.item.key)}: nothing for now, {visible(silence.why)}."
        log(Level.INFO, said, item=silence.item.key)
    for refusal in planned.refusals:
        log(Level.WARNING, visible(refusal), mark="nothing is written")


def keep(planned: Planned, file: Path) -> Exit:
    """Write the plans to a file, for `backlint apply`."""
    show_silences(planned)
    if planned.refusals:
        return Exit.INCOMPLETE
    file.write_bytes(plans_to_json(planned.plans))
    return dry(planned.plans, f"Read {file}, then: backlint apply {file}")


def conclude(
    config: Config, planned: Planned, clock: Clock, *, as_json: bool, applies: bool, introduces: bool = True
) -> Exit:
    """Show what was planned, and do it where that is asked for."""
    if as_json:
        click.echo(plans_to_json(planned.plans), nl=False)
    else:
        show(planned.plans)
    show_silences(planned)
    if planned.refusals:
        return Exit.INCOMPLETE
    if as_json and not applies:
        return Exit.CLEAN
    if applies and planned.plans:
        return carry_out(config, planned.plans, clock, introduces=introduces)
    return dry(planned.plans, "--apply writes it.")


def dry(plans: Sequence[Plan], how: str) -> Exit:
    """Say what a run without `--apply` did, which is nothing."""
    count = sum(len(plan.steps) for plan in plans)
    click.echo(f"{plural(count, 'step')}; nothing was written. {how}" if count else "Nothing is to be written.")
    return Exit.CLEAN


def carry_out(config: Config, plans: Sequence[Plan], clock: Clock, *, introduces: bool = False) -> Exit:
    """Apply the plans, say what became of each step, and how to undo them."""
    done = writing.apply(config, plans, Gate(clock), _tell, introduces=introduces)
    for source in done.introduced:
        click.echo(
            f"Nothing was ever written to {visible(source)}, so nothing was this time: the steps above are what the "
            "next run with --apply will take."
        )
    if any(outcome.verdict is Verdict.DONE for outcome in done.outcomes):
        click.echo(f"Undo with: backlint undo {done.run} --apply")
    return _answer(done)


def _answer(done: Done) -> Exit:
    return Exit.INCOMPLETE if any(each.verdict in UNDONE for each in done.outcomes) else Exit.CLEAN


def _tell(outcome: Outcome) -> None:
    why = f" ({visible(outcome.why)})" if outcome.why else ""
    click.echo(f"{visible(outcome.step.key)}: {visible(str(outcome.step.change))}: {outcome.verdict}{why}")


def _shown(step: Step) -> Iterator[str]:
    yield f"  {visible(step.key)}: {visible(str(step.change))}, since {visible(step.why)}"
    change = step.change
    if isinstance(change, NoteChange) and change.after:
        body = change.after.body
        text = body if isinstance(body, str) else adf_to_markdown(body)
        for line in text.splitlines():
            indent = line[: len(line) - len(line.lstrip())]
            yield f"    | {indent}{visible(line)}".rstrip()
