"""What columns, issue fields, labels, titles and bodies say of an item, in backlint's words.

Each question is put to every place in turn. The answer is the first value that is found; `EMPTY` where some place
could hold one and none does; `None` where there is no such place.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from backlint.connectors.github import words
from backlint.connectors.github.bodies import in_body
from backlint.connectors.github.settings import Columns
from backlint.model import EMPTY, Estimate, Framework, Kind, Moscow, Priority, Score, Stage
from backlint.model.words import Empty

T = TypeVar("T")
Held = str | float | tuple[str, ...]
"""What a column or an issue field holds; several for a multi-select."""

TITLE_PREFIX = re.compile(r"^\s*(?:\[(?P<tag>[^\]]{1,30})\]|(?P<word>[A-Za-z][\w -]{0,29}?)(?:\([^)]{1,30}\))?!?:)")
NUMBER = re.compile(r"(?<![\w.])\d{1,4}(?:\.\d{1,2})?(?![\w.])")

PRIORITY_SCOPES = {"priority", "prio", "severity", "urgency"}
PRIORITY_LABEL = re.compile(r"p[0-5]")
ESTIMATE_SCOPES = {"points", "point", "estimate", "story points", "sp", "effort", "size", "pts"}
KIND_SCOPES = {"type", "kind", "t", "category"}
STATUS_SCOPES = {"status", "state", "stage"}


@dataclass(frozen=True)
class Sources:
    """What one item says of itself. `held` is by name, with `EMPTY` for what is there and not filled."""

    title: str
    body: str
    labels: Sequence[str]
    held: Mapping[str, Held | Empty] = field(default_factory=dict[str, Held | Empty])
    type: str | None = None


def first_said(answers: Iterable[T | Empty | None]) -> T | Empty | None:
    """The first value; else `EMPTY` if any place is empty; else `None`."""
    is_empty = False
    for answer in answers:
        if answer is EMPTY:
            is_empty = True
        elif answer is not None:
            return answer
    return EMPTY if is_empty else None


@dataclass(frozen=True)
class Meaning:
    """The team's settings, and the words that its repositories and projects use.

    `labels` are all labels that exist, whether or not an item carries them; `options` the choices of every
    single-select column or field, in the tracker's order.
    """

    columns: Columns
    kinds: Mapping[str, Kind]
    stages: Mapping[str, Stage]
    priorities: Sequence[str]
    sizes: Mapping[str, float]
    labels: frozenset[str] = frozenset()
    options: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    def kind(self, item: Sources) -> tuple[Kind, str | None]:
        """The kind, and the tracker's word for it: by issue type, then column, then labels, then title."""
        for word in (item.type, self._text(item, self.columns.kind)):
            if word:
                return self.kind_of(word) or Kind.UNKNOWN, word
        for label in item.labels:
            if kind := self.kind_of(label):
                return kind, label
        found = TITLE_PREFIX.match(item.title)
        prefix = (found["tag"] or found["word"]) if found else ""
        kind = self._kind(prefix) or words.COMMITS.get(words.plain(prefix))
        return (kind, prefix) if kind else (Kind.UNKNOWN, None)

    def kind_of(self, word: str) -> Kind | None:
        """What an issue type or a label means: `Bug`, `type: bug`; `None` where it is about something else."""
        scope, rest = words.scoped(word)
        return self._kind(word) or (self._kind(rest) if scope in KIND_SCOPES else None)

    def _kind(self, word: str) -> Kind | None:
        return self.kinds.get(word) or self.kinds.get(words.plain(word)) or words.KINDS.get(words.plain(word))

    def labels_about(self, what: str) -> frozenset[str]:
        """The labels that hold an estimate or a priority."""
        if what == "estimate":
            return self._estimate_labels
        return self._priority_labels if what == "priority" else frozenset()

    def is_explained(self, status: str) -> bool:
        """Whether somebody said what a status means, or its name is a usual one."""
        return self._stage(status) is not None

    def stage(self, word: str) -> Stage | None:
        """What a status means; one that nobody explained means what the one before it in its column does."""
        known = self._stage(word)
        choices = next((self.options[name] for name in self.columns.status if word in self.options.get(name, ())), ())
        for before in reversed(choices[: choices.index(word)] if word in choices else ()):
            known = known or self._stage(before)
        return known

    def _stage(self, word: str) -> Stage | None:
        return self.stages.get(word) or self.stages.get(words.plain(word)) or words.STAGES.get(words.plain(word))

    def status(self, item: Sources) -> str | None:
        """The tracker's own word for where the item stands: the status column, else a label that says it."""
        named = self._text(item, self.columns.status)
        if named:
            return named
        for label in item.labels:
            scope, rest = words.scoped(label)
            if label in self.stages or (scope in STATUS_SCOPES and self.stage(rest)):
                return label if label in self.stages else rest
        return None

    def estimate(self, item: Sources) -> Estimate | Empty | None:
        """How large it is."""
        return first_said(
            (
                self._number(self._held(item, self.columns.estimate)),
                self._labelled_estimate(item),
                _written_number(in_body(item.body, self.columns.estimate)),
            )
        )

    def _number(self, held: Held | Empty | None) -> Estimate | Empty | None:
        if held is None or isinstance(held, Empty):
            return held
        if isinstance(held, tuple):
            held = " ".join(held)
        if isinstance(held, str):
            sized = self.sizes.get(held, self.sizes.get(held.strip().upper()))
            found = NUMBER.search(held)
            held = sized if sized is not None else float(found[0]) if found else -1
        return Estimate(value=held) if held >= 0 else EMPTY

    def _labelled_estimate(self, item: Sources) -> Estimate | Empty | None:
        for label in item.labels:
            if (value := self._points(label)) is not None:
                return Estimate(value=value)
        return EMPTY if self._estimate_labels else None

    @cached_property
    def _estimate_labels(self) -> frozenset[str]:
        return frozenset(label for label in self.labels if self._points(label) is not None)

    def _points(self, label: str) -> float | None:
        scope, rest = words.scoped(label)
        if scope in ESTIMATE_SCOPES:
            found = NUMBER.fullmatch(rest)
            return float(found[0]) if found else self.sizes.get(rest.upper())
        parts = rest.split()
        is_counted = len(parts) == 2 and parts[1] in ESTIMATE_SCOPES and NUMBER.fullmatch(parts[0])  # noqa: PLR2004
        return float(parts[0]) if is_counted else None

    def priority(self, item: Sources) -> Priority | Empty | None:
        """How urgent it is, as a level from 1."""
        return first_said(
            (
                self._ranked(self._held(item, self.columns.priority), self._choices(self.columns.priority)),
                self._labelled_priority(item),
                self._ranked(in_body(item.body, self.columns.priority), ()),
            )
        )

    def _ranked(self, held: Held | Empty | None, choices: Sequence[str]) -> Priority | Empty | None:
        if held is None or isinstance(held, Empty):
            return held
        name = ", ".join(held) if isinstance(held, tuple) else held if isinstance(held, str) else f"{held:g}"
        level = self.level(name, choices)
        return None if level is None else Priority(level=level, name=name)

    def level(self, name: str, choices: Sequence[str]) -> int | None:
        """The place of a priority among the choices, 1 the highest.

        By the team's own list; else by what the words mean if all are known (a list may begin with the lowest); else
        by their order in the tracker.
        """
        if name in self.priorities:
            return self.priorities.index(name) + 1
        tiers = {choice: tier for choice in {name, *choices} if (tier := words.tier(choice)) is not None}
        if len(tiers) == len({name, *choices}):
            return sorted({*tiers.values()}).index(tiers[name]) + 1
        return choices.index(name) + 1 if name in choices else None

    def _labelled_priority(self, item: Sources) -> Priority | Empty | None:
        for label in item.labels:
            if self._is_priority(label):
                ranks = {one: words.scoped(one)[1] for one in {*self._priority_labels, label}}
                level = (
                    self.level(label, ()) if label in self.priorities else self.level(ranks[label], [*ranks.values()])
                )
                return None if level is None else Priority(level=level, name=label)
        return EMPTY if self._priority_labels else None

    @cached_property
    def _priority_labels(self) -> frozenset[str]:
        return frozenset(label for label in self.labels if self._is_priority(label))

    def _is_priority(self, label: str) -> bool:
        scope, rest = words.scoped(label)
        is_scoped = scope in PRIORITY_SCOPES and words.tier(rest) is not None
        return label in self.priorities or is_scoped or bool(PRIORITY_LABEL.fullmatch(rest) and not scope)

    def moscow(self, item: Sources) -> Moscow | Empty | None:
        """Must, Should, Could or Won't."""
        held = self._held(item, self.columns.moscow)
        if isinstance(held, str):
            held = next((word for word in words.MOSCOW if words.plain(held).startswith(word)), None) or EMPTY
        by_column = words.MOSCOW.get(held) if isinstance(held, str) else EMPTY if held is EMPTY else None
        by_label = next((found for label in item.labels if (found := _moscow(label))), None)
        return first_said((by_column, by_label, EMPTY if self._has_moscow_labels else None))

    @cached_property
    def _has_moscow_labels(self) -> bool:
        return any(_moscow(label) for label in self.labels)

    def due(self, item: Sources) -> date | Empty | None:
        """When it must be done."""
        held = self._held(item, self.columns.due)
        if not isinstance(held, str):
            return EMPTY if held is EMPTY else None
        try:
            return date.fromisoformat(held[:10])
        except ValueError:
            return None

    def score(self, item: Sources) -> Score | Empty | None:
        """What the prioritisation framework gives, with what it is made of."""
        name = next((name for name in self.columns.score if name in item.held), None)
        held = item.held[name] if name else None
        inputs = {word: item.held[column] for word, column in self.columns.inputs.items() if column in item.held}
        framework = self.columns.framework or _framework(name)
        if framework is None or (held is None and not inputs):
            return None
        numbers = {word: float(value) for word, value in inputs.items() if isinstance(value, float | int)}
        stored = float(held) if isinstance(held, float | int) else None
        if stored is None and not numbers:
            return EMPTY
        return Score(framework=framework, stored=stored, inputs=numbers)

    def _held(self, item: Sources, names: Sequence[str]) -> Held | Empty | None:
        return first_said(item.held.get(name) for name in names)

    def _text(self, item: Sources, names: Sequence[str]) -> str | None:
        held = self._held(item, names)
        return held if isinstance(held, str) and held else None

    def _choices(self, names: Sequence[str]) -> Sequence[str]:
        return next((self.options[name] for name in names if name in self.options), ())


def _written_number(held: str | Empty | None) -> Estimate | Empty | None:
    """An estimate that stands in a body; any other answer there (`Effort: see below`) says nothing."""
    if not isinstance(held, str):
        return held
    found = NUMBER.match(held)
    return Estimate(value=float(found[0])) if found else None


def _moscow(label: str) -> Moscow | None:
    scope, rest = words.scoped(label)
    word = rest.removesuffix(" have") if rest.endswith(" have") or scope == "moscow" else ""
    return words.MOSCOW.get(word)


def _framework(name: str | None) -> Framework | None:
    word = words.plain(name or "").removesuffix(" score").replace(" ", "-")
    return Framework(word) if word in {*Framework} else None
