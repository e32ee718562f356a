"""The figures of the first screen: each says how many items, of how many, and whether that is a lot."""

from collections.abc import Mapping
from typing import NamedTuple

from backlint.health.health import Change, Runway, Tile, Tone
from backlint.health.verdict import READY_ENOUGH

LITTLE = 0.05
MUCH = 0.15
"""Shares of the open items: up to 5 % with one sort of fault is good, above 15 % is bad. This project's choice."""

SHORT = 1.0
COMFORTABLE = 2.0
"""Sprints of ready work: Scrum teams are advised to keep about two (Cohn, Rubin); under one, planning stalls."""


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


def tiles(
    *, ready: int, next_items: int, near: Runway, families: Mapping[str, int], open_items: int, change: Change | None
) -> tuple[Tile, ...]:
    """Readiness first, since planning is next; then one for each sort of fault."""
    before = change.before if change else None
    of_families = (
        Tile(
            label=words.label,
            value=str(families.get(family, 0)),
            note=words.note,
            tone=_tone_of_share(families.get(family, 0), open_items),
            families=(family,),
            delta=families.get(family, 0) - before.families.get(family, 0) if before else None,
        )
        for family, words in WORDS.items()
    )
    was_ready = before.ready if before else None
    return (
        Tile(
            label="Ready to plan",
            value=f"{ready}/{next_items}" if next_items else "n/a",
            note="of the next items" if next_items else "the backlog has no order",
            tone=_tone_of_ready(ready, next_items),
            families=("readiness", "size"),
            delta=None if was_ready is None else ready - was_ready,
        ),
        _runway(near),
        *of_families,
    )


def _runway(near: Runway) -> Tile:
    if near.sprints is None:
        note = "ready items near the top" if near.looked_at else "the backlog has no order"
        tone = Tone.UNKNOWN if near.items else Tone.BAD
        return Tile(label="Runway", value=str(near.items), note=note, tone=tone)
    tone = Tone.BAD if near.sprints < SHORT else Tone.FAIR if near.sprints < COMFORTABLE else Tone.GOOD
    return Tile(label="Runway", value=f"{near.sprints:g}", note="sprints of ready work", tone=tone)


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
