"""Read a file line by line: each is an item, a sprint, a theme or the velocity; the first wrong one is refused."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from backlint.connector import Batch
from backlint.connectors.file.item import ItemLine
from backlint.connectors.file.line import Json, Line, SprintEntry, ThemeEntry, VelocityEntry
from backlint.connectors.file.refusal import what_is_wrong
from backlint.errors import ConfigError
from backlint.markup import Markup
from backlint.model import Item
from backlint.text.clean import clean

M = TypeVar("M", bound=Line)

BATCH = 500
SHOWN = 40
"""So much of a line that is no JSON is shown."""


def line_schema() -> dict[str, object]:
    """The JSON Schema of a line."""
    lines: TypeAdapter[Line] = TypeAdapter(ItemLine | SprintEntry | ThemeEntry | VelocityEntry)
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "title": "One line of a backlog file",
        **lines.json_schema(),
    }


@dataclass
class Lines:
    """The lines of one file. `name` is what messages call it, `read_at` stands in for dates that a line lacks."""

    name: str
    markup: Markup
    read_at: datetime
    items: int = 0
    _number: int = 0
    _ids: dict[str, int] = field(default_factory=dict[str, int])

    def batches(self, lines: Iterable[bytes]) -> Iterator[Batch]:
        """What the lines say, in pieces. Raises `ConfigError` where one of them is not right."""
        items: list[Item] = []
        for self._number, line in enumerate(lines, 1):
            if line.isspace():
                continue
            said = self._line(self._object(line))
            if isinstance(said, Batch):
                yield said
                continue
            items.append(said)
            if len(items) == BATCH:
                yield self._batch(items)
                items = []
        yield self._batch(items)

    def _batch(self, items: list[Item]) -> Batch:
        self.items += len(items)
        return Batch(items=tuple(items))

    def _line(self, said: dict[str, Json]) -> Item | Batch:
        if said.keys() == {"sprint"}:
            return Batch(sprints=(self._read(SprintEntry, said).sprint.sprint(),))
        if said.keys() == {"theme"}:
            return Batch(themes=(self._read(ThemeEntry, said).theme.theme(),))
        if said.keys() == {"velocity"}:
            return Batch(velocity=tuple(self._read(VelocityEntry, said).velocity))
        item = self._read(ItemLine, said).item(self.markup, self.read_at)
        first = self._ids.setdefault(item.id, self._number)
        if first != self._number:
            self._refuse(f'"{item.id}" stands on line {first} already')
        return item

    def _read(self, model: type[M], said: Json) -> M:
        try:
            return model.model_validate(said)
        except ValidationError as error:
            self._refuse(what_is_wrong(error, model.model_fields))

    def _object(self, line: bytes) -> dict[str, Json]:
        try:
            text = line.decode("utf-8-sig" if self._number == 1 else "utf-8")
        except UnicodeDecodeError:
            self._refuse("this is not UTF-8 text")
        try:
            said: Json = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            self._refuse(f"this is not JSON, one object a line: {text.strip()[:SHOWN]!r}")
        if not isinstance(said, dict):
            self._refuse(f"a line must be one JSON object, not {text.strip()[:SHOWN]!r}")
        return {clean(key): _clean(value) for key, value in said.items()} if "\\u" in text else said

    def _refuse(self, why: str) -> NoReturn:
        end = "" if why.endswith("?") else "."
        raise ConfigError(f"{self.name}, line {self._number}: {why}{end}")


def _clean(value: Json) -> Json:
    """Clean every text, however deep."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list) else value
