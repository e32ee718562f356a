"""Whether an item can be planned, as far as the backlog itself shows: the rules that compare items ask this.

Three answers, as everywhere: ready, not ready, and "the tracker does not say". What keeps one item from being planned
is the business of the readiness rules; this is only their common ground, for rules that must know it of the neighbours.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from backlint.model import EMPTY, Backlog, Item, Kind, LinkKind

PLANNED = frozenset(Kind) - {Kind.EPIC, Kind.INITIATIVE, Kind.SUBTASK}


class DefinitionOfReady(BaseModel):
    """What an item must have before it is planned, by kind. A subtask is planned with its parent, an epic never."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    description: frozenset[Kind] = Field(default=PLANNED, description="Kinds that must be described.")
    criteria: frozenset[Kind] = Field(
        default=frozenset({Kind.STORY, Kind.TASK, Kind.QUALITY}),
        description="Kinds that must have acceptance criteria.",
    )
    estimate: frozenset[Kind] = Field(default=PLANNED - {Kind.SPIKE}, description="Kinds that must be estimated.")
    unblocked: frozenset[Kind] = Field(default=PLANNED, description="Kinds that must wait for nothing.")


CLEAR = DefinitionOfReady(estimate=frozenset(), unblocked=frozenset())
"""Whether an item says clearly what is wanted, whatever it costs and waits for."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What an item lacks, and what the tracker does not say of it; both to be read after "has"."""

    lacks: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether it surely can be planned."""
        return not self.lacks and not self.unknown

    @property
    def is_unready(self) -> bool:
        """Whether it surely cannot."""
        return bool(self.lacks)


def readiness(item: Item, backlog: Backlog, definition: DefinitionOfReady) -> Readiness:
    """Hold an item against a definition of ready."""
    asked = {
        "description": (definition.description, _is_described),
        "acceptance criteria": (definition.criteria, _has_criteria),
        "estimate": (definition.estimate, _is_estimated),
        "open blockers": (definition.unblocked, _waits_for_nothing),
    }
    lacks: list[str] = []
    unknown: list[str] = []
    for name, (kinds, answer) in asked.items():
        if item.kind in kinds:
            is_so = answer(item, backlog)
            if is_so is None:
                unknown.append(name)
            elif not is_so:
                lacks.append(name if name == "open blockers" else f"no {name}")
    return Readiness(tuple(lacks), tuple(unknown))


def _is_described(item: Item, backlog: Backlog) -> bool | None:
    return backlog.is_described(item)


def _has_criteria(item: Item, backlog: Backlog) -> bool | None:
    return backlog.has_criteria(item)


def _is_estimated(item: Item, backlog: Backlog) -> bool | None:
    """A team that does not estimate owes no estimate."""
    return None if item.estimate is None else item.estimate is not EMPTY or not backlog.is_estimated


def _waits_for_nothing(item: Item, backlog: Backlog) -> bool | None:
    obstacles = list(waits_for(item, backlog))
    if any(obstacle.is_open for obstacle in obstacles):
        return False
    return None if item.links is None or obstacles else True


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that an item waits for. `is_open` is `None` where the tracker does not say whether it is done."""

    key: str
    is_open: bool | None
    is_below: bool = False
    """Whether it stands below the item in the same order: then the order is at fault."""
    is_foreign: bool = False
    """Whether it is no item of this backlog."""


def waits_for(item: Item, backlog: Backlog) -> Iterator[Obstacle]:
    """What keeps an item from being started once its turn comes.

    Not a blocker that stands above it in the order or is in progress: its turn comes before.
    """
    is_told = item.parent is not None
    is_placed = item.rank is not None
    for blocker in backlog.open_blockers(item):
        is_comparable = blocker.rank is not None and not blocker.kind.contains_items
        is_below = is_comparable and item.rank is not None and (blocker.rank or 0) > item.rank
        if blocker.stage.is_waiting and (is_below or not is_comparable):
            is_known = is_placed and (is_told or blocker.parent is not None)
            yield Obstacle(blocker.key, True if is_known else None, is_below)
    for link in item.linked(LinkKind.BLOCKED_BY):
        if link.target not in backlog.by_id and link.target != item.parent:
            is_open = link.stage.is_open if link.stage else None
            if is_open is not False:
                yield Obstacle(link.key, is_open if is_told else None, is_foreign=True)
