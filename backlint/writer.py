"""How a tracker is written to: what a connector that can write gives, and the three ways in which a write can fail.

No write is ever repeated below this line. Trackers commit and then answer 502: whoever repeats a POST blindly posts
twice. What became of a write that got no answer is for `backlint.writeback` to find out, by looking.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Protocol, cast

from backlint.errors import TrackerError
from backlint.transport import Answer, Json, Site

IsLimit = Callable[[Answer], bool]
"""Whether a refusal is a limit, by the tracker's own signs: then it was not done, and may be tried later."""


class Markup(StrEnum):
    """What a tracker's comments are written in."""

    MARKDOWN = "markdown"
    ADF = "adf"
    WIKI = "wiki"


class InDoubtError(TrackerError):
    """No answer that says so: the tracker may have done it, or may do it yet."""


class NotNowError(TrackerError):
    """A limit: the tracker has not done it, and may be asked again once its pause is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The one comment that backlint keeps on an item: its body as it is sent, in the tracker's markup.

    The same `fingerprint` means the same content; it travels with the comment, so that it can be found again.
    """

    fingerprint: str
    body: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A note of ours as it stands in the tracker. `is_touched`: a person has edited it since."""

    id: str
    note: Note
    is_touched: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An item as it stands now, as far as writing needs it; `notes` are all of ours, on all pages, oldest first."""

    is_open: bool
    is_locked: bool
    is_confidential: bool
    labels: frozenset[str]
    updated: datetime
    notes: tuple[Posted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The item to write to: its id in the model, and what people call it."""

    id: str
    key: str


@dataclass(frozen=True, slots=True)
class Order:
    """What is open, best first, by id in the model: one list, or several that no move leads out of.

    A board's sprints are such lists, and so are several boards: what stands in one of them has its rank there.
    """

    lists: tuple[tuple[str, ...], ...]

    def __contains__(self, item: str) -> bool:
        return bool(self.list_of(item))

    def around(self, item: str) -> tuple[str | None, str | None] | None:
        """What is directly above an item and directly below it; `None` where it has no place."""
        here = self.list_of(item)
        if not here:
            return None
        at = here.index(item)
        return (here[at - 1] if at else None, here[at + 1] if at + 1 < len(here) else None)

    def list_of(self, item: str) -> tuple[str, ...]:
        """The list that an item stands in; an empty one where it has no place."""
        return next((each for each in self.lists if item in each), ())

    def without(self, item: str) -> "Order":
        """The order of everything else."""
        return Order(tuple(tuple(id_ for id_ in each if id_ != item) for each in self.lists))


class Keeper(Protocol):
    """What keeps texts of ours. `look` reads; everything else is one request, sent once.

    Writes raise `InDoubtError`, `NotNowError`, or `TrackerError` where the tracker surely refused.
    """

    async def look(self, target: Target) -> Standing | None:
        """The item now; `None` where it is not there any more, or may not be seen."""
        ...

    async def post(self, target: Target, note: Note) -> None:
        """Add the note."""
        ...

    async def edit(self, target: Target, posted: Posted, note: Note) -> None:
        """Put the note in the place of one that stands there."""
        ...

    async def remove(self, target: Target, posted: Posted) -> None:
        """Take the note away."""
        ...


class Writer(Keeper, Protocol):
    """One tracker, open for writing: the notes of its items, their labels and their order.

    Of its own, only `order` reads. `publisher` keeps dashboards, where the tracker has a place for them: its targets
    are no items, and stand for the one text of that name.
    """

    markup: Markup
    publisher: Keeper | None

    async def label(self, target: Target, name: str) -> None:
        """Put a label on."""
        ...

    async def unlabel(self, target: Target, name: str) -> None:
        """Take a label off."""
        ...

    async def order(self) -> Order:
        """The order of what is open, now. Without a list where the tracker keeps none that can be written to."""
        ...

    async def move(self, target: Target, above: str | None, below: str | None) -> None:
        """Put the item directly below what is `above` (an id in the model), or else directly above what is `below`.

        Both are of the order that was read last.
        """
        ...


Opening = AbstractAsyncContextManager[Writer]
"""A way to a tracker, to be used with `async with`."""


async def send_once(site: Site, method: str, path: str, body: Json = None, *, is_limit: IsLimit) -> Answer:
    """Send a write, and tell apart what was done, what was not, and what cannot be known."""
    what = f"{method} {path}"
    try:
        answer = await site.send(method, path, body)
    except TrackerError as error:
        raise InDoubtError(str(error), retryable=True, status=error.status) from error
    if answer.is_ok:
        return answer
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise InDoubtError(f"{site.name} answered {what} with {answer.status}.", retryable=True, status=answer.status)
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS or is_limit(answer):
        raise NotNowError(f"{site.name} limits {what}.", retryable=True, status=answer.status)
    raise TrackerError(f"{site.name} refused {what} ({answer.status}){_said(answer.body)}.", status=answer.status)


def _said(body: Json) -> str:
    told = cast("dict[str, Json]", body) if isinstance(body, dict) else {}
    messages: list[Json] = told.get("errorMessages") or [told.get("message") or ""]
    said = " ".join(str(each) for each in messages).rstrip(".")
    return f": {said}" if said else ""
