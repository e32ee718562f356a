"""A run as JSON: what the json report writes, and what every other report can be made from again.

Within a version fields are only ever added: none is renamed, removed or given another meaning.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from backlint.errors import ConfigError
from backlint.health.health import Run

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A run as JSON. Within a version, fields are only ever added: read what you know and skip the rest."""

    version: Literal[1] = 1
    run: Run


_DOCUMENT = TypeAdapter(Document)


def to_json(run: Run, indent: int | None = 2) -> str:
    """The run as one JSON object. Half a character, which UTF-8 cannot say, becomes a question mark."""
    document = Document(run=run)
    try:
        return _DOCUMENT.dump_json(document, indent=indent).decode() + "\n"
    except PydanticSerializationError:  # half a character
        told = json.dumps(_DOCUMENT.dump_python(document, mode="json"), ensure_ascii=False, indent=indent)
        return told.encode("utf-8", "replace").decode() + "\n"


def from_json(text: str, where: str = "the report") -> Run:
    """The run that was written; fields that a later version added are skipped. Raises `ConfigError`."""
    try:
        return _DOCUMENT.validate_json(text).run
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the beginning"
        raise ConfigError(f"{where} is no json report of backlint: {first['msg']} at {place}.") from None


def schema() -> dict[str, Any]:
    """The JSON Schema of the document."""
    return {"$schema": DIALECT, **_DOCUMENT.json_schema(mode="serialization")}
