"""The JSON Schema of `backlint.toml`, for editors: the settings, and every plugin's fields in its place."""

from collections.abc import Iterable
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from backlint import catalog
from backlint.channel import Channel
from backlint.config import Settings, TeamSettings
from backlint.connector import Connector
from backlint.plugin import Plugin
from backlint.report import Report
from backlint.rule import Rule

Schema = dict[str, Any]
WHERE = "#/$defs/{model}"


def schema() -> Schema:
    """The whole schema, draft 2020-12."""
    kinds: tuple[type[Plugin], ...] = (Rule, Report, Connector, Channel)
    plugins = {kind: catalog.every(kind) for kind in kinds}
    models: list[type[BaseModel]] = [Settings, TeamSettings, *(each for found in plugins.values() for each in found)]
    named, whole = models_json_schema([(model, "validation") for model in models], ref_template=WHERE)
    refs: dict[type[BaseModel], Schema] = {model: named[model, "validation"] for model in models}
    definitions: dict[str, Schema] = whole["$defs"]
    top = _take(definitions, refs[Settings])
    team = definitions[_name(refs[TeamSettings])]
    for source in plugins[Connector]:
        team["properties"][source.name()] = {"anyOf": [refs[source], {"type": "array", "items": refs[source]}]}
    rules = _table(plugins[Rule], refs)
    override = definitions["OverrideSettings"]["properties"]
    override |= {"rules": rules, "ignore": _names_or_reasons(override["ignore"])}
    top["properties"] |= {
        "rules": rules,
        "reports": _table(plugins[Report], refs),
        "channels": _channels(plugins[Channel], definitions, refs),
        "teams": {"type": "object", "additionalProperties": refs[TeamSettings], "description": "The backlogs."},
        "ignore": _names_or_reasons(top["properties"]["ignore"]),
    }
    told: Schema = _steadied(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "backlint.toml",
            "description": "The configuration of backlint.",
            **{key: value for key, value in top.items() if key not in {"title", "description"}},
            "$defs": definitions,
        }
    )
    return told


def _steadied(schema: Any, *, in_default: bool = False) -> Any:
    """The same with the sets in the defaults of tables in one order, whatever order Python keeps them in today."""
    if isinstance(schema, dict):
        table = cast(Schema, schema)
        return {
            key: _steadied(value, in_default=in_default or (key == "default" and isinstance(value, dict)))
            for key, value in table.items()
        }
    if isinstance(schema, list):
        values = [_steadied(each, in_default=in_default) for each in cast(Iterable[Any], schema)]
        return sorted(values, key=str) if in_default else values
    return schema


def _table(plugins: tuple[type[Plugin], ...], refs: dict[type[BaseModel], Schema]) -> Schema:
    return {
        "type": "object",
        "properties": {plugin.name(): refs[plugin] | {"description": plugin.summary()} for plugin in plugins},
        "additionalProperties": False,
    }


def _channels(plugins: Iterable[type[Plugin]], definitions: Schema, refs: dict[type[BaseModel], Schema]) -> Schema:
    """Each under the name of its kind, or under any name with its kind."""
    kinds = {plugin.name(): refs[plugin] for plugin in plugins}
    for kind, ref in kinds.items():
        definitions[_name(ref)]["properties"]["kind"] = {"const": kind}
    return {
        "type": "object",
        "properties": kinds,
        "additionalProperties": {"required": ["kind"], "anyOf": [*kinds.values()]},
        "description": "Where reports are sent.",
    }


def _names_or_reasons(reasons: Schema) -> Schema:
    names = {"type": "array", "items": {"type": "string"}}
    table = {"type": "object", "additionalProperties": {"type": "string"}}
    return {"anyOf": [names, table], "description": reasons.get("description", "")}


def _name(ref: Schema) -> str:
    return str(ref["$ref"]).rpartition("/")[2]


def _take(definitions: dict[str, Schema], ref: Schema) -> Schema:
    return definitions.pop(_name(ref))
