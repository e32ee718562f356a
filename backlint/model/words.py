"""The closed sets of words that every tracker is mapped to.

What a word says of itself is kept on it: these are asked millions of times in a large backlog.
"""

from enum import Enum, StrEnum


class Empty(Enum):
    """The tracker has the field, and on this item nobody filled it.

    Three answers are possible for every field, and they are never the same: a value, `EMPTY`, and `None`
    ("the tracker does not say"). A rule may hold `EMPTY` against an item, but never `None`.
    """

    EMPTY = "empty"


EMPTY = Empty.EMPTY


class Kind(StrEnum):
    """What sort of work an item is, whatever its tracker calls it."""

    STORY = "story"
    TASK = "task"
    BUG = "bug"
    DEBT = "debt"
    SPIKE = "spike"
    QUALITY = "quality"
    OPERATION = "operation"
    EPIC = "epic"
    INITIATIVE = "initiative"
    SUBTASK = "subtask"
    UNKNOWN = "unknown"

    contains_items: bool
    """Whether other backlog items hang below this kind: it is planned through them, not by itself."""

    def __init__(self, word: str) -> None:
        self.contains_items = word in {"epic", "initiative"}


class Stage(StrEnum):
    """Where an item stands, mapped from the tracker's status category and never from a status name alone."""

    BACKLOG = "backlog"
    SELECTED = "selected"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"

    is_open: bool
    """Whether the item still has to be done."""

    is_waiting: bool
    """Whether nobody has started: the item is still a question of order and of readiness."""

    def __init__(self, word: str) -> None:
        self.is_open = word not in {"done", "dropped"}
        self.is_waiting = word in {"backlog", "selected"}


class Band(StrEnum):
    """How near an item is to being planned; what a rule demands depends on it."""

    NEXT = "next"
    SOON = "soon"
    LATER = "later"
    ICEBOX = "icebox"

    depth: int
    """0 for the band that is planned first, 3 for the one that may never be."""

    def __init__(self, word: str) -> None:
        del word
        self.depth = len(type(self).__members__)


class Unit(StrEnum):
    """What an estimate counts; `ITEMS` is for a pace only, that of a team which does not estimate."""

    POINTS = "points"
    HOURS = "hours"
    ITEMS = "items"


class Framework(StrEnum):
    """A prioritisation framework that gives an item a number; a higher one always means sooner."""

    RICE = "rice"
    WSJF = "wsjf"
    ICE = "ice"
    COST_OF_DELAY = "cost-of-delay"


class Moscow(StrEnum):
    """MoSCoW is a class, not a number."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"
    WONT = "wont"


class LinkKind(StrEnum):
    """How one item stands to another. A parent is never a blocker."""

    BLOCKS = "blocks"
    BLOCKED_BY = "blocked-by"
    DUPLICATES = "duplicates"
    DUPLICATED_BY = "duplicated-by"
    RELATES = "relates"
    MENTIONED_BY = "mentioned-by"
    PULL_REQUEST = "pull-request"
    TWIN = "twin"


class Happening(StrEnum):
    """What an event in an item's history was."""

    CREATED = "created"
    COMMENTED = "commented"
    WROTE = "wrote"
    STAGED = "staged"
    RANKED = "ranked"
    PRIORITISED = "prioritised"
    ESTIMATED = "estimated"
    SCORED = "scored"
    ASSIGNED = "assigned"
    LABELLED = "labelled"
    LINKED = "linked"
    SPRINTED = "sprinted"
    THEMED = "themed"
    DATED = "dated"
    OTHER = "other"


class SprintState(StrEnum):
    """A sprint before, during and after its time."""

    FUTURE = "future"
    ACTIVE = "active"
    CLOSED = "closed"
