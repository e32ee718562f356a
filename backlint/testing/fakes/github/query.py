"""Read a GraphQL document: just enough of the language for what the connector asks.

No directives, no default values of variables.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

TOKEN = re.compile(r'\.\.\.|[!$():=@\[\]{|}]|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|[_A-Za-z]\w*')


@dataclass(frozen=True)
class Variable:
    """A `$name`, to be filled when the document is executed."""

    name: str


@dataclass(frozen=True)
class Asked:
    """One field of a selection."""

    key: str
    name: str
    arguments: Mapping[str, Any]
    selection: "Selection"


@dataclass(frozen=True)
class OnType:
    """`... on Type { }`."""

    type: str
    selection: "Selection"


@dataclass(frozen=True)
class Spread:
    """`...Fragment`."""

    name: str


Selection = tuple[Asked | OnType | Spread, ...]


@dataclass(frozen=True)
class Document:
    """One query or mutation, and its fragments."""

    name: str
    selection: Selection
    fragments: Mapping[str, OnType]


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = TOKEN.findall(text)
        self._at = 0

    @property
    def ahead(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self) -> str:
        token = self.ahead
        self._at += 1
        return token

    def skip(self, token: str) -> bool:
        if self.ahead != token:
            return False
        self._at += 1
        return True

    def expect(self, token: str) -> None:
        if not self.skip(token):
            raise ValueError(f"expected {token}, found {self.ahead or 'the end'}")

    def until(self, token: str) -> Iterator[None]:
        while not self.skip(token):
            if not self.ahead:
                raise ValueError(f"expected {token}, found the end")
            yield


def parse(text: str) -> Document:
    """Parse a document of one operation. Raises `ValueError`."""
    reader = _Reader(text)
    name = ""
    selection: Selection = ()
    fragments: dict[str, OnType] = {}
    while reader.ahead:
        word = reader.take()
        if word == "fragment":
            fragment = reader.take()
            reader.expect("on")
            fragments[fragment] = OnType(reader.take(), _selection(reader))
        elif word in {"query", "mutation"}:
            name = reader.take() if reader.ahead not in {"(", "{"} else ""
            if reader.skip("("):
                for _ in reader.until(")"):
                    reader.take()
            selection = _selection(reader)
        else:
            raise ValueError(f"a query was expected, found {word}")
    return Document(name, selection, fragments)


def _selection(reader: _Reader) -> Selection:
    asked: list[Asked | OnType | Spread] = []
    reader.expect("{")
    for _ in reader.until("}"):
        if reader.skip("..."):
            spread = reader.take()
            asked.append(OnType(reader.take(), _selection(reader)) if spread == "on" else Spread(spread))
        else:
            asked.append(_field(reader))
    return tuple(asked)


def _field(reader: _Reader) -> Asked:
    key = name = reader.take()
    if reader.skip(":"):
        name = reader.take()
    arguments: dict[str, Any] = {}
    if reader.skip("("):
        for _ in reader.until(")"):
            argument = reader.take()
            reader.expect(":")
            arguments[argument] = _value(reader)
    return Asked(key, name, arguments, _selection(reader) if reader.ahead == "{" else ())


def _value(reader: _Reader) -> Any:
    word = reader.take()
    if word == "$":
        return Variable(reader.take())
    if word == "[":
        return [_value(reader) for _ in reader.until("]")]
    if word == "{":
        made: dict[str, Any] = {}
        for _ in reader.until("}"):
            key = reader.take()
            reader.expect(":")
            made[key] = _value(reader)
        return made
    return _literal(word)


def _literal(word: str) -> Any:
    if word.startswith('"'):
        return word[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    if word[0].isdigit() or word[0] == "-":
        return float(word) if "." in word else int(word)
    return {"true": True, "false": False, "null": None}.get(word, word)
