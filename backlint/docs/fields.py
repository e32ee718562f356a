"""A plugin's settings as rows: name, what may be written, default, description."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import UnionType
from typing import Annotated, Any, TypeGuard, Union, cast, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

LISTED = 5
"""So many words of an enumeration are listed; of a longer one, its default shows enough."""

MANY = (list, tuple, set, frozenset)
WORDS: Mapping[Any, str] = {
    bool: "true or false",
    int: "whole number",
    float: "number",
    str: "text",
    SecretStr: "secret",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One field, in words. `default` is TOML, `None` where the setting must be given or is better left out.

    `table` is the model of a setting that is a table of settings by itself, `inner` what stands in it by default.
    """

    name: str
    kind: str
    default: str | None
    is_required: bool
    is_secret: bool
    table: type[BaseModel] | None
    inner: BaseModel | None
    description: str
    example: str | None = None


def settings(model: type[BaseModel], made: BaseModel | None = None) -> Iterator[Setting]:
    """The settings of a model, in the order in which it declares them; the defaults are those of `made`, if given."""
    for name, field in model.model_fields.items():
        default = getattr(made, name) if made else _default(field)
        yield Setting(
            name=name,
            kind=kind(field),
            default=toml(default),
            is_required=field.is_required(),
            is_secret=SecretStr in _kinds(field.annotation),
            table=next((each for each in _kinds(field.annotation) if _is_table(each)), None),
            inner=default if isinstance(default, BaseModel) else None,
            description=field.description or "",
            example=toml(field.examples[0]) if field.examples else None,
        )


def _default(field: FieldInfo) -> Any:
    return None if field.is_required() else field.get_default(call_default_factory=True, validated_data={})


def kind(field: FieldInfo) -> str:
    """What may be written: `whole number, at least 1`."""
    words = " or ".join(dict.fromkeys(_word(each) for each in _kinds(field.annotation) if each is not type(None)))
    bounds = [bound for each in field.metadata for bound in _bounds(each)]
    return ", ".join([words, *bounds])


def _bounds(constraint: object) -> Iterator[str]:
    for attribute, words in (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than")):
        limit = getattr(constraint, attribute, None)
        if limit is not None:
            yield f"{words} {limit}"


def _kinds(annotation: Any) -> tuple[Any, ...]:
    """The alternatives of a union."""
    if get_origin(annotation) is Annotated:
        return _kinds(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return tuple(kind for each in get_args(annotation) for kind in _kinds(each))
    return (annotation,)


def _word(kind_: Any) -> str:
    origin, inner = get_origin(kind_), get_args(kind_)
    if origin in MANY:
        return f"list of {_word(_kinds(inner[0])[0])}" if inner else "list"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, value = (_word(_kinds(each)[0]) for each in inner)
        return f"table from {key} to {value}"
    if _is_enum(kind_):
        return f"{kind_.__name__.lower()} word" if len(kind_) > LISTED else _listed(kind_)
    if _is_table(kind_):
        return "table"
    return WORDS.get(kind_, getattr(kind_, "__name__", str(kind_)).lower())


def _is_table(kind_: Any) -> bool:
    return isinstance(kind_, type) and issubclass(kind_, BaseModel)


def _is_enum(kind_: Any) -> TypeGuard[type[Enum]]:
    return isinstance(kind_, type) and issubclass(kind_, Enum)


def _listed(words: type[Enum]) -> str:
    return "/".join(f"`{word.value}`" for word in words)


def toml(value: Any) -> str | None:
    """A value as TOML in one line; `None` where TOML has no word for it."""
    value = value.value if isinstance(value, Enum) else value
    match value:
        case BaseModel() | Mapping():
            return _table(dict(cast(Mapping[Any, Any], value)))
        case set() | frozenset():
            return toml(sorted(cast(frozenset[Any], value), key=_place))
        case list() | tuple():
            return "[" + ", ".join(toml(each) or '""' for each in cast(tuple[Any, ...], value)) + "]"
        case bool() | str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            if isinstance(value, int):
                return str(value)
            return f"{value:g}" if isinstance(value, float) else None


def _table(value: Mapping[Any, Any]) -> str:
    pairs = [f"{toml_key(key)} = {toml(each)}" for key, each in value.items() if toml(each) is not None]
    return "{ " + ", ".join(pairs) + " }" if pairs else "{}"


def toml_key(key: Any) -> str:
    """A key as TOML: bare where that is possible."""
    word = str(key.value if isinstance(key, Enum) else key)
    return word if word.replace("-", "").replace("_", "").isalnum() and word.isascii() else json.dumps(word)


def _place(word: Any) -> tuple[int, str]:
    """Words of an enumeration in its own order, others by the alphabet."""
    return (list(type(word)).index(word) if isinstance(word, Enum) else 0, str(word))
