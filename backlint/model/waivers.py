"""Waivers: findings that a person accepted, on the item itself, with a reason and an end.

Three ways to write one, each standing where the team already looks:

- a line in the item's text or in a comment, `backlint: ignore[stale-item] waits for the audit until 2027-01-31`;
  several rules are parted by commas, a family's name stands for all its rules, and `backlint: ignore` for everything;
- the label `backlint:ignore:stale-item`;
- the label `backlint:ignore`.

Where the tracker says who is on the team, a line counts only from them: a passer-by can't silence the linter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from backlint.model.item import Item, Person
from backlint.model.people import People
from backlint.model.words import Happening

LABEL = "backlint:ignore"

_LINE = re.compile(
    r"^[ \t>*+\-<!]*backlint:[ \t]*ignore\b(?:\\?\[(?P<rules>[^\]\n\\]*)\\?\])?(?P<rest>[^\n]*)$",
    re.MULTILINE | re.IGNORECASE,
)
_UNTIL = re.compile(r"\buntil\s+(\d{4}-\d{1,2}-\d{1,2})\b", re.IGNORECASE)
_CODE = re.compile(r"^(`{3,}|~{3,}).*?(^\1|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """What somebody accepted. `rules` are names of rules and families; none of them: everything.

    `unreadable` is the end date as it was written, where it is no date: such a waiver hides nothing.
    """

    rules: frozenset[str]
    reason: str = ""
    until: date | None = None
    by: str | None = None
    is_label: bool = False
    unreadable: str | None = None

    def __str__(self) -> str:
        """The waiver as one would write it."""
        names = ", ".join(sorted(self.rules))
        if self.is_label:
            return f"{LABEL}:{names}" if names else LABEL
        return f"backlint: ignore[{names}]" if names else "backlint: ignore"

    def is_over(self, today: date) -> bool:
        """Whether its last day is past."""
        return self.until is not None and self.until < today

    def is_in_force(self, today: date) -> bool:
        """Whether it hides anything today."""
        return self.unreadable is None and not self.is_over(today)

    def covers(self, words: frozenset[str]) -> bool:
        """Whether it speaks of a rule that goes by these words: its name, earlier names, its family."""
        return not self.rules or not self.rules.isdisjoint(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverUse:
    """What became of a waiver in one run.

    Attributes:
        waiver: The waiver.
        findings: How many findings it covers: those that it hid, or would have hidden if it were in force.
        unknown: The names in it that no rule and no family has.
        is_judged: Whether this run asked every rule that it names, so that "covers nothing" means something.
    """

    waiver: Waiver
    findings: int
    unknown: tuple[str, ...] = ()
    is_judged: bool = True


def find_waivers(item: Item, people: People | None = None) -> tuple[Waiver, ...]:
    """The waivers that stand on the item, labels first, then its text, then its comments; a repeated one once."""
    return tuple(dict.fromkeys([*_in_labels(item), *_in_words(item, people or People())]))


def _in_labels(item: Item) -> Iterator[Waiver]:
    for label in sorted(item.labels or ()):
        name = label.casefold().strip()
        if name == LABEL:
            yield Waiver(rules=frozenset(), is_label=True)
        elif name.startswith(f"{LABEL}:"):
            yield Waiver(rules=_names(name.removeprefix(f"{LABEL}:")), is_label=True)


def _in_words(item: Item, people: People) -> Iterator[Waiver]:
    comments = (event for event in item.events or () if event.what is Happening.COMMENTED and not event.is_ours)
    written = [(item.body, item.author), *((event.text, event.actor) for event in comments)]
    for text, person in written:
        if text and "backlint" in text.casefold() and _may_waive(person, people):
            for line in _LINE.finditer(_CODE.sub("", text)):
                yield _waiver(line, person)


def _may_waive(person: Person | None, people: People) -> bool:
    return people.on_team(person) is not False and not people.is_bot(person)


def _waiver(line: re.Match[str], person: Person | None) -> Waiver:
    rest = line["rest"].replace("-->", "")
    end = _UNTIL.search(rest)
    return Waiver(
        rules=_names(line["rules"] or ""),
        reason=" ".join(_UNTIL.sub("", rest).split()).strip(" :,;.-"),
        until=_date(end[1]) if end else None,
        by=person.name if person else None,
        unreadable=end[1] if end and not _date(end[1]) else None,
    )


def _names(words: str) -> frozenset[str]:
    return frozenset(name for word in words.split(",") if (name := word.strip().casefold().replace("_", "-")))


def _date(text: str) -> date | None:
    year, month, day = map(int, text.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        return None
