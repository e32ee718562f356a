import re

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token
from syrupy.assertion import SnapshotAssertion

from backlint.note import Note, marker, settled, to_markdown
from backlint.note.clipping import clip
from backlint.note.composing import LONGEST
from backlint.note.tree import Code, Link, Paragraph, Strong, Text, shown
from backlint.safe import ZERO_WIDTH
from tests.note.made import FRAGMENTS, ITEM, PAGES, TYPICAL, saying, words

reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])

TURNED_INTO_A_LINK = re.compile(
    r"@[\w-]|@\.\w|#\w|\bgh-\d|(?:https?|ftp)://|www\.|(?:mailto|xmpp):|\b[0-9a-f]{7,}\b", re.IGNORECASE
)
"""What github.com makes mentions, references and links of in plain text: cmark-gfm's autolinks, and its own."""


def leaves(markdown: str) -> list[Token]:
    return [leaf for token in reader.parse(markdown) for leaf in (token, *(token.children or ()))]


def structure(markdown: str) -> list[tuple[str, str]]:
    """All that the page is made of but its words, whose runs count as one."""
    found = [(leaf.type, str(leaf.attrGet("href") or "")) for leaf in leaves(markdown) if leaf.type != "text_special"]
    return [one for one, before in zip(found, [None, *found], strict=False) if one != before or one[0] != "text"]


def paragraphs(markdown: str) -> list[str]:
    """The words of each block, those that would touch on the page touching."""
    shown = {"text", "text_special", "code_inline"}
    return [
        "".join(leaf.content for leaf in token.children if leaf.type in shown)
        for token in reader.parse(markdown)
        if token.children
    ]


def test_a_typical_note(snapshot: SnapshotAssertion) -> None:
    assert to_markdown(TYPICAL) == snapshot


def test_a_settled_note(snapshot: SnapshotAssertion) -> None:
    assert to_markdown(settled(ITEM, ["oversized-item", "missing-acceptance-criteria"], pages=PAGES)) == snapshot


@given(words)
def test_any_text_gives_the_same_page_as_a_plain_one(said: str) -> None:
    assert structure(to_markdown(saying(said))) == structure(to_markdown(saying("plain")))


@pytest.mark.parametrize("said", FRAGMENTS, ids=ascii)
def test_each_known_trick_gives_the_same_page(said: str) -> None:
    body = to_markdown(saying(said))
    assert structure(body) == structure(to_markdown(saying("plain")))
    assert not [each for each in paragraphs(body) if TURNED_INTO_A_LINK.search(each)]


@given(words)
def test_nothing_is_mentioned_referred_to_or_linked(said: str) -> None:
    note = saying(said)
    body = to_markdown(note)
    assert not [each for each in paragraphs(body) if TURNED_INTO_A_LINK.search(each)]
    html = [leaf.content for leaf in leaves(body) if leaf.type.startswith("html")]
    assert "".join(html).strip() == marker(note.item, note.fingerprint)
    links = [str(leaf.attrGet("href")) for leaf in leaves(body) if leaf.type == "link_open"]
    assert links == [f"{PAGES}/oversized-item"]


@given(words)
def test_what_is_shown_is_what_was_said(said: str) -> None:
    fact = clip(shown(f"It is {said}"), LONGEST).removesuffix("…")
    assert any(each.replace(ZERO_WIDTH, "").find(fact) >= 0 for each in paragraphs(to_markdown(saying(said))))


@given(words)
def test_every_leaf_holds_any_words(said: str) -> None:
    said = f"a{said}"
    note = Note(
        "7",
        (
            Paragraph(
                (Text(said), Strong(said), Code(said), Link(said, "https://x.example/")),
            ),
        ),
    )
    plain = Note(
        "7",
        (
            Paragraph(
                (Text("a"), Strong("a"), Code("a"), Link("a", "https://x.example/")),
            ),
        ),
    )
    assert structure(to_markdown(note)) == structure(to_markdown(plain))


def test_code_mentions_nobody_when_it_is_answered_by_mail() -> None:
    note = Note("7", (Paragraph((Code("ask @ada `now`"),)),))
    assert to_markdown(note).endswith(f"\n`` ask @{ZERO_WIDTH}ada `now` ``")


def test_an_address_cannot_end_early() -> None:
    note = Note("7", (Paragraph((Link("x", "https://x.example/a>b)[y](z)`c`|d]"),)),))
    links = [leaf.attrGet("href") for leaf in leaves(to_markdown(note)) if leaf.type == "link_open"]
    assert links == ["https://x.example/a%3Eb%29%5By%5D%28z%29%60c%60%7Cd%5D"]
