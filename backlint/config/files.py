"""Find the configuration file, and read it with the line of every key."""

import tomllib
from collections.abc import Mapping
from pathlib import Path as File
from typing import Any

from backlint.config.layer import Layer
from backlint.config.places import Path, places
from backlint.config.spelling import canonical, respelt
from backlint.errors import ConfigError
from backlint.safe import visible

NAMES = ("backlint.toml", ".backlint.toml")
PYPROJECT = "pyproject.toml"
TOOL: Path = ("tool", "backlint")


def discover(start: File) -> File | None:
    """The nearest configuration file, upwards from a directory; nothing of those further up is merged in."""
    for directory in (start, *start.parents):
        for name in NAMES:
            if (directory / name).is_file():
                return directory / name
        if _is_ours(directory / PYPROJECT):
            return directory / PYPROJECT
    return None


def _is_ours(pyproject: File) -> bool:
    try:
        return b"[tool.backlint" in pyproject.read_bytes()
    except OSError:
        return False


def read(file: File, *, shown: str, is_committed: bool, above: tuple[File, ...] = ()) -> tuple[Layer, ...]:
    """The file's layer, and before it those of the files that it extends."""
    text = _text(file, shown)
    values = _parsed(text, shown)
    lines = places(text)
    if file.name == PYPROJECT:
        values = values.get("tool", {}).get("backlint", {})
        lines = {path[len(TOOL) :]: line for path, line in lines.items() if path[: len(TOOL)] == TOOL}
    by_name = {canonical(path): line for path, line in lines.items() if path}
    layer = Layer(shown, respelt(values), by_name, is_committed=is_committed)
    return (*_extended(file, layer, above), layer)


def _extended(file: File, layer: Layer, above: tuple[File, ...]) -> tuple[Layer, ...]:
    named = layer.values.get("extend")
    if not isinstance(named, str):
        return ()
    other, shown = (file.parent / named).resolve(), visible(named)
    chain = (*above, file.resolve())
    if other in chain:
        raise ConfigError(f"{layer.where(('extend',))}: {shown} extends this file in turn.")
    if not other.is_file():
        raise ConfigError(f"{layer.where(('extend',))}: there is no file {shown}.")
    return read(other, shown=shown, is_committed=layer.is_committed, above=chain)


def _text(file: File, shown: str) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{shown}:{line}: expected UTF-8 text.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name is no file name"
        raise ConfigError(f"{shown} cannot be read: {reason}.") from None


def _parsed(text: str, shown: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).rpartition(" (at ")
        number = place.partition("line ")[2].partition(",")[0]
        line = int(number) if number.isdecimal() else len(text.splitlines()) or 1
        raise ConfigError(f"{shown}:{line}: this is not TOML: {(reason or str(error)).lower()}.") from None
    except RecursionError:
        raise ConfigError(f"{shown}: this is not TOML that can be read: it is nested too deeply.") from None
