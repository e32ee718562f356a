# ruff: noqa: E501, RUF001 - pieces of texts
"""Whatever is written: no exception, and no finding that does not quote what it rests on."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from backlint.catalog import every
from backlint.engine import lint
from backlint.example import NOW, ago, item
from backlint.finding import Finding
from backlint.model import EMPTY, Backlog, Empty, Estimate, Item, Kind
from backlint.rule import Rule
from backlint.text import read

TEXT_RULES = {
    "missing-acceptance-criteria", "untestable-criteria", "missing-description", "unfilled-template", "open-question",
    "story-form", "bug-report", "spike-without-timebox", "unmeasurable-quality", "debt-without-reason", "compound-item",
    "vague-title", "duplicate-item", "unknown-kind", "too-many-criteria", "oversized-item",
}  # fmt: skip
RULES = [rule() for rule in every(Rule) if rule.name() in TEXT_RULES]

PIECES = st.sampled_from(
    ["## Acceptance criteria", "- [ ] ", "**", "*Steps to reproduce:*", "# ", "|", "| --- |", "```", "> ", "As a user ", "I want ",
     "so that ", "Given ", "When ", "Then ", "TBD", "...", "<br>", "<!--", "-->", "_No response_", "![a](b.png)", "[x](y)", "COS:",
     "Q: why?", "A: no", "受け入れ基準", "作为用户，我想", "として", "1. ", "===", "---", "\\*", ":bug:", "\t", "\r\n", "\u202e", "  "]
)  # fmt: skip
BODIES = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=25).flatmap(
    lambda parts: st.sampled_from(["\n", " ", ""]).map(lambda joint: joint.join(parts))
)


def an_item(title: str, body: str | None, criteria: str | Empty | None, kind: Kind, size: int | None) -> Item:
    estimate = None if size is None else Estimate(value=size)
    return item(1, title=title, body=body, criteria=criteria, kind=kind, estimate=estimate, created=ago(3))


ITEMS = st.builds(
    an_item,
    st.one_of(BODIES, st.text()),
    st.one_of(st.none(), BODIES, st.text()),
    st.one_of(st.none(), st.just(EMPTY), BODIES),
    st.sampled_from(Kind),
    st.one_of(st.none(), st.just(20)),
)


def test_all_rules_are_there() -> None:
    assert {rule.name() for rule in RULES} == TEXT_RULES


@settings(max_examples=300, deadline=None)
@example(an_item("", "作为我想¼", None, Kind.STORY, None))
@example(an_item("", "作为我想:a0:0", None, Kind.STORY, None))
@example(an_item("", "作为我想![0]()1", None, Kind.STORY, None))
@example(an_item("", "##Acceptance critera :bu:A", None, Kind.STORY, None))
@given(ITEMS)
def test_never_fails_and_always_quotes(written: Item) -> None:
    said = lint(Backlog([written, item(2, title=written.title, body=written.body)], now=NOW), RULES)
    assert not said.crashes, said.crashes
    for finding in said.findings:
        quotes = quoted(finding)
        assert quotes, finding
        assert all(squeezed(quote) in squeezed(words(written, finding)) for quote in quotes), (finding, quotes)


@settings(max_examples=100, deadline=None)
@given(ITEMS)
def test_says_the_same_twice(written: Item) -> None:
    first = lint(Backlog([written], now=NOW), RULES)
    assert lint(Backlog([written], now=NOW), RULES) == first


def quoted(finding: Finding) -> list[str]:
    quotes = finding.evidence.get("quotes")
    return [str(quote) for quote in quotes] if isinstance(quotes, list) else []


def words(written: Item, finding: Finding) -> str:
    """What was written, and what a reader sees of it: without pictures, the names of emoji and the ends of links."""
    own = written.criteria if isinstance(written.criteria, str) else ""
    title = finding.subject.title if finding.subject else ""
    said = [title, written.title, written.body or "", own]
    return "\n".join([*said, *("\n".join(line.text for line in read(each).lines) for each in said)])


def squeezed(text: str) -> str:
    """Letters and digits alone: marks and line ends are not what is quoted."""
    return "".join(char for char in text if char.isalnum())
