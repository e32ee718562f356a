"""Whatever stands in a text, a header, a file or a configuration: an answer, or one clear line."""

import json
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

from backlint.catalog import every
from backlint.config import Surroundings, load
from backlint.connectors.file.lines import Lines
from backlint.connectors.github.listing import next_page
from backlint.engine import lint
from backlint.errors import BacklintError
from backlint.example import NOW, item
from backlint.markup import Markup, to_markdown
from backlint.model import Backlog
from backlint.model.waivers import find_waivers
from backlint.note import read_marker
from backlint.rule import Rule
from backlint.transport import Answer, retry_after
from tests.fuzzing.choices import Choices, Json

DOCUMENT: Json = json.loads(
    """{
    "type": "doc", "version": 1, "content": [
        {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Acceptance criteria"}]},
        {"type": "paragraph", "content": [
            {"type": "text", "text": "As a", "marks": [{"type": "strong"}, {"type": "link", "attrs": {"href": "x"}}]},
            {"type": "hardBreak"}, {"type": "mention", "attrs": {"id": "1", "text": "@Ada"}},
            {"type": "date", "attrs": {"timestamp": "1700000000000"}}, {"type": "status", "attrs": {"text": "TODO"}},
            {"type": "emoji", "attrs": {}}
        ]},
        {"type": "bulletList", "content": [{"type": "listItem", "content": [{"type": "paragraph"}]}]},
        {"type": "orderedList", "attrs": {"order": 3}, "content": [{"type": "listItem", "content": []}]},
        {"type": "taskList", "content": [{"type": "taskItem", "attrs": {"state": "DONE"}, "content": []}]},
        {"type": "table", "content": [
            {"type": "tableRow", "content": [{"type": "tableHeader"}, {"type": "tableCell"}]}
        ]},
        {"type": "codeBlock", "attrs": {"language": "py"}, "content": [{"type": "text", "text": "```"}]},
        {"type": "mediaSingle", "content": [{"type": "media", "attrs": {"alt": "a"}}]}, {"type": "rule"},
        {"type": "expand", "attrs": {"title": "More"}, "content": [{"type": "blockquote", "content": []}]}
    ]
}"""
)
"""One node of each sort."""

LINE: Json = json.loads(
    """{
    "id": "1", "key": "A-1", "title": "Pay later", "body": "x", "kind": "story", "stage": "backlog", "rank": 1,
    "estimate": 3, "priority": "high", "labels": ["a"], "assignees": ["Ada"], "created": "2026-01-01",
    "updated": "2026-02-01T10:00:00Z", "due": "2026-12-01", "links": [{"kind": "blocks", "target": "2"}],
    "events": [{"at": "2026-01-02", "what": "comment"}]
}"""
)

TOML = b"""
[teams.shop]
time_zone = "Europe/Berlin"
[teams.shop.file]
path = "items.jsonl"
[rules.stale-item]
severity = "info"
[[overrides]]
where = "'x' in labels and band == 'next'"
ignore = ["size"]
"""


def adf(data: bytes) -> None:
    """A document of Jira Cloud, its nodes exchanged."""
    assert isinstance(to_markdown(Choices(data).mutated(DOCUMENT), Markup.ADF), str)


def wiki(data: bytes) -> None:
    """Wiki markup."""
    assert isinstance(to_markdown(Choices(data).text(), Markup.JIRA_WIKI), str)


def markdown(data: bytes) -> None:
    """A title and a body, put to every rule."""
    choices = Choices(data)
    length = choices.number(0x100)
    text = choices.text()
    written = item(1, title=text[:length], body=text[length:], created=NOW - timedelta(days=3))
    said = lint(Backlog([written, item(2)], now=NOW), _rules())
    assert not said.crashes, said.crashes


def waiver(data: bytes) -> None:
    """A line that may be a waiver, and a note's marker."""
    text = "backlint: ignore[" + Choices(data).text()
    for found in find_waivers(item(1, body=text)):
        assert str(found)
    read_marker(text)
    read_marker(f"<!-- backlint {text}")


def header(data: bytes) -> None:
    """`Retry-After` and `Link`."""
    text = Choices(data).text()
    seconds = retry_after({"retry-after": text}, NOW)
    assert seconds is None or seconds >= 0
    next_page(Answer(200, {"link": text}, None, "https://api.github.com/issues"))


def line(data: bytes) -> None:
    """A line of a file of items: its values exchanged, or torn."""
    choices = Choices(data)
    written = json.dumps(choices.mutated(LINE)).encode() if choices.number(2) else choices.rest()
    refused = _refusal(lambda: list(Lines("items.jsonl", Markup.MARKDOWN, NOW).batches([written])))
    assert refused is None or "\n" not in refused, refused


def configuration(data: bytes) -> None:
    """A configuration, in part overwritten."""
    choices = Choices(data)
    start, length = choices.number(len(TOML)), choices.number(20)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "backlint.toml"
        file.write_bytes(TOML[:start] + choices.rest() + TOML[start + length :])
        around = Surroundings(Path(folder), {"HOME": folder})
        refused = _refusal(lambda: load(file, around=around))
        assert refused is None or refused.startswith("backlint.toml") or folder in refused, refused


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(rule() for rule in every(Rule))


def _refusal(work: Callable[[], object]) -> str | None:
    try:
        work()
    except BacklintError as error:
        return str(error).strip()
    return None
