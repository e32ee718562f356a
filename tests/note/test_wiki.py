import re

import pytest
from hypothesis import given
from syrupy.assertion import SnapshotAssertion

from backlint.markup import adf_to_markdown, wiki_to_markdown
from backlint.note import settled, to_adf, to_wiki
from backlint.note.clipping import clip
from backlint.note.composing import LONGEST
from backlint.note.tree import shown
from backlint.note.wiki import escaped
from backlint.safe import ZERO_WIDTH
from tests.note.made import FRAGMENTS, ITEM, PAGES, TYPICAL, saying, words

SPECIAL = r"][{}*_+^~!|?-"
ESCAPE = re.compile(rf"\\[{re.escape(SPECIAL)}]")
ACTIVE = re.compile(
    r"\\\\|://|@\w|[:;][()PD]|\([!+\-?/*xyni)]|\(o[nf]|&[#\w]|^(?:#+\s|h[1-6]\.|bq\.)|(?:mailto|www|file)[:.]",
    re.IGNORECASE | re.MULTILINE,
)
"""What Jira obeys beyond the characters that can be escaped."""

WORD = re.compile(r"[^\W_]+")


def skeleton(wiki: str) -> str:
    """The special characters that Jira would obey, and the lines they stand on."""
    return re.sub(rf"[^{re.escape(SPECIAL)}\n]", "", ESCAPE.sub("", wiki))


def own_links_taken_out(wiki: str) -> str:
    return wiki.replace(f"|{PAGES}/oversized-item]", "")


def test_a_typical_note(snapshot: SnapshotAssertion) -> None:
    assert to_wiki(TYPICAL) == snapshot


def test_a_settled_note(snapshot: SnapshotAssertion) -> None:
    assert to_wiki(settled(ITEM, ["oversized-item", "missing-acceptance-criteria"], pages=PAGES)) == snapshot


@given(words)
def test_any_text_gives_the_same_page_as_a_plain_one(said: str) -> None:
    assert skeleton(to_wiki(saying(said))) == skeleton(to_wiki(saying("plain")))


@pytest.mark.parametrize("said", FRAGMENTS, ids=ascii)
def test_each_known_trick_gives_the_same_page(said: str) -> None:
    wiki = to_wiki(saying(said))
    assert skeleton(wiki) == skeleton(to_wiki(saying("plain")))
    assert not ACTIVE.search(own_links_taken_out(wiki))


@given(words)
def test_nothing_of_it_is_obeyed(said: str) -> None:
    assert not ACTIVE.search(own_links_taken_out(to_wiki(saying(said))))


@given(words)
def test_words_stay_words_wherever_they_stand(said: str) -> None:
    line = escaped(shown(said))
    assert skeleton(line) == ""
    assert not ACTIVE.search(line)


@pytest.mark.parametrize(
    ("said", "wiki"),
    [
        ("SHOP-12", r"SHOP\-12"),
        ("[~ada] {code}", r"\[\~ada\] \{code\}"),
        (r"C:\\x", f"C:\\{ZERO_WIDTH}\\{ZERO_WIDTH}x"),
        ("h1. x", f"h{ZERO_WIDTH}1. x"),
        ("done :)", f"done :{ZERO_WIDTH})"),
    ],
)
def test_escapes(said: str, wiki: str) -> None:
    assert escaped(said) == wiki


@given(words)
def test_no_word_is_lost_when_it_is_read_back(said: str) -> None:
    read_back = wiki_to_markdown(to_wiki(saying(said))).replace(ZERO_WIDTH, "")
    fact = clip(shown(f"It is {said}"), LONGEST).removesuffix("…")
    assert set(WORD.findall(fact)) <= set(WORD.findall(read_back))


def test_it_says_what_the_note_on_jira_cloud_says() -> None:
    from_wiki = wiki_to_markdown(to_wiki(TYPICAL)).replace(ZERO_WIDTH, "").replace("~", "")
    from_adf = adf_to_markdown(to_adf(TYPICAL)).replace("[ ] ", "")
    assert WORD.findall(from_wiki) == WORD.findall(from_adf)
