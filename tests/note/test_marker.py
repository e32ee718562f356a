import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.markup import adf_to_markdown, wiki_to_markdown
from backlint.note import Marker, Note, marker, read_marker, to_adf, to_markdown, to_wiki
from tests.note.made import TYPICAL, saying, words

OWN = Marker(TYPICAL.item, TYPICAL.fingerprint)


@given(st.text(min_size=1, max_size=60))
def test_any_id_can_be_read_back(identity: str) -> None:
    note = Note(identity, TYPICAL.blocks)
    for body in (to_markdown(note), to_wiki(note), to_adf(note)):
        assert read_marker(body) == Marker(identity, note.fingerprint)


def test_it_is_hidden_in_markdown() -> None:
    assert marker("acme/shop#12", "0f") == "<!-- backlint:note v1 item=acme%2Fshop%2312 fp=0f -->"


@given(words)
def test_words_cannot_stand_in_for_it(said: str) -> None:
    note = saying(said)
    for body in (to_markdown(note), to_wiki(note), to_adf(note)):
        assert read_marker(body) == Marker(note.item, note.fingerprint)


def test_what_a_tracker_does_to_a_body_does_not_hide_it() -> None:
    assert read_marker(to_markdown(TYPICAL).replace("\n", "\r\n") + "\r\n") == OWN
    assert read_marker(to_wiki(TYPICAL).replace("\n", "\r\n") + "\r\n ") == OWN
    assert read_marker(wiki_to_markdown(to_wiki(TYPICAL))) == OWN
    assert read_marker(adf_to_markdown(to_adf(TYPICAL))) == OWN


def test_an_older_version_is_still_ours() -> None:
    assert read_marker(to_markdown(TYPICAL).replace("note v1", "note v12")) == OWN


@pytest.mark.parametrize(
    "body",
    [
        None,
        7,
        "",
        {},
        "Thank you!",
        f"> {to_markdown(TYPICAL)}",
        f"Look at this: {marker('7', '0f')}",
        f"```\n{marker('7', '0f')}\n```",
        "backlint:note v1 item=7 fp=0f is what it says",
        "backlint:note v1 item=7 fp=",
        f"{to_wiki(TYPICAL)}\n\nI think otherwise.",
    ],
)
def test_what_is_not_ours(body: object) -> None:
    assert read_marker(body) is None
