"""Execute a document over the fake's own views, where graphql-core is not installed.

It resolves as graphql-core does by default: a member of a mapping, called with the arguments if it can be called.
What it does not do is to check the document against GitHub's schema; the tests do that with graphql-core.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from backlint.testing.fakes.github.connections import Refused
from backlint.testing.fakes.github.query import Asked, Document, OnType, Selection, Variable, parse

INTERFACES: Mapping[str, frozenset[str]] = {
    "ProjectV2FieldCommon": frozenset({"ProjectV2Field", "ProjectV2IterationField", "ProjectV2SingleSelectField"}),
    "IssueFieldCommon": frozenset(
        {"IssueFieldDate", "IssueFieldMultiSelect", "IssueFieldNumber", "IssueFieldSingleSelect", "IssueFieldText"}
    ),
    "ProjectV2Owner": frozenset({"Organization", "User"}),
    "Actor": frozenset({"Bot", "User", "Mannequin", "Organization"}),
}


class Walk:
    """One execution."""

    def __init__(self, document: Document, variables: Mapping[str, Any]) -> None:
        self._document = document
        self._variables = variables
        self.errors: list[dict[str, Any]] = []

    def select(self, source: Any, selection: Selection, path: tuple[str | int, ...] = ()) -> dict[str, Any]:
        """The members of an object that were asked for; fields that are asked for twice are merged."""
        merged: dict[str, tuple[Asked, list[Selection]]] = {}
        for asked in self._fields(source, selection):
            merged.setdefault(asked.key, (asked, []))[1].append(asked.selection)
        return {
            key: self._resolve(source, asked, sum(parts, ()), (*path, key)) for key, (asked, parts) in merged.items()
        }

    def _fields(self, source: Any, selection: Selection) -> Iterator[Asked]:
        for part in selection:
            if isinstance(part, Asked):
                yield part
                continue
            on = part if isinstance(part, OnType) else self._document.fragments[part.name]
            typename = source.get("__typename")
            if on.type == typename or typename in INTERFACES.get(on.type, ()):
                yield from self._fields(source, on.selection)

    def _resolve(self, source: Any, asked: Asked, selection: Selection, path: tuple[str | int, ...]) -> Any:
        value = source.get(asked.name)
        try:
            if callable(value):
                value = value(None, **{name: self._filled(given) for name, given in asked.arguments.items()})
        except Refused as refused:
            value = refused
        return self._complete(value, selection, path)

    def _complete(self, value: Any, selection: Selection, path: tuple[str | int, ...]) -> Any:
        if isinstance(value, Refused):
            self.errors.append({"type": value.kind, "path": list(path), "message": str(value)})
            return None
        if isinstance(value, list):
            rows = cast("Sequence[Any]", value)
            return [self._complete(one, selection, (*path, at)) for at, one in enumerate(rows)]
        if value is None or not selection:
            return value
        return self.select(value, selection, path)

    def _filled(self, given: Any) -> Any:
        if isinstance(given, Variable):
            return self._variables.get(given.name)
        if isinstance(given, list):
            return [self._filled(one) for one in cast("Sequence[Any]", given)]
        if isinstance(given, dict):
            return {key: self._filled(one) for key, one in cast("dict[str, Any]", given).items()}
        return given


def execute(text: str, variables: Mapping[str, Any], root: Mapping[str, Any]) -> dict[str, Any]:
    """Answer a document: `data`, and `errors` where there are any."""
    document = parse(text)
    walk = Walk(document, variables)
    data = walk.select(root, document.selection)
    return {"data": data, "errors": walk.errors} if walk.errors else {"data": data}
