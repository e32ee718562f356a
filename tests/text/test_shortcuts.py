"""What is looked up before it is looked for: a shortcut may never hide what the long way finds."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.text import Topic, read
from backlint.text.lexicon import fold, holds, languages, may_be_bare, phrases, topic_of_bare_line, words_of
from backlint.text.markdown import plain, tidy
from backlint.text.questions import open_questions
from backlint.text.scenarios import may_hold_scenarios, scenarios
from backlint.text.story import find_stories
from backlint.text.words import begins, in_order

LONG_WAY = " as a would like wish given then dann " + "\u2026"
"""A text beyond ASCII takes the long way round each shortcut."""

WORDS = sorted(
    {
        word
        for slot in ("role", "want", "benefit", "given", "when", "then")
        for phrase in phrases(slot)
        for word in phrase.replace("...", " ").split()
        if word.isascii()
    }
)
SENTENCES = st.lists(
    st.lists(st.sampled_from([*WORDS, "user", "total", "shop", "I", "As", "a", "see,", "pay."]), max_size=12).map(
        " ".join
    ),
    max_size=6,
).map("\n".join)


def told(slots: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """A story with each of a language's words for a role and for a wish."""
    roles = [role.replace("...", "").strip(",") for role in slots["role"]]
    wants = slots["want"]
    for role, want in [*((role, wants[0]) for role in roles), *((roles[-1], want) for want in wants)]:
        yield f"{role} buyer, {want} to see the total of the basket"


@pytest.mark.parametrize("language", languages())
def test_no_story_is_lost_whatever_its_words(language: str) -> None:
    for sentence in told(dict(languages()[language])):
        text = read(f"Some words before.\n\n{sentence}")
        assert find_stories("", text.lines, text.words, text.vocabulary) == find_stories(
            "", text.lines, LONG_WAY, frozenset({"situation", "motivation", "outcome"})
        )


@given(SENTENCES)
def test_stories_are_found_the_short_way(body: str) -> None:
    text = read(body)
    short = find_stories("A title", text.lines, text.words, text.vocabulary)
    assert short == find_stories("A title", text.lines, LONG_WAY, frozenset({"situation", "motivation", "outcome"}))


@given(SENTENCES)
def test_where_there_is_a_scenario_there_is_a_word_for_it(body: str) -> None:
    text = read(body)
    if list(scenarios(text.lines)):
        assert may_hold_scenarios(text.words, text.vocabulary)


@given(
    st.sampled_from(sorted(phrases("steps") | phrases("criteria"))), st.sampled_from(["", "1. ", "## ", "_", "(x) "])
)
def test_a_known_heading_is_never_passed_over(phrase: str, before: str) -> None:
    line = f"{before}{phrase.title()}"
    if topic_of_bare_line(line):
        assert may_be_bare(line)


@given(st.text(alphabet="abcdefgiosthprTBDQ:.? \n", max_size=80))
def test_a_question_is_found_with_other_words_around(body: str) -> None:
    """`TBD:` before it makes every line be looked at; what was found alone is found then, too."""
    alone = list(open_questions(read(body)))
    among = list(open_questions(read(f"{body}\n\nTBD: who pays for this?")))
    assert among[: len(alone)] == alone
    assert among[len(alone) :] == ["TBD: who pays for this?"]


@pytest.mark.parametrize("name", ["template_sentences", "instruction_openings"])
def test_every_phrase_is_found_by_its_beginning(name: str) -> None:
    for phrase in in_order(name):
        assert begins(f"{phrase} and more", name)
    assert not begins("the total is wrong", name)
    assert not begins("", name)


@given(st.text(max_size=60))
def test_folding_letter_by_letter_is_folding(text: str) -> None:
    assert fold(text) == "".join(fold(char) for char in text)
    assert fold(fold(text)).isascii() == fold(text).isascii()


@given(st.one_of(st.text(max_size=80), st.text(alphabet=[chr(code) for code in range(128)], max_size=80)))
def test_words_are_cut_apart_where_a_pattern_would(text: str) -> None:
    assert words_of(text) == re.findall(r"[\w']+", text)


@given(st.text(alphabet="ab*_ .-\u00e9", max_size=12))
def test_emphasis_is_found_by_its_marks_as_by_what_surrounds_them(text: str) -> None:
    marks = r"(?<![\w*_])[*_]{1,3}(?=[^\s*_])|(?<=[^\s*_])[*_]{1,3}(?![\w*_])|\*{2,3}"
    assert plain(text) == re.sub(marks, "", text).strip()


@given(st.text(alphabet="\x00\x07\x1f\t\r\nab", max_size=12))
def test_control_characters_are_taken_out_of_bytes_as_of_characters(text: str) -> None:
    assert tidy(text) == tidy(text + "\u00e9").removesuffix("\u00e9")


@given(SENTENCES)
def test_the_lines_are_folded_together_as_each_alone(body: str) -> None:
    text = read(f"{body}\n\n## \u00c9tapes\n> A\u00dfE")
    assert [line.folded for line in text.lines] == [fold(line.text) for line in text.lines]


def test_holds() -> None:
    assert holds("we would like to", ("i want", "would like"))
    assert not holds("we would like to", ("i want",))
    assert not holds("we would like to", ())


def test_the_vocabulary_knows_words_with_apostrophes_whole_and_in_parts() -> None:
    assert {"i'd", "i", "d", "like"} <= read("I'd like it.").vocabulary


def test_the_topics_are_those_of_the_headings() -> None:
    text = read("## Steps to reproduce\n1. Open it\n\n## Expected\nIt opens.")
    assert text.topics == {Topic.STEPS, Topic.EXPECTED}
    assert not list(text.about(Topic.CRITERIA))
    assert [section.title for section in text.about(Topic.EXPECTED)] == ["Expected"]
