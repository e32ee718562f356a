"""The official descriptions of Jira, as a referee of every request and every answer.

They are wrong about real payloads in two known ways, and relaxed by these: everything may be null, and an answer may
hold more than is described (`oneOf` becomes `anyOf`, for alternatives overlap then). Formats are not checked, for Jira
writes times without a colon in their offset. Requests are held to the letter. Data Center's description calls the value
of every field an object, and gives the schema of an item where the answer is a list or a page of them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jsonschema_rs

from backlint.connectors.jira.payload import is_object, listed, part
from backlint.testing.fakes.jira import FakeJira
from backlint.transport.inprocess import Heard, Reply
from tests.shared import SHARED

Json = Any

SPECS = SHARED / "specs" / "jira"
CLOUD = ("jira-platform-v3.json", "jira-software.json")
SERVER = ("jira-software-dc-10.3-openapi.json",)
REF = "#/components/schemas/"
OPEN_MAP = {"type": ["object", "null"]}
PAGES = ("values", "issues")


def relaxed(schema: Json) -> Json:
    """The schema with everything nullable and open to more."""
    if isinstance(schema, list):
        return [relaxed(one) for one in listed(schema)]
    if not is_object(schema):
        return schema
    said: dict[str, Json] = {
        "anyOf" if key == "oneOf" else key: relaxed(value) for key, value in schema.items() if key != "example"
    }
    if said.get("additionalProperties") is False or said.get("additionalProperties") == OPEN_MAP:
        del said["additionalProperties"]
    if isinstance(said.get("type"), str):
        said["type"] = [said["type"], "null"]
    if isinstance(said.get("enum"), list):
        said["enum"] = [*said["enum"], None]
    return said


def _parts(schema: Json, spec: Mapping[str, Json], found: dict[str, Json]) -> dict[str, Json]:
    """The components that a schema needs, and no others: compiling all of them takes seconds."""
    for name in re.findall(rf'"{re.escape(REF)}([^"]+)"', json.dumps(schema)):
        if name not in found:
            found[name] = spec["components"]["schemas"][name]
            _parts(found[name], spec, found)
    return found


def validator(schema: Json, spec: Mapping[str, Json], *, is_relaxed: bool) -> jsonschema_rs.Draft7Validator:
    parts = _parts(schema, spec, {})
    whole = {"allOf": [schema], "components": {"schemas": parts}}
    return jsonschema_rs.Draft7Validator(relaxed(whole) if is_relaxed else whole, validate_formats=False)


@cache
def spec(name: str) -> Mapping[str, Json]:
    found: Mapping[str, Json] = json.loads((SPECS / name).read_text())
    return found


@cache
def _operations(is_cloud: bool) -> list[tuple[re.Pattern[str], str, str, str, Json]]:
    """Pattern, method, template, specification, operation; what has no parameter in its path comes first."""
    found: list[tuple[re.Pattern[str], str, str, str, Json]] = []
    for name in CLOUD if is_cloud else SERVER:
        for path, methods in spec(name)["paths"].items():
            full = path if is_cloud else f"/rest{path}"
            pattern = re.compile(re.sub(r"\{[^}]+\}", "[^/]+", full))
            found += [(pattern, verb.upper(), full, name, op) for verb, op in methods.items() if isinstance(op, dict)]
    return sorted(found, key=lambda it: it[2].count("{"))


@cache
def operation(is_cloud: bool, method: str, path: str) -> tuple[str, str, Json]:
    """The template, the specification and the operation behind a request."""
    asked = path.replace("/rest/api/2/", "/rest/api/3/") if is_cloud else path
    for pattern, verb, template, name, op in _operations(is_cloud):
        if verb == method and pattern.fullmatch(asked):
            return template, name, op
    raise AssertionError(f"{method} {path} is in no description of Jira")


@cache
def _answers(
    is_cloud: bool, method: str, template: str, status: str
) -> tuple[Json, jsonschema_rs.Draft7Validator] | None:
    _, name, op = operation(is_cloud, method, template.replace("{", "").replace("}", ""))
    schema = part(op, "responses", status, "content", "application/json").get("schema")
    return (schema, validator(schema, spec(name), is_relaxed=True)) if schema else None


@cache
def _bodies(is_cloud: bool, method: str, template: str) -> jsonschema_rs.Draft7Validator:
    _, name, op = operation(is_cloud, method, template.replace("{", "").replace("}", ""))
    schema = op["requestBody"]["content"]["application/json"]["schema"]
    return validator(schema, spec(name), is_relaxed=False)


def _things(answer: Json, schema: Json, *, is_cloud: bool) -> Iterator[Json]:
    """What the schema is about: the answer, or on Data Center what the list or page holds."""
    if is_cloud or (isinstance(answer, dict) and schema.get("$ref", "").endswith("ResultsBean")):
        yield answer
    elif isinstance(answer, list):
        yield from answer
    else:
        whole: list[Json] = [answer]
        yield from next((listed(answer, name) for name in PAGES if name in answer), whole)


class Referee:
    """Stands before a site; raises `AssertionError` at the first request or answer that is not as described."""

    def __init__(self, jira: FakeJira) -> None:
        self.jira = jira
        self.requests = 0
        self.answers = 0

    def __call__(self, heard: Heard) -> Reply:
        path = unquote(self._path(heard))
        template, _, op = operation(self.jira.is_cloud, heard.method, path)
        self._check_request(heard, template, op)
        reply = self.jira(heard)
        if reply is self.jira.last_own_reply:
            self._check_answer(heard, template, reply)
        return reply

    def _path(self, heard: Heard) -> str:
        return "/rest/" + urlsplit(heard.url).path.partition("/rest/")[2]

    def _check_request(self, heard: Heard, template: str, op: Json) -> None:
        self.requests += 1
        known = {it["name"] for it in op.get("parameters") or () if it.get("in") == "query"}
        asked = set(parse_qs(urlsplit(heard.url).query))
        assert asked <= known, f"{heard.method} {template} knows no {asked - known}"
        needed = {it["name"] for it in op.get("parameters") or () if it.get("in") == "query" and it.get("required")}
        assert needed <= asked, f"{heard.method} {template} needs {needed - asked}"
        if heard.body:
            errors = [
                error.message
                for error in _bodies(self.jira.is_cloud, heard.method, template).iter_errors(json.loads(heard.body))
            ]
            assert not errors, f"{heard.method} {template}: {errors[:3]}"

    def _check_answer(self, heard: Heard, template: str, reply: Reply) -> None:
        found = _answers(self.jira.is_cloud, heard.method, template, str(reply.status))
        if found is None:
            return
        schema, judge = found
        for thing in _things(json.loads(reply.body), schema, is_cloud=self.jira.is_cloud):
            self.answers += 1
            errors = [f"{list(error.instance_path)}: {error.message[:200]}" for error in judge.iter_errors(thing)]
            assert not errors, f"the answer to {heard.method} {template}: {errors[:3]}"
