import json

import pytest
from hypothesis import example, given

from backlint.note import compose, preview, to_adf, to_markdown, to_wiki
from backlint.note.clipping import units
from tests.note.made import ITEM, LONG, PAGES, TYPICAL, finding, words

LIMITS = {"markdown": 60_000, "wiki": 32_767, "adf": 32_767}
"""GitHub takes 65,536 characters and Jira 32,767, whichever way they count: nothing is longer in UTF-16."""


def test_it_is_what_is_sent() -> None:
    assert preview(TYPICAL, "markdown") == to_markdown(TYPICAL)
    assert preview(TYPICAL, "wiki") == to_wiki(TYPICAL)
    assert json.loads(preview(TYPICAL, "adf")) == to_adf(TYPICAL)


def test_another_markup_is_an_error() -> None:
    with pytest.raises(KeyError):
        preview(TYPICAL, "html")


@given(words)
@example(LONG[0])
def test_it_can_be_encoded(said: str) -> None:
    note = compose(ITEM, [finding(fact=said, limit=said, fix=said)])
    for markup in LIMITS:
        text = preview(note, markup)
        assert "\0" not in text
        assert text.encode().decode() == text


@pytest.mark.parametrize("said", LONG, ids=lambda said: ascii(said[:2]))
@pytest.mark.parametrize("markup", LIMITS)
def test_a_note_fits_whatever_is_told(said: str, markup: str) -> None:
    findings = [finding(f"rule-{n}", fact=said, limit=said, fix=said) for n in range(50)]
    assert units(preview(compose(ITEM, findings, pages=PAGES), markup)) <= LIMITS[markup]
