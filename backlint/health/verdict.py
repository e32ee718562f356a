"""The one sentence: whether the team can plan from this backlog, and the one thing that decides it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backlint.finding import Finding, Severity
from backlint.health.health import Reading
from backlint.plural import plural

READY_ENOUGH = 0.8
"""A band `next` of which four in five items are ready can be planned: the fifth is settled in the meeting."""


FURTHER_DOWN: Mapping[str, str] = {
    "ordering": "out of order",
    "staleness": "gone stale",
    "readiness": "not yet ready",
    "size": "too large",
    "content": "unclear",
    "roadmap": "without a goal",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`headline` is the judgement, `because` the fact it rests on; together one sentence, joined by a colon."""

    headline: str
    because: str
    is_well: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the verdict rests on."""

    readings: Sequence[Reading]
    open_items: int
    ready: int
    next_items: int
    findings: Sequence[Finding]
    families: Mapping[str, int]


def judge(facts: Facts) -> Verdict:
    """The first of these that is true; what makes all the rest doubtful comes first."""
    unread = [reading.source for reading in facts.readings if not reading.is_complete]
    if unread:
        return _bad("Only part of the backlog is known", f"{_listed(unread)} could not be read to the end.")
    if not facts.open_items:
        return Verdict(headline="Nothing is waiting", because="this backlog has no open item.", is_well=True)
    if not facts.next_items:
        return _bad("Not ready for sprint planning", "the backlog has no order, so nothing is next.")
    unready = facts.next_items - facts.ready
    if facts.ready < READY_ENOUGH * facts.next_items:
        return _bad("Not ready for sprint planning", f"{_what_lacks(facts, unready)} something that planning needs.")
    return _of_the_ready(facts, unready)


def _of_the_ready(facts: Facts, unready: int) -> Verdict:
    errors = [finding for finding in facts.findings if finding.severity is Severity.ERROR]
    near = _how_near(facts, unready)
    wrong_order = [finding for finding in errors if finding.family == "ordering"]
    if wrong_order:
        return _bad("Ready, but in the wrong order", f"{near}; to settle first: {wrong_order[0]}.")
    if errors:
        return _bad("Almost ready for sprint planning", f"{near}; to settle first: {errors[0]}.")
    if facts.families:
        family, number = max(facts.families.items(), key=lambda it: it[1])
        what = FURTHER_DOWN.get(family, f"with a finding of {family}")
        return Verdict(
            headline="Ready for sprint planning",
            because=f"{near}; further down, {plural(number, 'item')} {what}.",
            is_well=True,
        )
    return Verdict(headline="In good health", because=f"{near}, and no rule found anything.", is_well=True)


def _how_near(facts: Facts, unready: int) -> str:
    if unready:
        return f"{facts.ready} of the next {plural(facts.next_items, 'item')} {_are(facts.ready)} ready"
    return f"all of the next {facts.next_items} items are ready" if facts.next_items > 1 else "the next item is ready"


def _bad(headline: str, because: str) -> Verdict:
    return Verdict(headline=headline, because=because, is_well=False)


def _what_lacks(facts: Facts, unready: int) -> str:
    if facts.next_items == 1:
        return "the next item lacks"
    if unready == facts.next_items:
        return f"each of the next {facts.next_items} items lacks"
    return f"{unready} of the next {facts.next_items} items {'lacks' if unready == 1 else 'lack'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
