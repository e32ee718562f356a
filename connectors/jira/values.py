"""Single values of an issue: numbers, options, scores. `EMPTY` where the field is there, `None` where it is not."""

import math
import re
from collections.abc import Iterable, Iterator

from backlint.connectors.jira.fields import FRAMEWORKS, FieldMap, Meaning
from backlint.connectors.jira.payload import is_object, listed, part
from backlint.markup import Markup, to_markdown
from backlint.model import EMPTY, Estimate, Framework, Moscow, Score, Unit
from backlint.model.words import Empty
from backlint.transport import Json

SECONDS_PER_HOUR = 3600

TIME_FIELDS = {"timeoriginalestimate", "timeestimate", "aggregatetimeoriginalestimate"}

_MOSCOW = (
    (Moscow.MUST, re.compile(r"must", re.IGNORECASE)),
    (Moscow.SHOULD, re.compile(r"should", re.IGNORECASE)),
    (Moscow.COULD, re.compile(r"could", re.IGNORECASE)),
    (Moscow.WONT, re.compile(r"won'?t|will not|would", re.IGNORECASE)),
)


def estimate(values: Json, fields: FieldMap) -> Estimate | Empty | None:
    """What the team thinks the item weighs: of several fields, the first that is filled, the board's own first."""
    is_there = False
    for id_ in fields.of(Meaning.POINTS):
        is_there = is_there or id_ in values
        number = as_number(values.get(id_))
        if number is not None and number >= 0:
            is_time = id_ in TIME_FIELDS
            return Estimate(value=number / SECONDS_PER_HOUR, unit=Unit.HOURS) if is_time else Estimate(value=number)
    return EMPTY if is_there else None


def score(values: Json, fields: FieldMap) -> Score | Empty | None:
    """The value score of the framework that this site has fields for; the fullest, where there are several."""
    scores = [it for it in (_score(values, fields, framework) for framework in fields.frameworks) if it is not None]
    filled = [it for it in scores if isinstance(it, Score)]
    if filled:
        return max(filled, key=lambda it: (it.stored is not None, len(it.inputs)))
    return EMPTY if scores else None


def _score(values: Json, fields: FieldMap, framework: Framework) -> Score | Empty | None:
    stored_in, made_of = FRAMEWORKS[framework]
    if not any(id_ in values for meaning in (stored_in, *made_of) for id_ in fields.of(meaning)):
        return None
    stored = _first(values, fields.of(stored_in))
    found = {meaning.value: _first(values, fields.of(meaning)) for meaning in made_of}
    inputs = {name: number for name, number in found.items() if number is not None}
    return Score(framework=framework, stored=stored, inputs=inputs) if inputs or stored is not None else EMPTY


def moscow(values: Json, fields: FieldMap) -> Moscow | Empty | None:
    """The MoSCoW class."""
    is_there = False
    for id_ in fields.of(Meaning.MOSCOW):
        is_there = is_there or id_ in values
        for option in options(values.get(id_)):
            for word, pattern in _MOSCOW:
                if pattern.match(option.strip()):
                    return word
    return EMPTY if is_there else None


def criteria(values: Json, fields: FieldMap) -> str | Empty | None:
    """What stands in the fields for acceptance criteria: prose, or the lines of a checklist."""
    is_there = False
    for id_ in fields.of(Meaning.CRITERIA):
        is_there = is_there or id_ in values
        text = prose(values.get(id_))
        if text and text.strip():
            return text
    return EMPTY if is_there else None


def prose(value: Json) -> str | None:
    """Text of a field as Markdown: ADF, wiki markup, or a checklist with the state of its lines."""
    if value is None:
        return None
    if part(value).get("type") == "doc":
        return to_markdown(value, Markup.ADF)
    if isinstance(value, str):
        return to_markdown(value, Markup.JIRA_WIKI)
    return "\n".join(_checklist(listed(value) or [value]))


def _checklist(lines: Iterable[Json]) -> Iterator[str]:
    for line in lines:
        if is_object(line):
            is_done = any(line.get(key) is True for key in ("checked", "done", "isChecked"))
            text = next((str(line[key]) for key in ("name", "value", "text", "summary") if line.get(key)), "")
        else:
            is_done, text = False, str(line)
        if text:
            yield f"- [{'x' if is_done else ' '}] {text}"


def options(value: Json) -> list[str]:
    """The words of a select list, of several, of a cascading one, or of a plain string."""
    if isinstance(value, list):
        return [word for one in listed(value) for word in options(one)]
    if is_object(value):
        said = value.get("value") or value.get("name") or value.get("title")
        return [str(said)] if said else []
    return [value] if isinstance(value, str) and value else []


def as_number(value: Json) -> float | None:
    """A number, also one that stands in a select list or in a string; `None` if it is none, or infinite."""
    said = next(iter(options(value)), None) if isinstance(value, dict | list) else value
    if isinstance(said, bool) or said is None:
        return None
    try:
        number = float(said)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _first(values: Json, ids: Iterable[str]) -> float | None:
    return next((number for number in (as_number(values.get(id_)) for id_ in ids) if number is not None), None)
