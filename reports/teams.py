"""The report teams."""

import json
from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from backlint.health import Action, Health, Run, Tile, Tone
from backlint.plural import plural
from backlint.report import Json, Report
from backlint.safe import clipped, visible, web_address
from backlint.templates import signed

BUDGET = 21_000
"""Bytes of a whole message: Teams refuses one of 28 KB, and counts what it adds itself."""

COLOURS = {Tone.GOOD: "Good", Tone.FAIR: "Warning", Tone.BAD: "Attention", Tone.UNKNOWN: "Default"}


class Teams(Report):
    """An Adaptive Card for a Microsoft Teams workflow: the verdict, the figures, and the best things to do.

    Words from the tracker stand in text runs, which Teams shows and does not read as Markdown.
    """

    suffix: ClassVar[str] = ".teams.json"

    actions: int = Field(default=5, ge=0, le=10, description="How many things to do to name for each team.")
    link: str = Field(default="", description="Where the whole report can be read, if it can.")

    def render(self, run: Run) -> str:
        """The payload as JSON, with as many teams as one card holds."""
        told = [_team(health, self.actions) for health in run.teams]
        kept = len(told)
        while len(self._message(told, kept).encode()) > BUDGET and kept:
            kept -= 1
        return self._message(told, kept)

    def _message(self, told: list[list[Json]], kept: int) -> str:
        body = [part for team in told[:kept] for part in team]
        if kept < len(told):
            body.append(_runs([_run(f"{plural(len(told) - kept, 'team')} more in the whole report.")]))
        address = web_address(self.link)
        card: Json = {
            "type": "AdaptiveCard",
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "version": "1.4",
            "msteams": {"width": "Full"},
            "body": body,
            "actions": [{"type": "Action.OpenUrl", "title": "The whole report", "url": address}] if address else [],
        }
        attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
        return json.dumps({"type": "message", "attachments": [attachment]}, ensure_ascii=False) + "\n"


def _team(health: Health, actions: int) -> list[Json]:
    return [
        _runs([_run(f"{visible(health.name) or 'Backlog'}: {health.headline}", size="Large", weight="Bolder")]),
        _runs([_run(clipped(visible(health.because), 500))]),
        {"type": "ColumnSet", "columns": [_column(tile) for tile in _figures(health)]},
        *(_action(number, each) for number, each in enumerate(health.actions[:actions], 1)),
    ]


def _figures(health: Health) -> Iterable[Tile]:
    """The score and the first three tiles: a card is narrow."""
    if health.grade:
        yield Tile(label="Score", value=f"{health.grade.value:.0f}", note="of 100", tone=health.grade.tone)
    yield from health.tiles[:3]


def _column(tile: Tile) -> Json:
    of = f" of {tile.of}" if tile.of is not None else ""
    delta = f" {signed(tile.delta)}" if tile.delta else ""
    value = _runs([_run(f"{tile.value}{of}", size="Large", weight="Bolder", color=COLOURS[tile.tone])])
    return {"type": "Column", "width": "stretch", "items": [_runs([_run(tile.label + delta, isSubtle=True)]), value]}


def _action(number: int, action: Action) -> Json:
    about = action.findings[0].subject
    runs = [_run(f"{number}. {clipped(visible(action.step), 200)}", weight="Bolder")]
    if about:
        address = web_address(about.url)
        opens: Json = {"selectAction": {"type": "Action.OpenUrl", "url": address}} if address else {}
        runs += [
            _run(f"  {visible(about.key)}", **opens),
            _run(f" {clipped(visible(about.title), 100)}", isSubtle=True),
        ]
    return _runs(runs)


def _runs(inlines: list[Json]) -> Json:
    return {"type": "RichTextBlock", "inlines": inlines}


def _run(words: str, **look: Json) -> Json:
    return {"type": "TextRun", "text": words, **look}
