"""What is new since an earlier run."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from backlint.errors import ConfigError
from backlint.health import Health
from backlint.plural import plural

if TYPE_CHECKING:
    from backlint.store import Past, Store

ALL = 1_000_000
"""More runs than anybody keeps."""

LAST, BEFORE = "last", "before"


def named(runs: "Sequence[Past]", name: str, team: str) -> "Past":
    """The run of that name. Raises `ConfigError` if there is none, or more than one.

    Of a day that was rebuilt nothing but its figures is kept: it is no run.
    """
    runs = [run for run in runs if not run.point.is_rebuilt]
    if name in {LAST, BEFORE}:
        place = 1 if name == LAST else 2
        if len(runs) < place:
            raise ConfigError(f"{team} has {plural(len(runs), 'run')} so far: there is nothing to compare.")
        return runs[-place]
    found = [run for run in runs if run.id == name] or [run for run in runs if run.id.startswith(name)]
    if not found:
        raise ConfigError(f'{team} has no run "{name}"; `backlint trend` names them.')
    if len(found) > 1:
        raise ConfigError(f'{team} has {len(found)} runs that begin with "{name}", the last {found[-1].id}.')
    return found[0]


def found_in(store: "Store", team: str, name: str) -> frozenset[str]:
    """The fingerprints of what was found in that run; before the first run, nothing was."""
    runs = store.past(team, ALL)
    if name == LAST and all(run.point.is_rebuilt for run in runs):
        return frozenset()
    return frozenset(store.found(team, named(runs, name, team).id) or {})


def only_new(health: Health, known: Collection[str]) -> Health:
    """The same health, showing what is new or came back; what was found before is counted."""
    new = tuple(each for each in health.findings if each.fingerprint not in known)
    before = len(health.findings) - len(new)
    return replace(health, findings=new, hidden={**health.hidden, **({"found before": before} if before else {})})
