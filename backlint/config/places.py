"""Where in a TOML file each key stands: `tomllib` gives values only, and an error without a line is a riddle."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str, ...]

_HEADER = re.compile(r"\s*\[{1,2}\s*(?P<key>[^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(
    r"""\s*(?P<key>(?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=(?P<rest>.*)""", re.DOTALL
)
_TOKEN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#|[\[{]|[\]}]')


def places(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every table and key of a valid TOML document.

    The tables of an array (`[[overrides]]`) are told apart by their number, from 0, as a part of the path.
    """
    found: dict[Path, int] = {}
    lengths: dict[Path, int] = {}
    table: Path = ()
    for number, line in _statements(text):
        if header := _HEADER.match(line):
            name = _parts(header["key"])
            if line.lstrip().startswith("[["):
                array = _numbered(name[:-1], lengths) + name[-1:]
                lengths[array] = lengths.get(array, 0) + 1
            table = _numbered(name, lengths)
            key = table
        elif said := _KEY.match(line):
            key = table + _parts(said["key"])
        else:
            continue
        for length in range(1, len(key) + 1):
            found.setdefault(key[:length], number)
    return found


def _numbered(name: Path, lengths: Mapping[Path, int]) -> Path:
    """The path with the number of the last table after each part that is an array."""
    path: Path = ()
    for part in name:
        path = (*path, part)
        if path in lengths:
            path = (*path, str(lengths[path] - 1))
    return path


def _parts(dotted: str) -> Path:
    """The parts of `a."b.c".d`; a key that is no key gives none."""
    try:
        value: dict[str, Any] = tomllib.loads(f"{dotted} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    parts: list[str] = []
    while value:
        (key,) = value
        parts.append(key)
        value = value[key]
    return tuple(parts)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The lines on which a statement begins: those inside a long string or an open bracket are left out."""
    depth, quote = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if not depth and not quote:
            yield number, line
            if _HEADER.match(line):
                continue
        depth, quote = _open_after(line, depth, quote)


def _open_after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """How many brackets are open after the line, and which long quote."""
    position = 0
    while True:
        if quote:
            end = line.find(quote, position)
            if end < 0:
                return depth, quote
            position, quote = end + 3, ""
        token = _TOKEN.search(line, position)
        if token is None or token[0] == "#":
            return depth, ""
        position = token.end()
        if token[0] in {'"""', "'''"}:
            quote = token[0]
        elif token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth = max(depth - 1, 0)
