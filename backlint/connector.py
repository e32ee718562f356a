"""What a connector is: it pulls a tracker's issues into the model, and decides nothing."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from backlint.model import Item, Sprint, Theme
from backlint.plugin import Plugin
from backlint.transport import Gate, Json
from backlint.writer import Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A piece of a sync that can be kept by itself: what was read, and where to go on from.

    Attributes:
        items: New and changed items, whole; each replaces what was kept under its id.
        sprints: Sprints, each replacing what was kept under its id.
        themes: Themes, likewise.
        ranking: The ids of all that is open, in the order of the backlog, best first, when the order was read; `None`:
            not in this batch. Connectors need not set `Item.rank` where they give a ranking.
        gone: The ids that the tracker says are deleted; not those that merely were not seen.
        velocity: What the team finished in each of its last sprints, newest last, where the tracker knows.
        cursor: Where the next pull goes on if this is the last batch that was kept; opaque to everybody else.
        total: How many items the tracker expects to give in all, for a progress bar; `None`: unknown.
        warnings: What could not be read and why, one line each. A pull with warnings is not complete.
        is_whole: With what this pull gave before, this is all that there is, and whatever it did not give is gone. For
            what cannot lose track, such as a file; never for a tracker, where absence is not deletion.
    """

    items: tuple[Item, ...] = ()
    sprints: tuple[Sprint, ...] = ()
    themes: tuple[Theme, ...] = ()
    ranking: tuple[str, ...] | None = None
    gone: tuple[str, ...] = ()
    velocity: tuple[float, ...] | None = None
    cursor: str | None = None
    total: int | None = None
    warnings: tuple[str, ...] = ()
    is_whole: bool = False


NOT_AS_DESCRIBED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What reading an answer runs into that lacks what the tracker's own description promises."""


def not_as_described(what: str, error: BaseException) -> str:
    """The one line that says so."""
    why = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return f"{what} came in another form than the tracker describes ({why})."


def falls_short(given: int, counted: int) -> bool:
    """Whether a list gives clearly fewer than its tracker counts: some of its pages were lost, or it ended early.

    Counts are estimates, and items go while they are listed: one may be missing, or two of a hundred.
    """
    return given < counted - max(1, counted // 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One line of `backlint doctor`: what was looked at, what was found, and what to do if it is not well."""

    about: str
    found: str
    is_well: bool = True
    fix: str | None = None


class Absence(StrEnum):
    """What a tracker says, asked directly, of an item that its lists do not show any more."""

    GONE = "gone"
    """It was deleted, or moved to where this source does not read."""
    HIDDEN = "hidden"
    """The token may not see it: nothing is known of it, so it is kept."""


@dataclass(frozen=True, slots=True)
class Hint:
    """An item of which a tracker says that something happened to it; what happened is asked, and not believed.

    `id` is the tracker's own, without what makes ours unique over all sites; `key` what people call the item.
    """

    id: str
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """How a tracker calls when something changes.

    Attributes:
        signature: The header with `sha256=` and the HMAC of the body, keyed with the secret that both sides know.
        delivery: The header that names the call; the same call may come again.
        about: The items that a call is about, from its headers (lower-case) and its payload, whatever that holds.
    """

    signature: str
    delivery: str
    about: Callable[[Mapping[str, str], Json], tuple[Hint, ...]]


class Connector(Plugin, ABC):
    """A tracker, or a file. The settings say which site and project, and how to get in."""

    wants: ClassVar[str]
    """What the site is called in one word, for messages: "Jira", "GitHub", "file"."""

    hook: ClassVar[Hook | None] = None
    """How the tracker calls, if it does."""

    name_in_store: str | None = Field(
        default=None,
        description="What this source is called in the store; only to be set when it must survive a change of URL.",
    )

    @property
    @abstractmethod
    def source(self) -> str:
        """What identifies the site and project in the store and in messages: `jira:example.atlassian.net/SHOP`."""

    @abstractmethod
    def pull(self, gate: Gate, cursor: str | None) -> AsyncIterator[Batch]:
        """Read what changed since the cursor (everything when it is `None`), in batches that can each be kept.

        Raises `TrackerError` when the tracker fails; what was yielded before stays kept, and the next pull goes on.
        """

    async def census(self, gate: Gate) -> frozenset[str] | None:
        """Every id that the tracker still shows; `None` where it cannot be asked. Absence is not deletion."""
        del gate
        return None

    async def confirm(self, gate: Gate, missing: Mapping[str, str]) -> Mapping[str, Absence]:
        """Ask directly for items (key by id) that a census did not show.

        What is left out of the answer is for the next census to confirm; so is everything where a tracker cannot tell.
        """
        del gate, missing
        return {}

    def may_hold(self, hint: Hint) -> bool:
        """Whether the hint may be about an item of this source, as far as that is known without asking."""
        del hint
        return False

    async def reread(self, gate: Gate, hints: Sequence[Hint]) -> Batch:
        """Read these items again, and the order, without a cursor; what is not there (any more) is left out.

        A batch with warnings lacks something that an item may be made of, and is not to be kept.
        """
        del gate, hints
        return Batch()

    @abstractmethod
    def examine(self, gate: Gate) -> AsyncIterator[Observation]:
        """What `doctor` shows: who the token is, what it may see, which fields were found. Reads only."""

    def writing(self, gate: Gate) -> Opening | None:
        """The way to write to the tracker, once a team allows it; `None` where it cannot be written to."""
        del gate
        return None
