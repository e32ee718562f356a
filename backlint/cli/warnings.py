"""What a person must know beside the report, on standard error."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from backlint.cli.log import Level, log
from backlint.health import Reading

if TYPE_CHECKING:
    from backlint.app import Checked


def warn_of(readings: Iterable[Reading], team: str | None = None) -> None:
    """Say what could not be read."""
    for each in readings:
        for problem in () if each.is_complete else each.problems:
            log(Level.WARNING, f"{each.source}: {problem}", mark="incomplete", team=team, source=each.source)


def warn(checked: "Checked") -> None:
    """Say what could not be read, which rule failed, and what the baseline need no longer forgive."""
    for health in checked.run.teams:
        warn_of(health.readings, health.name)
        for crash in health.crashes:
            key = crash.subject.key if crash.subject else None
            failed = f"rule {crash.rule}{f' at {key}' if key else ''}: {crash.error}"
            log(Level.WARNING, failed, mark="failed", team=health.name, rule=crash.rule, item=key)
    if checked.stale:
        number = len(checked.stale)
        first = checked.stale[0]
        log(
            Level.INFO,
            f"{number} of the baseline's entries are no longer found "
            f"(the first: {first.rule} at {first.key}). `backlint baseline prune` takes them out.",
            mark="mended",
        )
