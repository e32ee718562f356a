"""The figures of the first screen: each says how many items, of how many, and whether that is a lot."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from backlint.health.figures import Runway
from backlint.health.health import Point, Tile, Tone
from backlint.health.verdict import READY_ENOUGH

LITTLE = 0.05
MUCH = 0.15
"""Shares of the open items: up to 5 % with one sort of fault is good, above 15 % is bad. This project's choice."""

SHORT = 1.0
COMFORTABLE = 2.0
"""Sprints of ready work: Scrum teams are advised to keep about two (Cohn, Rubin); under one, planning stalls."""


NOT_KNOWN = "n/a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """What the first two tiles show."""

    ready: int
    items: int
    runway: Runway
    before: Point | None


class _Words(NamedTuple):
    label: str
    note: str


WORDS: Mapping[str, _Words] = {
    "ordering": _Words("Out of order", "items stand where they should not"),
    "staleness": _Words("Gone stale", "items that nobody tends"),
    "size": _Words("Too large", "items to split or estimate anew"),
    "content": _Words("Unclear", "items that do not say what they must"),
    "roadmap": _Words("Without a goal", "items that serve no theme"),
}
"""The families that have a tile of their own, and what it is called."""


def tiles(near: Nearness, families: Mapping[str, int], decided: Collection[str], open_items: int) -> tuple[Tile, ...]:
    """Readiness first, since planning is next; then one for each sort of fault.

    `families` counts items with a finding by family; `decided` are the families of which a rule could decide.
    """
    of_families = (
        _of_family(family, words, families.get(family, 0) if family in decided else None, near.before, open_items)
        for family, words in WORDS.items()
    )
    return (_ready(near), _runway(near.runway), *of_families)


def _ready(near: Nearness) -> Tile:
    was = near.before.ready if near.before else None
    return Tile(
        label="Ready to plan",
        value=str(near.ready) if near.items else NOT_KNOWN,
        of=near.items or None,
        note="of the next items" if near.items else "the backlog has no order",
        tone=_tone_of_ready(near.ready, near.items),
        families=("readiness", "size"),
        delta=None if was is None else near.ready - was,
    )


def _of_family(family: str, words: _Words, items: int | None, before: Point | None, open_items: int) -> Tile:
    if items is None:
        return Tile(label=words.label, value=NOT_KNOWN, note="the tracker does not say", tone=Tone.UNKNOWN)
    return Tile(
        label=words.label,
        value=str(items),
        note=words.note,
        tone=_tone_of_share(items, open_items),
        families=(family,),
        delta=items - before.families.get(family, 0) if before else None,
    )


def _runway(near: Runway) -> Tile:
    if not near.looked_at:
        return Tile(label="Runway", value=NOT_KNOWN, note="the backlog has no order", tone=Tone.UNKNOWN)
    if near.sprints is None:
        tone = Tone.UNKNOWN if near.items else Tone.BAD
        return Tile(label="Runway", value=str(near.items), note="ready items near the top", tone=tone)
    tone = Tone.BAD if near.sprints < SHORT else Tone.FAIR if near.sprints < COMFORTABLE else Tone.GOOD
    return Tile(label="Runway", value=f"{near.sprints:g}", note="sprints of ready work near the top", tone=tone)


def _tone_of_ready(ready: int, next_items: int) -> Tone:
    if not next_items:
        return Tone.UNKNOWN
    if ready == next_items:
        return Tone.GOOD
    return Tone.FAIR if ready >= READY_ENOUGH * next_items else Tone.BAD


def _tone_of_share(items: int, of: int) -> Tone:
    share = items / of if of else 0.0
    if share <= LITTLE:
        return Tone.GOOD
    return Tone.FAIR if share <= MUCH else Tone.BAD
