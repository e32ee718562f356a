"""The page of a rule, as Markdown: what it finds and why, its settings, and examples that are also its tests."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from enum import Enum
from typing import Any, cast

from backlint.docs.fields import Setting, settings
from backlint.docs.measured import measured
from backlint.example import NOW, Example, item
from backlint.model import Item
from backlint.plural import plural
from backlint.rule import Rule

BODY_LINES = 12
NEVER_SHOWN = {"id", "key", "url", "project", "created", "updated"}


def page(rule: type[Rule]) -> str:
    """The whole page."""
    return "\n".join(
        (
            f"# {rule.name()}",
            "",
            rule.page(),
            "",
            f"Family: {rule.family()}. Confidence: {rule.confidence}.{_when(rule)}{_once(rule)}",
            "",
            "## Settings",
            "",
            *table(settings(rule)),
            "",
            "```toml",
            f"[rules.{rule.name()}]",
            *(f"{setting.name} = {setting.default}" for setting in settings(rule) if setting.default is not None),
            "```",
            "",
            "To switch it off, and say why:",
            "",
            "```toml",
            "[ignore]",
            f'{rule.name()} = "our reason"',
            "```",
            "",
            *measured(rule.name()),
            *_examples("Flagged", rule.flags),
            *_examples("Passed", rule.passes),
            *_examples("Not decided", rule.undecided),
        )
    )


def _when(rule: type[Rule]) -> str:
    return "" if rule.is_default else f' Runs only where it is asked for: `extend_select = ["{rule.name()}"]`.'


def _once(rule: type[Rule]) -> str:
    return f" Earlier names: {', '.join(rule.aliases)}." if rule.aliases else ""


def table(rows: Iterable[Setting]) -> Iterator[str]:
    """Settings as a Markdown table."""
    yield "| setting | what | default | meaning |"
    yield "|---|---|---|---|"
    for row in rows:
        default = "must be given" if row.is_required else f"`{row.default}`" if row.default is not None else "not set"
        yield f"| `{row.name}` | {_cell(row.kind)} | {_cell(default)} | {_cell(row.description)} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _examples(title: str, examples: tuple[Example, ...]) -> Iterator[str]:
    if examples:
        yield f"## {title}"
        yield ""
        for example in examples:
            yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    if example.note:
        yield f"{example.note[:1].upper()}{example.note[1:].rstrip('.')}:"
        yield ""
    yield "```text"
    for each in example.items[:BODY_LINES]:
        yield from _item(each)
    if len(example.items) > BODY_LINES:
        yield f"... and {len(example.items) - BODY_LINES} more"
    if example.velocity:
        yield f"velocity: {example.velocity:g}"
    yield "```"
    yield ""


def _item(shown: Item) -> Iterator[str]:
    """Its key, and every field that is not as in every example."""
    plain = item(1)
    rank = f"rank {shown.rank}" if shown.rank else "no rank"
    facts = [
        f"{field.name} {_told(getattr(shown, field.name))}"
        for field in fields(shown)
        if field.name not in NEVER_SHOWN | {"body", "criteria", "title", "rank"}
        and getattr(shown, field.name) != getattr(plain, field.name)
    ]
    title = "" if shown.title.startswith("Item ") else f" {shown.title}"
    yield f"{shown.key}{title} ({', '.join([rank, *facts])})"
    for text in (shown.body, shown.criteria):
        if isinstance(text, str):
            yield from _quoted(text)


def _quoted(text: str) -> Iterator[str]:
    lines = text.replace("```", "'''").splitlines() or ["(nothing written)"]
    yield from (f"    {line}".rstrip() for line in lines[:BODY_LINES])
    if len(lines) > BODY_LINES:
        yield "    ..."


def _told(value: Any) -> str:
    if isinstance(value, datetime):
        return _ago(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, frozenset):
        return _told(tuple(sorted(cast(frozenset[str], value))))
    if isinstance(value, tuple):
        return "[" + ", ".join(_told(each) for each in cast(Iterable[Any], value)) + "]"
    for name in ("name", "what", "key"):
        if hasattr(value, name):
            return _event(value) if name == "what" else str(getattr(value, name))
    return str(value)


def _event(value: Any) -> str:
    who = "" if value.actor is None or value.actor.id == "example:robin" else f" by {value.actor.name}"
    return f"{value.what.value} {_ago(value.at)}{who}"


def _ago(at: datetime) -> str:
    days = (NOW - at).days
    return "today" if not days else f"{plural(days, 'day')} ago"
