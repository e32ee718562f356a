"""Which rules run: one decision, made here and nowhere else.

The more exact word wins: a rule's own name over its family, its family over a profile. Of two equally exact words,
`ignore` wins over `select`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from backlint.finding import Confidence, Severity
from backlint.rule import Rule

PROFILES: Mapping[str, str] = {
    "minimal": "the rules that are sure of what they say and weigh an error somewhere",
    "recommended": "every rule that a team can act on without asking for it",
    "strict": "every rule there is",
    "nightly": "the same as recommended: what a product owner reads over coffee",
    "planning": "of those, what keeps an item from being planned: readiness, size, content, ordering",
    "bot": "of those, what the author of one item can mend: readiness, size, content",
}
OF_PLANNING = frozenset({"readiness", "size", "content", "ordering"})
OF_AN_AUTHOR = OF_PLANNING - {"ordering"}


class Exactness(IntEnum):
    """How exactly a word names a rule."""

    NOT = 0
    PROFILE = 1
    FAMILY = 2
    RULE = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a rule runs, and the word that decided it."""

    is_selected: bool
    because: str


@dataclass(frozen=True)
class Selection:
    """The words that a team chose its rules with. `ignore` says of each why, or `""`."""

    select: tuple[str, ...] = ("recommended",)
    extend_select: tuple[str, ...] = ()
    ignore: Mapping[str, str] = field(default_factory=dict[str, str])

    def decide(self, rule: type[Rule]) -> Decision:
        """Whether the rule runs."""
        chosen, wanted = _most_exact((*self.select, *self.extend_select), rule)
        refused, unwanted = _most_exact(self.ignore, rule)
        if unwanted >= wanted and refused is not None:
            reason = self.ignore[refused]
            return Decision(False, f'ignored as "{refused}"' + (f": {reason}" if reason else ""))
        if chosen is None:
            return Decision(False, "not selected")
        return Decision(True, f'selected by "{chosen}"')


def _most_exact(
    words: Iterator[str] | tuple[str, ...] | Mapping[str, str], rule: type[Rule]
) -> tuple[str | None, Exactness]:
    found = max(words, key=lambda word: exactness(word, rule), default=None)
    how = exactness(found, rule) if found else Exactness.NOT
    return (found, how) if how else (None, how)


def exactness(word: str, rule: type[Rule]) -> Exactness:
    """How exactly the word names the rule."""
    if word in {rule.name(), *rule.aliases}:
        return Exactness.RULE
    if word == rule.family():
        return Exactness.FAMILY
    if word in PROFILES and _is_of(word, rule):
        return Exactness.PROFILE
    return Exactness.NOT


def _is_of(profile: str, rule: type[Rule]) -> bool:
    if profile == "strict":
        return True
    families = {"planning": OF_PLANNING, "bot": OF_AN_AUTHOR}.get(profile)
    is_grave = rule.confidence is Confidence.HIGH and rule().heaviest is Severity.ERROR
    is_meant = (families is None or rule.family() in families) and (profile != "minimal" or is_grave)
    return rule.is_default and is_meant
