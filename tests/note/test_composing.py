from dataclasses import replace

import pytest
from hypothesis import given

from backlint.example import happened, item
from backlint.finding import Confidence, Severity
from backlint.markup import Markup, to_markdown
from backlint.model import Band, Happening, Stage
from backlint.model.waivers import find_waivers
from backlint.note import Note, compose, preview, settled, to_adf, to_wiki
from backlint.note import to_markdown as in_markdown
from backlint.note.tree import Code, Link, Paragraph, Task, Tasks
from tests.note.made import ITEM, MISSING, PAGES, TYPICAL, finding, saying, words

FOUR = [finding(rule) for rule in ("one", "two", "three", "four")]


def tasks(note: Note) -> tuple[Task, ...]:
    return next(block.tasks for block in note.blocks if isinstance(block, Tasks))


def rules(note: Note) -> list[str]:
    return [task.leaves[-1].said for task in tasks(note)]


def says(note: Note) -> str:
    return preview(note, "markdown")


def test_the_most_pressing_come_first() -> None:
    unsure = finding("b", severity=Severity.ERROR, confidence=Confidence.LOW)
    sure = finding("c", severity=Severity.ERROR)
    assert rules(compose(ITEM, [finding("a"), unsure, sure])) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("count", "title", "rest"),
    [
        (1, "One thing would", "Nothing else was found."),
        (3, "Three things would", "Nothing else was found."),
        (4, "Four things would", "When these are done, one more remains."),
        (14, "14 things would", "When these are done, 11 more remain."),
    ],
)
def test_three_are_told_and_the_others_counted(count: int, title: str, rest: str) -> None:
    note = compose(ITEM, [finding(f"rule-{n}") for n in range(count)])
    assert len(tasks(note)) == min(count, 3)
    assert f"**{title} make this" in says(note)
    assert rest in says(note)


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.BACKLOG, "make this ready for planning"),
        (Stage.SELECTED, "make this ready to start"),
        (Stage.DOING, "help this along"),
    ],
)
def test_the_title_knows_where_the_item_stands(stage: Stage, words: str) -> None:
    assert f"One thing would {words}**" in says(compose(replace(ITEM, stage=stage), [finding()]))


def test_only_the_item_itself_is_spoken_of() -> None:
    elsewhere = finding("elsewhere", about=item(8))
    assert rules(compose(ITEM, [elsewhere, finding(), replace(elsewhere, subject=None)])) == ["oversized-item"]
    with pytest.raises(ValueError, match="no note to write"):
        compose(ITEM, [elsewhere])


@pytest.mark.parametrize(
    ("pages", "url"),
    [
        ("https://docs.example/rules", "https://docs.example/rules/oversized-item"),
        ("https://docs.example/rules/", "https://docs.example/rules/oversized-item"),
        ("https://docs.example/{rule}.html#why", "https://docs.example/oversized-item.html#why"),
    ],
)
def test_each_finding_leads_to_its_page(pages: str, url: str) -> None:
    assert tasks(compose(ITEM, [finding()], pages=pages))[0].leaves[-1] == Link("oversized-item", url)


def test_without_pages_the_rule_is_named() -> None:
    assert tasks(compose(ITEM, [finding()]))[0].leaves[-1] == Code("oversized-item")


def test_pages_are_on_the_web() -> None:
    with pytest.raises(ValueError, match="no http or https address"):
        compose(ITEM, [finding()], pages="javascript:alert(1)//")


def test_it_says_whether_it_goes() -> None:
    assert "goes away when all is settled" in says(TYPICAL)
    assert "is ticked off when all is settled" in says(compose(ITEM, [finding()], stays=True))


def test_what_does_not_show_changes_nothing() -> None:
    told = TYPICAL.fingerprint
    hidden = replace(finding(), band=Band.NEXT, evidence={"quotes": ["other"]}, family="other")
    assert compose(replace(ITEM, rank=99, title="Other"), [MISSING, hidden], pages=PAGES).fingerprint == told
    fourth = [*FOUR[:3], replace(FOUR[3], rule="zzz", fact="is longer today")]
    assert compose(ITEM, fourth).fingerprint == compose(ITEM, [*FOUR[:3], finding("zzz")]).fingerprint


def test_what_shows_changes_it() -> None:
    one = compose(ITEM, [finding()])
    others = [
        compose(ITEM, [finding(fact="is 21 points")]),
        compose(ITEM, [finding()], pages=PAGES),
        compose(ITEM, [finding()], stays=True),
        compose(ITEM, FOUR),
        settled(ITEM),
        settled(ITEM, ["oversized-item"]),
    ]
    assert len({note.fingerprint for note in (one, *others)}) == len(others) + 1


def test_settled_is_ticked_and_folded() -> None:
    note = settled(ITEM, ["oversized-item", "oversized-item", "stale-item"], pages=PAGES)
    assert rules(note) == ["oversized-item", "stale-item"]
    assert all(task.is_done for task in tasks(note))
    assert to_adf(note)["content"][1]["type"] == "expand"  # type: ignore[index] # JSON
    assert [type(block) for block in settled(ITEM).blocks] == [Paragraph]


@given(words)
def test_a_note_waives_nothing(said: str) -> None:
    note = saying(said)
    read_back = [
        in_markdown(note),
        to_markdown(to_adf(note), Markup.ADF),
        to_markdown(to_wiki(note), Markup.JIRA_WIKI),
    ]
    for text in read_back:
        commented = replace(ITEM, events=(happened(Happening.COMMENTED, 1, text=text),))
        assert find_waivers(commented) == ()
