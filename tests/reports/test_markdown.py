import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from backlint.health import Run, diagnose
from backlint.safe import ZERO_WIDTH, markdown
from tests.health.made import backlog, found
from tests.reports import hostile, report, sample

JOB_SUMMARY = 1_024_000
"""Bytes; GitHub drops the whole summary of a step that is longer."""

AUTOLINK = re.compile(r"(?i)@\w|#\d|\bgh-\d|https?:|www\.|\b[0-9a-f]{7,}\b")
reader = MarkdownIt("commonmark").enable("table")


class Summary(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "md"


def told(run: Run, **settings: object) -> str:
    return report("markdown", **settings).render(run)


def rendered(title: str) -> str:
    return told(sample.run(sample.health(titles=[title], items=8)))


def tokens(markdown_text: str) -> list[str]:
    """What stands on the page, without a word of what it says."""
    return [
        inner.type
        for token in reader.parse(markdown_text)
        for inner in (token, *(token.children or ()))
        if inner.type not in {"text", "text_special"}
    ]


def inside(words: str) -> list[Token]:
    """What a paragraph of that text, made safe, holds."""
    return [inner for token in reader.parse(markdown(words)) for inner in token.children or ()]


def test_what_people_read(snapshot: SnapshotAssertion) -> None:
    two = sample.run(sample.health(), sample.health("Platform", nth_night=False, items=20))
    assert told(two) == snapshot(extension_class=Summary)


@pytest.mark.parametrize("title", hostile.TITLES)
def test_a_hostile_title_is_only_shown(title: str) -> None:
    assert tokens(rendered(title)) == tokens(rendered("Plain"))


@given(st.text(max_size=80))
@settings(deadline=None)
def test_text_stays_text(words: str) -> None:
    assert {inner.type for inner in inside(words)} <= {"text", "text_special"}


@given(st.text(max_size=80) | st.sampled_from(hostile.TITLES))
def test_text_is_shown_as_it_was(words: str) -> None:
    shown = "".join(it.content for it in inside(words))
    plain = " ".join(words.split())
    if plain.isprintable() and "\u200b" not in plain:
        assert shown.replace(ZERO_WIDTH, "") == plain


@given(st.text(alphabet="@#/:.-_ aGgHh0123456789htpsw", max_size=40))
def test_nothing_becomes_a_mention_or_a_reference(words: str) -> None:
    shown = "".join(it.content for it in inside(words))
    assert not AUTOLINK.search(shown)


def test_links_leave_no_mark_on_github() -> None:
    health = sample.health()
    subject = health.findings[0].subject
    assert subject
    there = replace(subject, url="https://github.com/acme/shop/issues/12", key="acme/shop#12")
    found_there = replace(health.findings[0], subject=there)
    text = told(sample.run(replace(health, findings=(found_there,), actions=())))
    assert f"[acme/shop#{ZERO_WIDTH}12](<https://redirect.github.com/acme/shop/issues/12>)" in text


@pytest.mark.parametrize("address", hostile.ADDRESSES)
def test_only_web_addresses_become_links(address: str) -> None:
    health = sample.health()
    elsewhere = tuple(replace(it, subject=it.subject and replace(it.subject, url=address)) for it in health.findings)
    for token in reader.parse(told(sample.run(replace(health, findings=elsewhere, actions=())))):
        for inner in token.children or ():
            assert re.match("https?://", str(inner.attrGet("href") or "https://"))
            assert inner.type != "html_inline" or inner.content in {"<br>", "<sub>", "</sub>"}


def test_it_fits_a_job_summary() -> None:
    health = sample.health(titles=["Ж" * 500], items=120)
    many = replace(health, findings=health.findings * 100)
    assert len(told(sample.run(many)).encode()) < JOB_SUMMARY


def test_it_fits_an_issue() -> None:
    health = sample.health(items=120)
    many = replace(health, findings=health.findings * 20)
    text = told(sample.run(many), findings=1000, length=65_536)
    assert 20_000 < len(text) <= 65_536
    assert "more are not listed here." in text


def test_what_is_left_out_is_counted() -> None:
    assert "30 more are not listed here." in told(sample.run(), findings=len(sample.health().findings) - 30)


def test_a_backlog_of_nothing() -> None:
    assert told(sample.run(diagnose(backlog(), found()))).startswith("# Nothing is waiting\n")
