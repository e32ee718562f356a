"""The report slack."""

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import ClassVar

from pydantic import Field

from backlint.health import Action, Health, Run, Tile
from backlint.plural import plural
from backlint.report import Json, Report
from backlint.safe import clipped, visible, web_address
from backlint.templates import signed

BUDGET = 10_000
"""Characters of a whole message. Slack refuses some 13,200 with `msg_blocks_too_long`, and documents no limit."""

MOST_BLOCKS = 50
HEADER = 150


class Slack(Report):
    """A message for a Slack webhook: the verdict, the figures, and the best things to do.

    Words from the tracker stand in rich-text elements, which Slack shows and does not read: no mention, no markup.
    """

    suffix: ClassVar[str] = ".slack.json"

    actions: int = Field(default=5, ge=0, le=10, description="How many things to do to name for each team.")
    link: str = Field(default="", description="Where the whole report can be read, if it can.")

    def render(self, run: Run) -> str:
        """The payload as JSON, with as many teams as one message holds."""
        told = [_team(health, self.actions) for health in run.teams]
        kept = _within_budget(told)
        said = "; ".join(f"{visible(health.name)}: {visible(health.verdict)}" for health in run.teams)
        text = escape(clipped(said, 1000), quote=False)  # what notifications show; Slack would read <!channel> in it
        blocks = [block for team in told[:kept] for block in team]
        if kept < len(told):
            blocks.append(_context([_text(f"{plural(len(told) - kept, 'team')} more in the whole report.")]))
        address = web_address(self.link)
        if address:
            blocks.append(_context([{"type": "link", "url": address, "text": "The whole report"}]))
        return json.dumps({"text": text, "blocks": blocks}, ensure_ascii=False) + "\n"


def _within_budget(teams: Sequence[Sequence[Json]]) -> int:
    """How many teams fit, from the first."""
    size = blocks = 0
    for number, team in enumerate(teams):
        size += len(json.dumps(team, ensure_ascii=False))
        blocks += len(team)
        if size > BUDGET or blocks > MOST_BLOCKS - 2:
            return number
    return len(teams)


def _team(health: Health, actions: int) -> list[Json]:
    title = f"{visible(health.name) or 'Backlog'}: {health.headline}"
    return [
        {"type": "header", "text": {"type": "plain_text", "text": clipped(title, HEADER), "emoji": False}},
        _rich([_section([_text(clipped(visible(health.because), 500))])]),
        _context([_text("   ".join(_figures(health)))]),
        *([_rich([_list(health.actions[:actions])])] if actions and health.actions else []),
    ]


def _figures(health: Health) -> Iterable[str]:
    before = health.change.before if health.change else None
    if health.grade:
        change = round(health.grade.value) - round(before.score) if before and before.score is not None else None
        yield f"Score {health.grade.value:.0f}{_delta(change)}"
    for tile in health.tiles:
        yield _figure(tile)


def _figure(tile: Tile) -> str:
    of = f" of {tile.of}" if tile.of is not None else ""
    return f"{tile.label} {tile.value}{of}{_delta(tile.delta)}"


def _delta(change: int | None) -> str:
    return f" ({signed(change)})" if change else ""


def _list(actions: Iterable[Action]) -> Json:
    return {"type": "rich_text_list", "style": "ordered", "elements": [_section(_action(each)) for each in actions]}


def _action(action: Action) -> list[Json]:
    about = action.findings[0].subject
    step: Json = {**_text(clipped(visible(action.step), 200)), "style": {"bold": True}}
    if about is None:
        return [step]
    address = web_address(about.url)
    key: Json = {"type": "link", "url": address, "text": visible(about.key)} if address else _text(visible(about.key))
    return [step, _text(" "), key, _text(f" {clipped(visible(about.title), 100)}")]


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": elements}


def _section(elements: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": elements}


def _context(elements: list[Json]) -> Json:
    return _rich([_section(elements)])


def _text(words: str) -> dict[str, Json]:
    return {"type": "text", "text": words}
