import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
from hypothesis import given
from syrupy.assertion import SnapshotAssertion

from backlint.markup import adf_to_markdown
from backlint.note import Note, settled, to_adf
from backlint.note.clipping import clip
from backlint.note.composing import LONGEST
from backlint.note.tree import Code, Link, Paragraph, Strong, Task, Tasks, Text, shown
from tests.note.made import ITEM, PAGES, TYPICAL, saying, words
from tests.shared import SHARED, needs_shared

Node = dict[str, Any]

SETTLED = settled(ITEM, ["oversized-item", "missing-acceptance-criteria"], pages=PAGES)


@cache
def official() -> jsonschema_rs.Draft4Validator:
    return jsonschema_rs.Draft4Validator(json.loads((SHARED / "specs/jira/adf-full.schema.json").read_text()))


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.get("content", ()):
        yield from walk(child)


def structure(document: Node) -> list[object]:
    return [
        (each["type"], each.get("marks"), each.get("attrs", {}).get("state"), each.get("attrs", {}).get("title"))
        for each in walk(document)
    ]


def test_a_typical_note(snapshot: SnapshotAssertion) -> None:
    assert to_adf(TYPICAL) == snapshot


def test_a_settled_note(snapshot: SnapshotAssertion) -> None:
    assert to_adf(SETTLED) == snapshot


@needs_shared
@given(words)
def test_any_note_is_valid_by_the_official_schema(said: str) -> None:
    leaves = (Text(said), Strong(said), Code(said), Link(said, "https://x.example/"))
    anything = Note("7", (Paragraph(leaves), Tasks((Task(leaves), Task(leaves, is_done=True)), title=said)))
    for note in (saying(said), anything, SETTLED):
        official().validate(to_adf(note))


@needs_shared
def test_the_schema_refuses_what_jira_refuses() -> None:
    empty = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": ""}]}]}
    assert not official().is_valid(empty)
    assert not official().is_valid("plain words")


@given(words)
def test_words_are_text_and_nothing_else(said: str) -> None:
    document = to_adf(saying(said))
    assert structure(document)[:-1] == structure(to_adf(saying("plain")))[:-1]
    texts = [each["text"] for each in walk(document) if each["type"] == "text"]
    assert all(texts)
    fact = clip(shown(f"It is {said}"), LONGEST).removesuffix("…")
    assert any(text.startswith(fact) for text in texts)


@given(words)
def test_it_can_be_sent(said: str) -> None:
    assert json.loads(json.dumps(to_adf(saying(said)), ensure_ascii=False).encode()) == to_adf(saying(said))


def test_it_says_the_same_words_when_it_is_read_back() -> None:
    read_back = adf_to_markdown(to_adf(TYPICAL))
    assert "- [ ] **It has no acceptance criteria.** Add a checklist, or Given/When/Then." in read_back
    assert "`backlint: ignore[missing-acceptance-criteria] reason until YYYY-MM-DD`" in read_back
    assert "- [x] [oversized-item](https://docs.example/rules/oversized-item)" in adf_to_markdown(to_adf(SETTLED))
