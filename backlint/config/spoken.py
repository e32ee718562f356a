"""What a text stands for: a variable cannot hold a list, so `story,bug` is one where a list is wanted."""

import json
import types
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr

from backlint.config.layer import Said
from backlint.config.places import Path
from backlint.config.tables import Table, is_table


def spoken(table: Table, model: type[BaseModel]) -> dict[str, Any]:
    """The table with each text that came from a variable read as what its field wants."""
    return {
        key: _read(value, model.model_fields[key].annotation) if key in model.model_fields else value
        for key, value in table.items()
    }


def _read(value: Any, annotation: Any) -> Any:
    kinds = alternatives(annotation)
    inner = model_in(annotation)
    if is_table(value) and inner:
        return spoken(value, inner)
    if not isinstance(value, Said):
        return value
    if any(_is_text(kind) for kind in kinds) or not any(_holds_many(kind) for kind in kinds):
        return str(value)
    if value.lstrip().startswith(("{", "[")):
        return _as_json(value)
    is_list = any(_holds_many(kind) and not _is_table(kind) for kind in kinds)
    return [part.strip() for part in value.split(",") if part.strip()] if is_list else str(value)


def _as_json(value: Said) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return str(value)


def alternatives(annotation: Any) -> tuple[Any, ...]:
    """The plain classes that an annotation allows."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return alternatives(inner[0])
    if origin in {Union, types.UnionType}:
        return tuple(kind for each in inner for kind in alternatives(each))
    return (origin or annotation,)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model of the table, or of the tables in the list, that an annotation allows."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := model_in(each))), None)


def is_secret(annotation: Any) -> bool:
    """Whether the field holds what nobody else may read."""
    return SecretStr in alternatives(annotation)


def secrets_in(model: type[BaseModel]) -> Iterator[Path]:
    """Where in a table of this model something stands that nobody else may read."""
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        if is_secret(field.annotation):
            yield (name,)
        elif inner:
            yield from ((name, *below) for below in secrets_in(inner))


def _is_text(kind: Any) -> bool:
    return kind is str


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Mapping | BaseModel)


def _holds_many(kind: Any) -> bool:
    return _is_table(kind) or (isinstance(kind, type) and issubclass(kind, Collection) and not issubclass(kind, str))
