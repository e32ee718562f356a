"""Begin: write a configuration that runs, and say how much of it the tracker shows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backlint import catalog
from backlint.connector import Connector
from backlint.model import EMPTY, Backlog, Item
from backlint.text import Criteria


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the open items carry something; `None`: the tracker does not say."""

    what: str
    items: int | None
    of: int

    def __str__(self) -> str:
        """A line for a person."""
        if self.items is None:
            return f"{self.what}: the tracker does not say"
        return f"{self.what}: {self.items} of {self.of} items ({100 * self.items / max(self.of, 1):.0f} %)"


Carried = Callable[[Item, Backlog], bool | None]
"""Whether an item carries something; `None` where the tracker does not say."""

CARRIED: Mapping[str, Carried] = {
    "a place in the order": lambda item, _: item.rank is not None,
    "a description": lambda item, _: None if item.body is None else bool(item.body.strip()),
    "acceptance criteria": lambda item, backlog: _has_criteria(backlog.criteria(item)),
    "an estimate": lambda item, _: _is_filled(item.estimate),
    "a priority": lambda item, _: _is_filled(item.priority),
    "a value score": lambda item, _: _is_filled(item.score),
    "a goal (epic, milestone, release)": lambda item, _: _has_goal(item),
    "somebody who has it": lambda item, _: _is_some(item.assignees),
    "labels": lambda item, _: _is_some(item.labels),
    "a history": lambda item, _: _is_some(item.events),
}


def shares(backlog: Backlog) -> tuple[Share, ...]:
    """How much of the open backlog carries what the rules look at."""
    return tuple(_share(what, [carries(item, backlog) for item in backlog.open]) for what, carries in CARRIED.items())


def _share(what: str, found: Sequence[bool | None]) -> Share:
    is_told = not found or any(each is not None for each in found)
    return Share(what, sum(map(bool, found)) if is_told else None, len(found))


def _is_filled(value: object) -> bool | None:
    return None if value is None else value is not EMPTY


def _is_some(many: Sequence[object] | frozenset[str] | None) -> bool | None:
    return None if many is None else bool(many)


def _has_criteria(criteria: Criteria | None) -> bool | None:
    return None if criteria is None else bool(criteria.statements)


def _has_goal(item: Item) -> bool | None:
    if item.parent is None and item.themes is None:
        return None
    return isinstance(item.parent, str) or bool(item.themes)


def configuration(team: str, connector: str, settings: Mapping[str, str]) -> str:
    """A commented `backlint.toml` for one team. `settings` are TOML values by name; no secret stands here."""
    return "\n".join(_lines(team, catalog.load(Connector, connector), settings)) + "\n"


def _lines(team: str, connector: type[Connector], settings: Mapping[str, str]) -> Iterator[str]:
    yield from (
        "# What backlint holds this backlog to. `backlint config verify` checks this file,",
        "# `backlint config show --origin` says what counts, and docs/settings.md names every setting.",
        "",
        "# The rules that run: a profile (minimal, recommended, strict), families or rules by name.",
        'select = ["recommended"]',
        "",
        "# The least severity that makes `backlint check` exit with 1: info, warning or error.",
        'fail_on = "error"',
        "",
        f"[teams.{team}]",
        "# What the team finishes in a sprint, where the tracker does not say it.",
        "# velocity = 20",
        "",
        f"[teams.{team}.{connector.name()}]",
    )
    for name, value in settings.items():
        yield f"# {connector.model_fields[name].description}"
        yield f"{name} = {value}"
    for field, names in connector.usual_variables.items():
        yield f"# {field}: set {' or '.join(names)} in the environment or in .env; never here."
    yield from (
        "",
        "# What is not meant for this team, and why:",
        "# [ignore]",
        '# story-form = "we write no user stories"',
    )
