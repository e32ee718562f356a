"""Check what the plugins own: each table becomes the frozen plugin that it sets up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from backlint import catalog
from backlint.catalog import PluginKind
from backlint.channel import Channel
from backlint.config.config import Config, Team
from backlint.config.hidden import passwords_in
from backlint.config.layers import Layers
from backlint.config.overrides import Override, OverrideSettings
from backlint.config.places import Path
from backlint.config.problems import Problems
from backlint.config.revealing import SUFFIX, Reveal, words
from backlint.config.selection import PROFILES, Selection
from backlint.config.settings import Settings, TeamSettings
from backlint.config.spelling import did_you_mean, variable
from backlint.config.spoken import secrets_in, spoken
from backlint.config.tables import Table, is_list, is_table, merged
from backlint.connector import Connector
from backlint.errors import ConfigError
from backlint.plugin import Plugin
from backlint.report import Report
from backlint.rule import Rule

OWN_FILE = "Put it into your own ~/.config/backlint/backlint.toml, or into a variable."

NOT_HERE = (
    "a secret does not belong in a file that others read. Take it out (and renew it, if it was ever "
    "committed), and set {} in the environment, in .env, or in a directory of secrets."
)

IN_A_URL = (
    "a password does not belong in a file that others read. Take it out (and change it, if it was ever committed), and "
    "set BACKLINT_STORE in the environment, in .env, or in a directory of secrets; or put it into ~/.pgpass."
)

M = TypeVar("M", bound=BaseModel)
P = TypeVar("P", bound=Plugin)


def check_plugins(layers: Layers, usual: Mapping[str, str], file: File | None, reveal: Reveal | None) -> Config:
    """Check the whole configuration. `usual` are all variables, for the names that people have set already."""
    check = _Check(layers, usual, reveal, Problems(layers))
    settings = check.table(Settings, layers.values, ())
    if settings is None:
        raise check.problems.error
    return check.config(settings, file)


def _known(kind: PluginKind[P], name: str) -> str | None:
    """What the plugin is called today; `None` if there is none. Earlier names are still understood."""
    if name in catalog.names(kind):
        return name
    return next((plugin.name() for plugin in catalog.every(kind) if name in plugin.aliases), None)


@dataclass(frozen=True)
class _Check:
    layers: Layers
    usual: Mapping[str, str]
    reveal: Reveal | None
    problems: Problems

    def config(self, settings: Settings, file: File | None) -> Config:
        rules = self._plugins(Rule, ("rules",), settings.rules)
        reports = self._plugins(Report, ("reports",), settings.reports)
        teams = tuple(self._team(name, table) for name, table in settings.teams.items())
        overrides = tuple(
            self._override(written, settings.rules, ("overrides", str(number)))
            for number, written in enumerate(settings.overrides)
        )
        channels = dict(self._channels(settings))
        self._check_service(settings)
        selection = Selection(settings.select, settings.extend_select, settings.ignore)
        self._check_store(settings.store)
        for key in ("select", "extend_select", "ignore"):
            self._check_words(getattr(settings, key), (key,))
        self.problems.raise_any()
        decisions = {rule.name(): selection.decide(rule) for rule in catalog.every(Rule)}
        chosen = tuple(
            rules.get(name) or catalog.load(Rule, name)() for name, said in decisions.items() if said.is_selected
        )
        return Config(settings, self.layers, file, chosen, teams, overrides, decisions, reports, channels)

    def _check_service(self, settings: Settings) -> None:
        """Its secrets are no less secret than a tracker's, and only trackers have webhooks."""
        hooks = [("service", "hooks", name) for name in settings.service.hooks]
        for path in (("service", "token"), *hooks):
            owner = self.layers.owner(path)
            if owner and owner.is_committed:
                self.problems.add(path, NOT_HERE.format(variable(path)))
        for path in hooks:
            trackers = [name for name in catalog.names(Connector) if catalog.load(Connector, name).hook]
            if path[-1] not in trackers:
                self.problems.add_unknown(path, trackers)

    def table(self, model: type[M], table: Table, path: Path) -> M | None:
        """The checked table, or `None` and a problem."""
        try:
            return model.model_validate(spoken(table, model))
        except ValidationError as error:
            self.problems.add_all(error, model, path)
            return None

    def _plugins(self, kind: PluginKind[P], path: Path, written: Mapping[str, Table]) -> Mapping[str, P]:
        found: dict[str, P] = {}
        for written_name, settings in written.items():
            name = _known(kind, written_name)
            if name is None:
                self.problems.add_unknown((*path, written_name), catalog.names(kind))
            elif plugin := self.table(catalog.load(kind, name), settings, (*path, written_name)):
                found[name] = plugin
        return found

    def _override(self, written: OverrideSettings, everywhere: Mapping[str, Table], path: Path) -> Override:
        """What an override says of a rule is added to what counts everywhere."""
        whole = {name: merged(everywhere.get(name, {}), table) for name, table in written.rules.items()}
        self._check_words(written.ignore, (*path, "ignore"))
        return Override(written.match, written.ignore, self._plugins(Rule, (*path, "rules"), whole))

    def _team(self, name: str, table: Table) -> Team:
        trackers = catalog.names(Connector)
        sources: list[Connector] = []
        own: dict[str, Any] = {"schedule": self.layers.values.get("schedule", {})}
        for key, value in table.items():
            path = ("teams", name, key)
            if key in trackers:
                sources.extend(self._sources(key, value, path))
            elif key == "schedule" and is_table(value):
                own[key] = merged(own[key], value)
            elif key in TeamSettings.model_fields:
                own[key] = value
            else:
                self.problems.add_unknown(path, (*TeamSettings.model_fields, *trackers))
        return Team(name, self.table(TeamSettings, own, ("teams", name)) or TeamSettings(), tuple(sources))

    def _sources(self, tracker: str, value: object, path: Path) -> Iterator[Connector]:
        """One source, or several of the same sort: `[[teams.checkout.jira]]`."""
        written = value if is_list(value) else [value]
        for number, table in enumerate(written):
            place = (*path, str(number)) if is_list(value) else path
            if not is_table(table):
                self.problems.add(place, "should be a table")
            elif source := self._holding_secrets(catalog.load(Connector, tracker), dict(table), place):
                yield source

    def _channels(self, settings: Settings) -> Iterator[tuple[str, Channel]]:
        """By name; a channel that is called as its kind need not say the kind."""
        for name, table in settings.channels.items():
            path = ("channels", name)
            kind = str(table.get("kind", name))
            if kind not in catalog.names(Channel):
                known = ", ".join(catalog.names(Channel))
                self.problems.add((*path, "kind"), f"there is no such kind of channel; there are: {known}")
                continue
            own = {key: value for key, value in table.items() if key != "kind"}
            if channel := self._holding_secrets(catalog.load(Channel, kind), own, path):
                for team in set(channel.teams) - settings.teams.keys():
                    self.problems.add(
                        (*path, "teams"), f'there is no team "{team}"; {did_you_mean(team, settings.teams.keys())}'
                    )
                yield name, channel

    def _holding_secrets(self, plugin: type[P], table: dict[str, Any], path: Path) -> P | None:
        is_open = True
        for secret in secrets_in(plugin):
            owner = self.layers.owner((*path, *secret))
            if owner and owner.is_committed:
                self.problems.add((*path, *secret), self._refusal(plugin, secret, path))
                is_open = False
        revealed = dict(self._revealed(plugin, table, path))
        filled = {
            field: next(self.usual[name] for name in names if self.usual.get(name))
            for field, names in plugin.usual_variables.items()
            if any(self.usual.get(name) for name in names)
        }
        return self.table(plugin, filled | revealed | table, path) if is_open else None

    def _revealed(self, plugin: type[P], table: dict[str, Any], path: Path) -> Iterator[tuple[str, str]]:
        """What other programs say. The commands are taken out of the table; a checkout may not bring its own."""
        for field, *below in secrets_in(plugin):
            command = table.pop(field + SUFFIX, None) if not below else None
            if command is None:
                continue
            place = (*path, field + SUFFIX)
            owner = self.layers.owner(place)
            if owner and owner.is_committed:
                self.problems.add(place, f"a file that others write may name no command. {OWN_FILE}")
            elif not words(command):
                self.problems.add(place, "should be a command, as a list of words")
            elif self.reveal and field not in table:
                try:
                    yield field, self.reveal(words(command))
                except ConfigError as error:
                    self.problems.add(place, str(error))

    def _refusal(self, plugin: type[P], secret: Path, path: Path) -> str:
        return NOT_HERE.format(" or ".join((*plugin.usual_variables.get(secret[0], ()), variable((*path, *secret)))))

    def _check_store(self, url: str) -> None:
        owner = self.layers.owner(("store",))
        if owner and owner.is_committed and any(passwords_in(url)):
            self.problems.add(("store",), IN_A_URL)

    def _check_words(self, words: Iterable[str], path: Path) -> None:
        rules = catalog.every(Rule)
        known = {*PROFILES, *(rule.family() for rule in rules), *(rule.name() for rule in rules)}
        aliases = {alias for rule in rules for alias in rule.aliases}
        for word in words:
            if word not in known | aliases:
                self.problems.add(path, f'there is no rule, family or profile "{word}"; {did_you_mean(word, known)}')
