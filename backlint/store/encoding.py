"""How values stand in the store: times, texts, compact JSON.

What no database keeps (NUL in PostgreSQL, half a surrogate pair anywhere) is taken out of texts on the way in; to look
for it in every text would cost more than to keep it, so it is looked for once, in the JSON of all of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from json import JSONEncoder
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from backlint.text.clean import clean
from backlint.transport import Json

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")
D = TypeVar("D", bound="DataclassInstance")

Tree: TypeAlias = (
    "str | float | date | Enum | dict[str, Tree] | list[Tree] | tuple[Tree, ...] | frozenset[Tree] | set[Tree] | None"
)
"""What pydantic makes of a value."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

LARGEST = 2**63 - 1
"""The largest whole number that both databases keep; a larger one is kept as this."""

NUL_IN_JSON = b"\\u0000"
"""How JSON spells a NUL. A harmless text may spell it out, and is then cleaned for nothing."""

compact = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""The shortest JSON."""


def microseconds(at: datetime) -> int:
    """A moment as the store keeps it, exactly."""
    return (at - EPOCH) // MICROSECOND


def moment(kept: int) -> datetime:
    """A moment out of the store."""
    return EPOCH + timedelta(microseconds=kept)


def bounded(number: int | None) -> int | None:
    """A number that both databases keep."""
    return None if number is None else max(-LARGEST, min(number, LARGEST))


def cleaned(adapter: TypeAdapter[T], value: T) -> T:
    """A value with every text in it cleaned, however deep."""
    return adapter.validate_python(_clean_all(adapter.dump_python(value)))


def to_json(adapter: TypeAdapter[T], value: T) -> str:
    """The JSON of a value without what is as by default; its texts are cleaned only where they must be."""
    try:
        told = adapter.dump_json(value, exclude_defaults=True)
    except PydanticSerializationError:
        told = NUL_IN_JSON
    if NUL_IN_JSON in told:
        told = adapter.dump_json(cleaned(adapter, value), exclude_defaults=True)
    return told.decode()


def trusting(made: type[D]) -> Callable[[Sequence[Json]], D]:
    """Make a slotted dataclass of the values of its fields, in order, without checking them again.

    What stands in the store was checked when it entered; to check it at every read would double the cost of one.
    """
    places = [getattr(made, each.name).__set__ for each in fields(made)]

    def make(values: Sequence[Json]) -> D:
        new = object.__new__(made)
        for place, value in zip(places, values, strict=True):
            place(new, value)
        return new

    return make


def _clean_all(value: Tree) -> Tree:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _clean_all(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean_all(inner) for inner in value]
    return frozenset(_clean_all(inner) for inner in value) if isinstance(value, frozenset | set) else value
