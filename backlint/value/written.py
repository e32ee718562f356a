"""Scores that people write where the tracker has no field for them: in the text, or as labels.

A text holds a line or a list that names the inputs of one framework, with or without the framework's own name:

    RICE: reach 500, impact 2, confidence 80 %, effort 3

    ## WSJF
    - Value: 8
    - Urgency: 5
    - Risk: 3
    - Size: 5

It is read only when all inputs of a framework are there: a single "impact: high" is prose. MoSCoW is read from labels
such as `must`, `moscow: should` or `MoSCoW/Could have`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from backlint.model import Item, Moscow, Score
from backlint.value.frameworks import FRAMEWORKS

_SYNONYMS: Mapping[str, str] = {
    "business value": "value",
    "user value": "value",
    "time criticality": "urgency",
    "risk reduction": "risk",
    "opportunity enablement": "risk",
    "job size": "size",
    "job duration": "size",
    "cost of delay": "cost",
}
_INPUTS = sorted({*_SYNONYMS, *(name for formula in FRAMEWORKS.values() for name in formula.scales)}, key=len)[::-1]
_INPUT = re.compile(
    rf"(?<![\w-])(?P<name>{'|'.join(map(re.escape, _INPUTS))})\W{{0,6}}?[\s:=|*]\W{{0,4}}?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:[.,]\d+)?)(?P<thousand>k\b)?",
    re.IGNORECASE,
)
_SPELLED: Mapping[str, tuple[str, ...]] = {
    name: (name, *(word for word, meant in _SYNONYMS.items() if meant == name))
    for formula in FRAMEWORKS.values()
    for name in formula.scales
}
"""How each input may be written."""

_LONGEST = 50_000
"""A score stands in a text that a person wrote; a log of a megabyte is not searched for one."""

_MOSCOW = re.compile(r"(?:moscow\W+|priority\W+)?(?P<word>must|should|could|wont|won.t)(?:[\s_-]*have)?", re.IGNORECASE)


def with_written_value(item: Item) -> Item:
    """The item with the score and the class that it carries in its text and labels; a field that is filled wins.

    A closed item stays as it is: nobody puts it in order any more, and most items are closed.
    """
    if not item.is_open:
        return item
    score = item.score if isinstance(item.score, Score) else score_in(item.body or "") or item.score
    moscow = item.moscow if isinstance(item.moscow, Moscow) else moscow_in(item.labels or ()) or item.moscow
    if score is item.score and moscow is item.moscow:
        return item
    return replace(item, score=score, moscow=moscow)


def score_in(body: str) -> Score | None:
    """The first framework all of whose inputs the text gives."""
    searched = body[:_LONGEST]
    if not _names_all_inputs(searched.casefold()):
        return None
    given: dict[str, float] = {}
    for found in _INPUT.finditer(searched):
        name = found["name"].casefold()
        given.setdefault(_SYNONYMS.get(name, name), _number(found["number"]) * (1000 if found["thousand"] else 1))
    for framework, formula in FRAMEWORKS.items():
        if all(name in given for name in formula.scales):
            return Score(framework=framework, inputs={name: given[name] for name in formula.scales})
    return None


def _names_all_inputs(text: str) -> bool:
    """Whether all inputs of a framework are named at all.

    Nearly no text does that, and words are looked for ten times as fast as patterns.
    """
    return any(
        all(any(word in text for word in _SPELLED[name]) for name in formula.scales) for formula in FRAMEWORKS.values()
    )


def _number(digits: str) -> float:
    """A comma before three digits parts thousands, any other stands for a point."""
    return float(re.sub(r",(?=\d{3}(?:,|$))", "", digits).replace(",", "."))


def moscow_in(labels: Iterable[str]) -> Moscow | None:
    """The class that one label names; `None` where none does, or two disagree."""
    named = {_class(found["word"]) for label in labels if (found := _MOSCOW.fullmatch(label.strip()))}
    return named.pop() if len(named) == 1 else None


def _class(word: str) -> Moscow:
    return Moscow(re.sub(r"\W", "", word.casefold()))
