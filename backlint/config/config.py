"""The checked configuration: settings, the rules that run, the teams and what they are read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as File

from backlint import catalog
from backlint.channel import Channel
from backlint.config.layers import Layers
from backlint.config.overrides import Override
from backlint.config.selection import Decision
from backlint.config.settings import Settings, TeamSettings
from backlint.connector import Connector
from backlint.errors import ConfigError
from backlint.report import Report
from backlint.rule import Rule


@dataclass(frozen=True, slots=True)
class Team:
    """One ordered backlog, and what it is read from."""

    name: str
    settings: TeamSettings = field(default_factory=TeamSettings)
    sources: tuple[Connector, ...] = ()


@dataclass(frozen=True)
class Config:
    """Everything that a run needs to know beforehand. `file` is `None` where there is no configuration file."""

    settings: Settings
    layers: Layers
    file: File | None = None
    rules: tuple[Rule, ...] = ()
    teams: tuple[Team, ...] = ()
    overrides: tuple[Override, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict[str, Decision])
    reports: Mapping[str, Report] = field(default_factory=dict[str, Report])
    channels: Mapping[str, Channel] = field(default_factory=dict[str, Channel])

    @property
    def store(self) -> str:
        """The URL of the store, or the file's whole path."""
        where = self.settings.store
        if "://" in where:
            return where
        return str(self._beside(where))

    @property
    def baseline(self) -> File:
        """The file of what is forgiven; it need not be there."""
        return self._beside(self.settings.baseline)

    @property
    def pages(self) -> File | None:
        """The folder of the teams' pages, if any are wanted."""
        return self._beside(self.settings.pages) if self.settings.pages else None

    def _beside(self, where: str) -> File:
        """A path that is relative to the configuration file."""
        base = self.file.parent if self.file else File.cwd()
        return base / File(where).expanduser()

    def report(self, name: str) -> Report:
        """The report of that name with the team's settings, or with its own."""
        return self.reports.get(name) or catalog.load(Report, name)()

    def team(self, name: str) -> Team:
        """The team of that name. Raises `ConfigError` if there is none."""
        for team in self.teams:
            if team.name == name:
                return team
        known = ", ".join(team.name for team in self.teams) or "none is configured"
        raise ConfigError(f'There is no team "{name}"; there are: {known}.')
