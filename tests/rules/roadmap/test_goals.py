"""Themes, dates, votes and twins."""

from datetime import timedelta

from backlint.catalog import load
from backlint.example import NOW, ago, item
from backlint.model import EMPTY, Estimate, Item, Kind, Link, LinkKind, Pace, Stage, Theme
from backlint.rule import Rule
from tests.rules.asking import facts, findings, missing

THEME = load(Rule, "missing-theme")
FIT = load(Rule, "theme-will-not-fit")
VOTES = load(Rule, "popular-but-buried")
WHY = load(Rule, "missing-rationale")
CLOSED = load(Rule, "closed-theme")
TWINS = load(Rule, "twins-disagree")
PACE = Pace(per_sprint=10, samples=(10, 10))


def sized(number: int, **fields: object) -> Item:
    return item(number, **({"estimate": Estimate(value=10), "themes": ()} | fields))


def test_a_theme_is_found_upwards() -> None:
    items = [
        item(1, parent="example:2", themes=()),
        item(2, parent=EMPTY, themes=("summer",)),
        item(3, parent="example:4", themes=()),
        item(4, parent=EMPTY, themes=()),
        item(5, parent="elsewhere:1", themes=()),
    ]
    assert facts(THEME(), *items) == ["SHOP-3 serves no theme", "SHOP-4 serves no theme"]


def test_where_hardly_anything_serves_a_theme_it_is_said_once() -> None:
    items = [item(n, parent=EMPTY, themes=()) for n in range(1, 41)]
    assert facts(THEME(), *items) == ["40 of 40 waiting items serve no theme"]


def test_a_dated_epic_is_a_goal_too() -> None:
    soon = (NOW + timedelta(days=20)).date()
    epic = item(9, kind=Kind.EPIC, due=soon, title="Taxes")
    children = [sized(n, parent=epic.id) for n in range(1, 5)]
    assert facts(FIT(), epic, *children, pace=PACE) == [
        "SHOP-9 is due on 2026-12-12, and its 4 open items will be done about 2027-01-17"
    ]


def test_a_goal_that_is_past_or_done_is_left_to_others() -> None:
    past = Theme(id="t", key="t", title="T", due=ago(3).date())
    assert findings(FIT(), sized(1, themes=("t",)), themes=[past], pace=PACE) == ()
    done = Theme(id="t", key="t", title="T", due=ago(-3).date())
    assert findings(FIT(), sized(1, themes=("t",), stage=Stage.DONE), themes=[done], pace=PACE) == ()


def test_few_are_named_those_with_most_votes() -> None:
    items = [item(n, votes=n if n > 60 else 1) for n in range(1, 101)]
    assert {fact.split()[0] for fact in facts(VOTES(most=2), *items)} == {"SHOP-99", "SHOP-100"}


def test_a_reason_is_found_in_many_forms() -> None:
    told = (
        "As a buyer I want to see the tax so that I know what I pay.",
        "## Motivation\nBuyers ask for it.",
        "**Warum?**\n\nKunden fragen danach.",
        "Show the tax, because buyers ask for it.",
        "Show the tax to avoid calls.",
    )
    assert [facts(WHY(), item(1, body=body)) for body in told] == [[]] * len(told)
    assert facts(WHY(), item(1, body="Show the tax in the list.")) == ["SHOP-1 does not say why it is wanted"]


def test_one_open_theme_is_enough() -> None:
    themes = [Theme(id="a", key="a", title="A", is_open=False), Theme(id="b", key="b", title="B")]
    assert findings(CLOSED(), item(1, themes=("a", "b")), themes=themes) == ()
    assert missing(CLOSED(), item(1, themes=("a", "gone")), themes=themes) == ["the item's themes"]


def test_the_open_twin_is_told_of_and_one_in_progress_is_named() -> None:
    link = Link(kind=LinkKind.TWIN, target="github:7", key="acme/shop#7")
    begun = item(2, id="github:7", key="acme/shop#7", stage=Stage.DOING, links=())
    assert facts(TWINS(), item(1, links=(link,)), begun) == [
        "SHOP-1 is waiting, and in the other tracker acme/shop#7 is in progress"
    ]


def test_a_theme_has_its_days_of_grace_and_what_has_none_is_not_asked() -> None:
    for days, told in ((14, []), (15, ["SHOP-1 belongs to T, which was due on 2026-11-07"])):
        theme = Theme(id="t", key="t", title="T", due=ago(days).date())
        assert facts(CLOSED(), item(1, themes=("t",)), themes=[theme]) == told
    assert missing(CLOSED(), item(1, themes=())) == []
    over = Theme(id="t", key="t", title="T", is_open=False)
    assert missing(CLOSED(), item(1, themes=("t", "unknown")), themes=[over]) == ["the item's themes"]
    assert missing(CLOSED(), item(1, themes=("u", "unknown")), themes=[Theme(id="u", key="u", title="U")]) == []
