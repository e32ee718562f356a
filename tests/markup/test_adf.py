import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from syrupy.assertion import SnapshotAssertion

from backlint.markup import Markup, adf_to_markdown, to_markdown
from backlint.markup.adf import BLOCKS
from backlint.markup.adf import WORDS as INLINE_WORDS
from tests.shared import SHARED, needs_shared

Node = dict[str, Any]

SCHEMA = SHARED / "specs" / "jira" / "adf-full.schema.json"


def doc(*content: Node) -> Node:
    return {"type": "doc", "version": 1, "content": list(content)}


def text(said: str, *marks: str | Node) -> Node:
    made = [{"type": mark} if isinstance(mark, str) else mark for mark in marks]
    return {"type": "text", "text": said} | ({"marks": made} if made else {})


def node(kind: str, *content: Node, **attrs: Any) -> Node:
    return {"type": kind, "content": list(content), "attrs": attrs}


def p(*content: Node) -> Node:
    return node("paragraph", *content)


def li(*content: Node) -> Node:
    return node("listItem", *content)


def test_what_acceptance_criteria_are_made_of(snapshot: SnapshotAssertion) -> None:
    document = doc(
        node("heading", text("Acceptance criteria"), level=2),
        node(
            "taskList",
            node("taskItem", text("A refusal is shown"), state="TODO"),
            node("taskItem", text("Sent"), state="DONE"),
        ),
        node(
            "orderedList",
            li(p(text("First")), node("bulletList", li(p(text("below"))))),
            li(p(text("Second"))),
            order=3,
        ),
        node("panel", node("heading", text("Note"), level=3), p(text("in a panel")), panelType="info"),
        node("expand", p(text("folded")), title="More criteria"),
        node(
            "table",
            node("tableRow", node("tableHeader", p(text("Given"))), node("tableHeader", p(text("Then")))),
            node(
                "tableRow",
                node("tableCell", p(text("a | b"))),
                node("tableCell", node("bulletList", li(p(text("x"))), li(p(text("y"))))),
            ),
        ),
        node("blockquote", p(text("said")), p(text("twice"))),
        node("codeBlock", text("a = ```b```\nc"), language="python"),
        p(
            node("mention", text="@Ada", id="1"),
            text(" see "),
            text("the page", {"type": "link", "attrs": {"href": "https://x.example/a (b)"}}),
        ),
        p(text("bold", "strong"), text(" and ", "strong"), text("code", "code", "strong"), text(" gone", "strike")),
        p(text("one"), node("hardBreak"), text("two")),
        p(
            node("status", text="READY"),
            node("date", timestamp="1794528000000"),
            node("emoji", shortName=":ok:", text="👌"),
        ),
        node("rule"),
        node("decisionList", node("decisionItem", text("Cards first"), state="DECIDED")),
        node("mediaSingle", node("media", id="7", alt="Screenshot", type="file")),
        node("blockCard", url="https://x.example/card"),
        node(
            "layoutSection",
            node("layoutColumn", p(text("left")), width=50),
            node("layoutColumn", p(text("right")), width=50),
        ),
    )
    assert adf_to_markdown(document) == snapshot


@needs_shared
def test_every_node_of_the_official_schema_is_known() -> None:
    definitions = json.loads(SCHEMA.read_text())["definitions"]
    types = {name for it in definitions.values() for name in it.get("properties", {}).get("type", {}).get("enum", ())}
    marks = {name.removesuffix("_mark") for name in definitions if name.endswith("_mark")}
    nodes = types - {it for mark in marks for it in (mark, f"{mark}Mark")}
    treated = set(BLOCKS) | set(INLINE_WORDS)
    said_as_text = {
        "status",
        "placeholder",
        "extension",
        "inlineExtension",
        "syncBlock",
        "tableRow",
        "tableCell",
        "tableHeader",
    }
    assert nodes - treated - said_as_text == set()


@needs_shared
@pytest.mark.parametrize(
    "wrapped",
    [
        "bodiedExtension",
        "bodiedSyncBlock",
        "layoutColumn",
        "panel",
        "expand",
        "nestedExpand",
        "blockquote",
        "somethingNew",
    ],
)
def test_what_holds_blocks_keeps_their_text(wrapped: str) -> None:
    assert "kept" in adf_to_markdown(doc(node(wrapped, p(text("kept")))))


def test_an_unknown_node_keeps_its_text() -> None:
    assert (
        adf_to_markdown(doc(node("novelty", text("inline")), p(node("sparkle", text="attribute"))))
        == "inline\n\nattribute"
    )
    assert adf_to_markdown(doc({"type": "novelty", "text": "bare"})) == "bare"


@pytest.mark.parametrize(
    "wrong", [None, 7, [], {}, {"type": "doc"}, {"type": "doc", "content": [None, 3, "x"]}, {"content": {"a": 1}}]
)
def test_what_is_no_document_is_empty(wrong: object) -> None:
    assert to_markdown(wrong, Markup.ADF) == ""


def test_json_and_text_are_taken_too() -> None:
    assert to_markdown(json.dumps(doc(p(text("x")))), Markup.ADF) == "x"
    assert to_markdown("plain words", Markup.ADF) == "plain words"


def test_ten_thousand_levels_are_no_crash() -> None:
    deep = p(text("bottom"))
    for _ in range(10_000):
        deep = node("blockquote", deep)
    assert "bottom" in adf_to_markdown(doc(deep))


WORDS = re.compile(r"\w+")


def shown(markdown: str) -> str:
    """What a reader sees of it."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    leaves = [leaf for token in tokens for leaf in (token.children or [token])]
    return " ".join(leaf.content for leaf in leaves if leaf.type in {"text", "code_inline", "fence", "code_block"})


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_no_word_of_a_text_is_lost(said: str) -> None:
    markdown = adf_to_markdown(doc(p(text(said))))
    missing = set(WORDS.findall(said)) - set(WORDS.findall(markdown))
    assert not missing


@given(
    st.sampled_from(
        ["<b>bold</b>", "<!-- hidden -->", "&amp; &copy;", "[a]: https://x.example", "a \\* b", "<https://x>"]
    )
)
def test_what_a_renderer_would_swallow_is_seen(said: str) -> None:
    seen = shown(adf_to_markdown(doc(p(text(said)))))
    assert WORDS.findall(seen) == WORDS.findall(said)


def holding(kind: str, content: list[Node]) -> Node:
    return node(kind, *content)


documents = st.recursive(
    st.builds(text, st.text(min_size=1, max_size=12), st.sampled_from(["strong", "em", "code", "strike"])),
    lambda inner: st.builds(
        holding,
        st.sampled_from([*BLOCKS, "novelty"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@given(documents)
def test_any_tree_of_nodes_becomes_text(tree: Node) -> None:
    assert isinstance(adf_to_markdown(doc(tree)), str)
