"""Find the plugins: in the three folders and in entry points. Adding one edits no file that is already there.

Names are read from file names alone; a plugin's module is imported when it is asked for, so that a run that
reads a file never imports what talks to Jira.
"""

import pkgutil
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import TypeAlias, TypeVar, cast

from backlint.channel import Channel
from backlint.connector import Connector
from backlint.errors import ConfigError
from backlint.plugin import Plugin
from backlint.report import Report
from backlint.rule import Rule

P = TypeVar("P", bound=Plugin)

PluginKind: TypeAlias = Callable[..., P]
"""One of the four classes below. They are abstract, and mypy takes an abstract class for a callable, not for a type."""

GROUPS: Mapping[PluginKind[Plugin], str] = {
    Rule: "backlint.rules",
    Connector: "backlint.connectors",
    Report: "backlint.reports",
    Channel: "backlint.channels",
}
NESTED = {"backlint.rules"}
"""Where plugins stand in folders by family."""


@cache
def modules(group: str) -> Mapping[str, str]:
    """The module of every plugin of a group, by the plugin's name."""
    package = import_module(group)
    found = {_name(info.name): f"{group}.{info.name}" for info in pkgutil.iter_modules(package.__path__)}
    if group in NESTED:
        found = {
            _name(info.name): f"{family}.{info.name}"
            for family in found.values()
            for info in pkgutil.iter_modules(import_module(family).__path__)
        }
    found |= {entry.name: entry.value for entry in entry_points(group=group)}
    return dict(sorted(found.items()))


def names(kind: PluginKind[Plugin]) -> tuple[str, ...]:
    """The names of all plugins of a kind, without importing one."""
    return tuple(modules(GROUPS[kind]))


@cache
def load(kind: PluginKind[P], name: str) -> type[P]:
    """The plugin of that name. Raises `ConfigError`, with the nearest right word, if there is none."""
    known = modules(GROUPS[kind])
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f'; did you mean "{near[0]}"?' if near else f". There are: {', '.join(known)}."
        raise ConfigError(f'There is no {kind.__name__.lower()} "{name}"{hint}')
    return _only_plugin(kind, known[name])


def every(kind: PluginKind[P]) -> tuple[type[P], ...]:
    """All plugins of a kind, by name."""
    return tuple(load(kind, name) for name in names(kind))


def _only_plugin(kind: PluginKind[P], where: str) -> type[P]:
    wanted, module_name = cast("type[P]", kind), where.partition(":")[0]
    here = [
        value
        for value in vars(import_module(module_name)).values()
        if isinstance(value, type) and issubclass(value, wanted) and value.__module__ == module_name
    ]
    if len(here) != 1:
        raise ConfigError(f"{module_name} should hold exactly one {kind.__name__.lower()}; it holds {len(here)}.")
    return here[0]


def _name(module: str) -> str:
    return module.replace("_", "-")
