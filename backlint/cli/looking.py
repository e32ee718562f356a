"""What the commands share that look at a backlog and say something about it."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, cast

import click

from backlint import app
from backlint.app import Look
from backlint.cli.options import chosen_teams, configured
from backlint.cli.progress import progress
from backlint.cli.warnings import warn_of
from backlint.errors import Exit


def looks(
    config_file: Path | None, teams: tuple[str, ...], file: str | None, now: datetime | None, *, no_sync: bool
) -> tuple[Look, ...]:
    """Each team's backlog, and what the rules say of it."""
    config = configured(config_file)
    clock = app.SystemClock()
    with progress() as tell:
        asked = app.Asked(now=now or clock.now(), file=file, syncs=not no_sync, on_progress=tell)
        seen = app.look_at(config, chosen_teams(config, teams), app.gate_of(config, clock), asked)
    for each in seen:
        warn_of(each.readings, each.team.name)
    return seen


def answer(seen: tuple[Look, ...], *, is_well: bool = True) -> Exit:
    """The exit code: incomplete data are never green."""
    if not all(each.is_complete for each in seen):
        return Exit.INCOMPLETE
    return Exit.CLEAN if is_well else Exit.FINDINGS


def echo_json(value: object) -> None:
    """Print what was said, for programs. Sets are sorted, so that the same run says the same."""
    click.echo(json.dumps(value, default=_plain, indent=2, ensure_ascii=False))


def _plain(value: Any) -> Any:
    """What JSON can hold, of what it does not know by itself."""
    match value:
        case Enum():
            return value.name.lower()
        case AbstractSet():
            return sorted(cast(Iterable[Any], value), key=str)
        case Mapping():
            return dict(cast(Iterable[tuple[Any, Any]], value.items()))
        case _ if dataclasses.is_dataclass(value):
            return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        case _:
            return str(value)
