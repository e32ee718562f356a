"""Look at the teams' backlogs: read what changed, and hear what the rules say."""

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from backlint import catalog
from backlint.app import reading, typed
from backlint.app.baseline import Baseline
from backlint.app.collector import collector_off
from backlint.app.overriding import lint_overridden
from backlint.app.policy import Policy
from backlint.app.remembering import Remembering
from backlint.config import Config, Team, TeamSettings
from backlint.connector import Connector
from backlint.engine import Lint
from backlint.errors import ConfigError
from backlint.health import Reading
from backlint.model import Backlog
from backlint.store import Store
from backlint.sync import OnProgress
from backlint.transport import Gate

NO_TEAM = (
    "No team is configured. Write one into backlint.toml, as in config.example.toml, "
    "or name a file of items: backlint check items.jsonl"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a run beside the configuration.

    Attributes:
        now: The moment at which the backlogs are looked at.
        file: A file of items that is read in place of the trackers; nothing of it is kept. `-` is standard input.
        is_ordered: Whether the order of the file's lines is the backlog's order.
        since: The earlier run that was asked for: only what was not found in it is shown.
        syncs: Whether the trackers are read first.
        forgives: What is not shown, because it stood there on the day the team began.
        honours_waivers: Whether what a person accepted on the item is not shown.
        past_weeks: How many weeks before a team's first run are rebuilt from the histories.
        on_progress: Told about every batch that was read.
    """

    now: datetime
    file: str | None = None
    is_ordered: bool = False
    since: str | None = None
    syncs: bool = True
    forgives: Baseline = Baseline()  # noqa: RUF009 - it is frozen
    honours_waivers: bool = True
    past_weeks: int = 0
    on_progress: OnProgress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One team's backlog, and what the rules said of it; `ignored` counts what overrides took out."""

    team: Team
    backlog: Backlog
    said: Lint
    ignored: int
    readings: tuple[Reading, ...]
    memory: Remembering | None = None

    @property
    def is_complete(self) -> bool:
        """Whether all of it could be read."""
        return all(each.is_complete for each in self.readings)


@contextmanager
def opened(config: Config, teams: Sequence[Team], asked: Asked) -> Generator[tuple[Store, Sequence[Team]]]:
    """The store, and the teams with their sources; for a file, a store that is gone afterwards."""
    if asked.file is None:
        if not teams:
            raise ConfigError(NO_TEAM)
        with Store.open(config.store) as store:
            yield store, teams
    else:
        with TemporaryDirectory(prefix="backlint-") as folder, Store.open(str(Path(folder) / "store.db")) as store:
            source = _source(asked.file, Path(folder), asked)
            yield store, [_in_file(asked.file, source, teams)]


def _source(file: str, folder: Path, asked: Asked) -> Connector:
    """What reads the file. On standard input there may be one item's text in place of JSON lines."""
    connector: type[Connector] = catalog.load(Connector, "file")
    given = cast(BufferedReader, sys.stdin.buffer)
    if file == typed.STANDARD_INPUT and typed.is_text(given.peek()):
        made = folder / "items.jsonl"
        made.write_text(typed.item_line(given, asked.now), "utf-8")
        return connector.model_validate({"path": str(made), "name_in_store": typed.NAME})
    return connector.model_validate({"path": file, "is_ordered": asked.is_ordered})


def _in_file(file: str, source: Connector, teams: Sequence[Team]) -> Team:
    """The file as a team's backlog: under the settings of the one team there is, else under none."""
    if len(teams) == 1:
        return Team(teams[0].name, teams[0].settings, (source,))
    name = typed.NAME if file == typed.STANDARD_INPUT else Path(file).name
    return Team(name, TeamSettings(), (source,))


def look(store: Store, policy: Policy, team: Team, now: datetime, *, remembers: bool = True) -> Look:
    """Put the rules to a team's backlog as it was read last.

    What they said of the very same backlog before is recalled, unless the store itself is soon gone.
    """
    backlog = reading.backlog(store, team, now)
    memory = Remembering(store, team, backlog) if remembers else None
    overridden = lint_overridden(backlog, policy.rules, policy.overrides, memory)
    return Look(
        team=team,
        backlog=backlog,
        said=overridden.said,
        ignored=overridden.ignored,
        readings=store.readings(reading.names(team)),
        memory=memory,
    )


def look_at(config: Config, teams: Sequence[Team], gate: Gate, asked: Asked) -> tuple[Look, ...]:
    """Read what changed, and look at each team's backlog; nothing is reported or recorded."""
    with opened(config, teams, asked) as (store, chosen):
        if asked.syncs:
            reading.sync(store, chosen, gate, asked.on_progress)
        policy = Policy(config.rules, config.overrides)
        with collector_off():
            return tuple(look(store, policy, team, asked.now, remembers=asked.file is None) for team in chosen)
