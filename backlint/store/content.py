"""What an item says, and the digest of it: what says the same as before is not written, nor made into a row."""

from hashlib import sha256
from typing import NamedTuple

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError, to_json

from backlint.model import EMPTY, Item
from backlint.store.encoding import NUL_IN_JSON, cleaned
from backlint.store.history import history_text

EMPTIABLE = ("criteria", "priority", "estimate", "score", "moscow", "parent", "due")

ITEM = TypeAdapter(Item)

APART = {"labels", "components", "events"}
"""What the JSON of an item leaves out: sets have no order, and the history is needed by itself."""


class Content(NamedTuple):
    """An item, all that it says (its history as the store keeps it), and the digest of that."""

    item: Item
    said: bytes
    events: bytes | None
    digest: str


def content(item: Item) -> Content:
    """What is to be compared with what is kept."""
    try:
        return _content(item)
    except PydanticSerializationError:  # half a surrogate pair, which nothing can encode
        return _content(cleaned(ITEM, item))


def storable(told: Content) -> Content:
    """The same without NUL, which is looked for only in what is written; the digest stays that of what was given."""
    if NUL_IN_JSON in told.said or NUL_IN_JSON in (told.events or b""):
        return _content(cleaned(ITEM, told.item))._replace(digest=told.digest)
    return told


def empties(item: Item) -> str:
    """The names of the fields that nobody filled; in JSON they look like that word."""
    return " ".join([name for name in EMPTIABLE if getattr(item, name) is EMPTY])


def _content(item: Item) -> Content:
    labels = None if item.labels is None else sorted(item.labels)
    components = None if item.components is None else sorted(item.components)
    said = ITEM.dump_json(item, exclude=APART) + to_json((labels, components, empties(item)))
    events = None if item.events is None else history_text(item.events)
    digest = sha256(said)
    digest.update(b"" if events is None else events)
    return Content(item, said, events, digest.hexdigest()[:32])
