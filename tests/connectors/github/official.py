"""GitHub's own descriptions: GraphQL is executed from its schema, REST is held against its OpenAPI."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, cast

import jsonschema_rs
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    build_ast_schema,
    execute_sync,  # pyright: ignore[reportUnknownVariableType] - graphql-core leaves it half typed
    parse,
    validate,
)

from tests.shared import SHARED

SPECS = SHARED / "specs" / "github"
UNKNOWN = re.compile(r"Cannot query field '(\w+)' on type '(\w+)'")


@cache
def _tree() -> DocumentNode:
    return parse((SPECS / "github-public-schema-2026-06-26.graphql").read_text(), no_location=True)


@cache
def schema(*lacking: str) -> GraphQLSchema:
    """GitHub's schema, without some fields (`Issue.blockedBy`), types or enum values: an older server's."""
    kept = [node for part in _tree().definitions if (node := _without(part, frozenset(lacking)))]
    return build_ast_schema(DocumentNode(definitions=tuple(kept)), assume_valid=True, assume_valid_sdl=True)


def _without(part: Any, lacking: frozenset[str]) -> Any:
    """A definition without what is lacking, nor what speaks of it; `None` if it is lacking itself."""
    name = getattr(getattr(part, "name", None), "value", None)
    if name in lacking:
        return None
    made = part.__copy__()
    for key in ("fields", "values", "types"):
        members = getattr(part, key, None)
        if members and lacking:
            kept = (each for each in members if not _speaks_of(each, f"{name}.", lacking))
            setattr(made, key, tuple(kept))
    return made


def _speaks_of(member: Any, owner: str, lacking: frozenset[str]) -> bool:
    if owner + member.name.value in lacking:
        return True
    named = getattr(member, "type", member)
    while hasattr(named, "type"):
        named = named.type
    takes = (argument for argument in getattr(member, "arguments", None) or ())
    return named.name.value in lacking or any(_speaks_of(each, owner, lacking) for each in takes)


def executor(*lacking: str) -> Callable[[str, Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]:
    """Execute documents as GitHub does: checked against its schema first, errors in its shape."""

    def execute(text: str, variables: Mapping[str, Any], root: Mapping[str, Any]) -> dict[str, Any]:
        document, errors = _read(text, lacking)
        if errors:
            return {"errors": [_refusal(error) for error in errors]}
        result = execute_sync(schema(*lacking), document, root, variable_values=dict(variables))
        told: dict[str, Any] = {"data": result.data}
        return told | ({"errors": [_partial(error) for error in result.errors]} if result.errors else {})

    return execute


@cache
def _read(text: str, lacking: tuple[str, ...]) -> tuple[DocumentNode, list[GraphQLError]]:
    document = parse(text)
    return document, validate(schema(*lacking), document)


def _refusal(error: GraphQLError) -> dict[str, Any]:
    found = UNKNOWN.search(error.message)
    if not found:
        return {"message": error.message}
    named = {"code": "undefinedField", "typeName": found[2], "fieldName": found[1]}
    return {"message": f"Field '{found[1]}' doesn't exist on type '{found[2]}'", "extensions": named}


def _partial(error: GraphQLError) -> dict[str, Any]:
    kind = getattr(error.original_error, "kind", None)
    return {"type": kind, "message": error.message, "path": error.path}


@cache
def described() -> Any:
    """GitHub's description of REST for issues and projects."""
    return json.loads((SPECS / "github-issues-subset.openapi.json").read_text())


@cache
def validator(name: str) -> jsonschema_rs.Validator:
    """What a component of the description demands; `nullable` is written as JSON Schema says it."""
    components = _nullable(described()["components"])
    return jsonschema_rs.validator_for({"$ref": f"#/components/schemas/{name}", "components": components})


def _nullable(node: Any) -> Any:
    if isinstance(node, list):
        return [_nullable(each) for each in cast("Sequence[Any]", node)]
    if not isinstance(node, dict):
        return node
    members = cast("Mapping[str, Any]", node).items()
    made: dict[str, Any] = {key: _nullable(value) for key, value in members if key not in {"example", "examples"}}
    if made.pop("nullable", False):
        return {"anyOf": [made, {"type": "null"}]}
    return made
