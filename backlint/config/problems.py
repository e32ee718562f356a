"""What is wrong with a configuration, one line each: file, line, key, what was expected, the nearest right word.

A value is never shown: it may be a token that stands in the wrong place.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from backlint.config.layers import Layers
from backlint.config.places import Path
from backlint.config.spelling import did_you_mean
from backlint.config.spoken import model_in
from backlint.errors import ConfigError
from backlint.safe import visible

SORTS: Sequence[tuple[type | tuple[type, ...], str]] = (
    (bool, "true or false"),
    ((int, float), "a number"),
    (str, "text"),
    ((list, tuple), "a list"),
    (Mapping, "a table"),
)


class Problems:
    """Gathers everything that is wrong, so that a person mends it in one go."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self._lines: dict[str, None] = {}

    def add(self, path: Path, said: str) -> None:
        """One thing that is wrong there."""
        self._lines[visible(f"{self._layers.where(path)}: {said}")] = None

    def add_unknown(self, path: Path, known: Sequence[str]) -> None:
        """A key that nobody knows."""
        self.add(path, f"unknown setting; {did_you_mean(path[-1], known)}")

    def add_all(self, error: ValidationError, model: type[BaseModel], above: Path) -> None:
        """Everything that pydantic holds against a table."""
        expected: dict[Path, list[str]] = {}
        for told in error.errors(include_url=False, include_context=False):
            loc = tuple(map(str, told["loc"]))
            if told["type"] == "extra_forbidden":
                self.add_unknown(above + loc, _fields(model, loc[:-1]))
            elif told["type"] == "missing":
                self.add(above + loc, _missing(model, loc))
            else:
                path = self._held(above, loc)
                expected.setdefault(path, []).append(_expected(told["msg"], told["type"], told["input"]))
        for path, said in expected.items():
            self.add(path, ", or ".join(dict.fromkeys(said)))

    @property
    def error(self) -> ConfigError:
        """All of it, one line each."""
        return ConfigError("\n".join(self._lines))

    def raise_any(self) -> None:
        """Raise `ConfigError` if anything is wrong."""
        if self._lines:
            raise self.error

    def _held(self, above: Path, loc: Path) -> Path:
        """The part of a location that stands in the configuration: pydantic also names the branches of a union."""
        path = above
        for part in loc:
            if self._layers.owner((*path, part)):
                path = (*path, part)
        return path


def _expected(message: str, kind: str, value: Any) -> str:
    said = message.removeprefix("Value error, ").partition(", unable to")[0]
    said = (
        said.replace("Input should be", "should be").replace("a valid dictionary", "a table").replace("a valid ", "a ")
    )
    sort = next((word for types, word in SORTS if isinstance(value, types)), "")
    tells_sort = kind.endswith(("_type", "_parsing"))
    return f"{said}, not {sort}" if sort and tells_sort else said


def _missing(model: type[BaseModel], loc: Path) -> str:
    field = _model_at(model, loc[:-1]).model_fields.get(loc[-1])
    what = field.description if field and field.description else ""
    return f"is missing. {what}".rstrip()


def _fields(model: type[BaseModel], loc: Path) -> tuple[str, ...]:
    return tuple(_model_at(model, loc).model_fields)


def _model_at(model: type[BaseModel], loc: Path) -> type[BaseModel]:
    for part in loc:
        field = model.model_fields.get(part)
        model = (model_in(field.annotation) if field else None) or model
    return model
