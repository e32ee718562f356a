"""What titles and texts leave out, beyond the examples."""

import pytest

from backlint.catalog import load
from backlint.example import item
from backlint.finding import Confidence
from backlint.model import Kind
from backlint.rule import Rule
from tests.rules.asking import facts, findings, missing

VAGUE = load(Rule, "vague-title")
SPIKE = load(Rule, "spike-without-timebox")
REPORT = load(Rule, "bug-report")


@pytest.mark.parametrize(
    "shown",
    [
        "```\ndraw(charts)\n```",
        "| charts | draw |\n|---|---|\n| 1 | 2 |",
        "[charts](charts.html)",
        "https://charts.example",
        "## Acceptance criteria\n- Draw.",
    ],
)
def test_what_a_text_shows_it_need_not_say(shown: str) -> None:
    assert facts(VAGUE(), item(title="Draw the charts", body="Draw the charts.")) != []
    assert facts(VAGUE(), item(title="Draw the charts", body=f"Draw the charts.\n\n{shown}")) == []


def test_eighteen_words_or_six_new_ones_are_a_description() -> None:
    def told(words: int, new: int) -> list[str]:
        added = ["tulip", "maple", "cedar", "birch", "aspen", "alder"][:new]
        return facts(VAGUE(), item(title="Draw the charts", body=" ".join([*["charts"] * (words - new), *added])))

    assert told(18, 5) == told(6, 5) == ["SHOP-1 has a description that says little more than its title"]
    assert told(19, 5) == told(18, 6) == []
    (found,) = findings(VAGUE(), item(title="Draw the charts", body="Draw charts.\n\nDraw the tulip."))
    assert found.evidence == {"quotes": ["Draw charts."], "words": 5, "new_words": 1}


@pytest.mark.parametrize(("kind", "title"), [(Kind.SPIKE, "Charts"), (Kind.STORY, "Spike: charts")])
def test_a_spike_is_one_by_its_kind_or_by_its_title(kind: Kind, title: str) -> None:
    assert len(findings(SPIKE(), item(kind=kind, title=title, body="Draw them."))) == 2
    assert findings(SPIKE(), item(kind=Kind.STORY, title="Charts", body="Draw them.")) == ()


@pytest.mark.parametrize(
    ("part", "said"),
    [("actual", "**Actual:** it closes."), ("environment", "## Environment\nFirefox 140")],
)
def test_a_team_may_demand_more_of_a_report(part: str, said: str) -> None:
    rule = REPORT(demands=(part,))
    steps = "## Steps to reproduce\n1. Open the list\n2. Press delete"
    assert findings(rule, item(kind=Kind.BUG, title="The list crashes", body=f"{steps}\n\n{said}")) == ()
    told = [one.part for one in findings(rule, item(kind=Kind.BUG, title="The list crashes", body=steps))]
    assert told == ([part] if part == "environment" else []), "what happens may be told anywhere"


@pytest.mark.parametrize(
    ("title", "kind", "confidence"),
    [
        ("Sorting", Kind.BUG, Confidence.HIGH),
        ("The list is wrong", Kind.UNKNOWN, Confidence.LOW),
        ("Problem with sorting", Kind.UNKNOWN, None),
        ("Add sorting", Kind.BUG, None),
    ],
)
def test_a_report_is_one_by_its_kind_or_by_its_words(title: str, kind: Kind, confidence: Confidence | None) -> None:
    found = findings(REPORT(demands=("steps",)), item(kind=kind, title=title, body="Guests."))
    assert [each.confidence for each in found] == ([confidence] if confidence else [])


def test_what_happens_may_be_told_by_a_picture() -> None:
    seen = "## Steps to reproduce\n```\nshop list\n```\n\n## Actual behaviour\n```\nTraceback\n```"
    assert findings(REPORT(demands=("actual",)), item(kind=Kind.BUG, title="The list crashes", body=seen)) == ()


def test_a_story_without_its_sentence_is_a_fault_only_where_the_team_says_so() -> None:
    rule = load(Rule, "story-form")
    assert findings(rule(), item(kind=Kind.STORY, body="Sort the list.")) == ()
    (found,) = findings(rule(required=True), item(kind=Kind.STORY, body="Sort the list."))
    assert found.fact == "does not tell who wants what, and what for"
    assert found.fix == 'Write one sentence: "As a <who> I want <what>, so that <what for>".'
    assert (found.part, found.evidence) == ("none", {"quotes": ["Sort the list."]})
    (found,) = findings(rule(required=True), item(kind=Kind.STORY, title="Sorting", body=""))
    assert found.evidence == {"quotes": ["Sorting"]}
    assert findings(rule(required=True), item(kind=Kind.TASK, body="Sort the list.")) == ()
    assert missing(rule(required=True), item(kind=Kind.STORY, body=None)) == ["the item's text"]


def test_a_quality_is_named_where_a_word_names_it() -> None:
    rule = load(Rule, "unmeasurable-quality")
    assert facts(rule(), item(kind=Kind.QUALITY, title="Improve the performance of the list", body="")) == [
        'SHOP-1 asks for "performance" and gives no number'
    ]
    assert facts(rule(), item(kind=Kind.QUALITY, title="Improve the list", body="Please.")) == [
        "SHOP-1 asks for a quality and gives no number"
    ]
    assert facts(rule(), item(kind=Kind.QUALITY, title="Improve the list", body="Please.", criteria="- 2 s")) == []
    assert missing(rule(), item(kind=Kind.QUALITY, body=None, criteria="- It is fast.")) == ["the item's text"]
