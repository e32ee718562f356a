"""GraphQL selections as data, so that a document asks only for what this server knows.

A field unknown to an older GitHub Enterprise Server fails the whole document. Each selection therefore names its type,
and is written out without what the server lacks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backlint.connectors.github.payload import part, several
from backlint.transport import Json


@dataclass(frozen=True, slots=True)
class Lacks:
    """What this server does not know: `Type.field`, `Type`, or `Enum.VALUE`. On github.com it is empty."""

    names: frozenset[str] = frozenset()

    def knows(self, of_type: str, field: str | None = None) -> bool:
        """Whether the server has the type, and the field in it."""
        return of_type not in self.names and (field is None or f"{of_type}.{field}" not in self.names)

    def and_also(self, *names: str) -> "Lacks":
        """What it lacks, with more that was found out."""
        return Lacks(self.names | frozenset(names))


class Of:
    """What is asked of one type: plain fields in one string, fields with a selection by name, `... on` by type.

    A name may carry an alias (`text:value`) and one with a selection arguments too (`items(first: 100)`).
    """

    def __init__(self, on: str, plain: str, below: "Mapping[str, Of] | None" = None, *either: "Of") -> None:
        self.on = on
        self.plain = tuple(plain.split())
        self.below = below or {}
        self.either = either

    def written(self, lacks: Lacks) -> str:
        """The selection, without what the server lacks; `""` where nothing is left of it."""
        parts = [*self._written(lacks)]
        return f"{{ {' '.join(parts)} }}" if parts else ""

    def _written(self, lacks: Lacks) -> Iterator[str]:
        if not lacks.knows(self.on):
            return
        yield from (name for name in self.plain if name == "__typename" or lacks.knows(self.on, field_of(name)))
        for head, selection in self.below.items():
            inner = selection.written(lacks)
            if inner and lacks.knows(self.on, field_of(head)):
                yield f"{head} {inner}"
        for selection in self.either:
            inner = selection.written(lacks)
            if inner:
                yield f"... on {selection.on} {inner}"

    def names(self) -> Iterator[tuple[str, str]]:
        """Every (type, field) that is asked for."""
        yield from ((self.on, field_of(name)) for name in self.plain if name != "__typename")
        for head, selection in self.below.items():
            yield self.on, field_of(head)
            yield from selection.names()
        for selection in self.either:
            yield from selection.names()


def field_of(head: str) -> str:
    """The field's own name: `status` of `now: status(first: 3)`."""
    return head.partition("(")[0].rpartition(":")[2].strip()


def page(of_rows: Of, connection: str) -> Of:
    """The rows of a connection, and where its next page begins."""
    return Of(connection, "", {"nodes": of_rows, "pageInfo": Of("PageInfo", "hasNextPage endCursor")})


def probe(selections: tuple[Of, ...], enums: Mapping[str, tuple[str, ...]]) -> str:
    """A document that asks the server which of these types, fields and enum values it knows."""
    types = sorted({name for selection in selections for name, _ in selection.names()} | {*enums})
    asked = " ".join(
        f'{name}: __type(name: "{name}") {{ fields(includeDeprecated: true) {{ name }} enumValues {{ name }} }}'
        for name in types
    )
    return f"query Probe {{ {asked} }}"


def found_lacking(selections: tuple[Of, ...], enums: Mapping[str, tuple[str, ...]], data: Json) -> Lacks:
    """What the answer to `probe` shows to be lacking. Where introspection is switched off, nothing is."""
    if not any(part(data).values()):
        return Lacks()
    wanted = {pair for selection in selections for pair in selection.names()}
    wanted |= {(enum, value) for enum, values in enums.items() for value in values}
    lacking: set[str] = set()
    for name, member in wanted:
        known = part(data, name)
        if not known:
            lacking.add(name)
        elif member not in {one["name"] for key in ("fields", "enumValues") for one in several(known, key)}:
            lacking.add(f"{name}.{member}")
    return Lacks(frozenset(lacking))
