"""One spelling for each name: `extend-select` is `extend_select`, and a variable cannot hold a hyphen at all."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Any

from backlint import catalog
from backlint.config.places import Path
from backlint.config.tables import Table, is_list, is_table
from backlint.connector import Connector

IN_A_TEAM = 2
"""How deep `teams.NAME.KEY` stands."""

IN_AN_OVERRIDE = 2
"""How deep the settings of `overrides.NUMBER` stand."""

PREFIX = "BACKLINT_"

PLUGIN_TABLES = {"rules", "reports", "channels"}


def canonical(path: Path) -> Path:
    """The path under which everybody else knows a setting. Names of teams stay as they are written."""
    if path[:1] == ("overrides",) and len(path) > IN_AN_OVERRIDE:
        return (*path[:IN_AN_OVERRIDE], *canonical(path[IN_AN_OVERRIDE:]))
    return tuple(_part(path, depth) for depth in range(len(path)))


def _part(path: Path, depth: int) -> str:
    part, top = path[depth], path[0]
    if depth == 0:
        return part.replace("-", "_")
    kebab, snake = part.replace("_", "-"), part.replace("-", "_")
    if top in PLUGIN_TABLES:
        return {1: kebab, 2: snake}.get(depth, part)
    if top != "teams" or depth < IN_A_TEAM:
        return part
    return kebab if depth == IN_A_TEAM and kebab in catalog.names(Connector) else snake


def respelt(values: Table, above: Path = ()) -> dict[str, Any]:
    """A whole table in canonical names."""
    whole: dict[str, Any] = {}
    for key, value in values.items():
        path = (*above, key)
        whole[canonical(path)[-1]] = _respelt(value, path)
    return whole


def _respelt(value: Any, path: Path) -> Any:
    if is_table(value):
        return respelt(value, path)
    if is_list(value):
        return [_respelt(each, (*path, str(number))) for number, each in enumerate(value)]
    return value


def match_teams(values: dict[str, Any], teams: Iterable[str]) -> dict[str, Any]:
    """Variables are in capitals: `BACKLINT_TEAMS__MOBILE_APP__...` is about the team `Mobile App` of a file."""
    written: object = values.get("teams")
    if not is_table(written):
        return values
    known = {_bare(team): team for team in teams}
    return values | {"teams": {known.get(_bare(team), team): table for team, table in written.items()}}


def _bare(name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in name.casefold())


def variable(path: Path) -> str:
    """What the variable for a setting is called."""
    return PREFIX + "__".join("".join(c if c.isalnum() else "_" for c in part.upper()) for part in path)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """The nearest right word, or all of them where none is near."""
    bare = {name.replace("-", "_"): name for name in known}
    near = get_close_matches(word.replace("-", "_"), bare, n=1)
    if near:
        return f'did you mean "{bare[near[0]]}"?'
    return f"known here: {', '.join(sorted(known))}." if known else "nothing can be set here."
