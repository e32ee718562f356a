"""At its limit a rule about goals is silent; one step beyond it speaks."""

import pytest

from backlint.catalog import load
from backlint.example import NOW, ago, item
from backlint.model import EMPTY, BandWidths, Estimate, Item, Kind, Pace, Theme
from backlint.rule import Rule
from tests.rules.asking import ask, facts, findings, missing

THEME = load(Rule, "missing-theme")
VOTES = load(Rule, "popular-but-buried")
FIT = load(Rule, "theme-will-not-fit")
WHY = load(Rule, "missing-rationale")
WIDTHS = BandWidths(next_items=2, soon_items=2, later_items=20)


def served(count: int, serving: int) -> list[Item]:
    return [item(n, parent=EMPTY, themes=("t",) if n <= serving else ()) for n in range(1, count + 1)]


def test_from_twenty_items_on_it_is_told_once_that_hardly_any_serve_a_theme() -> None:
    assert facts(THEME(), *served(20, 1)) == ["19 of 20 waiting items serve no theme"]
    assert facts(THEME(), *served(19, 0))[0] == "SHOP-1 serves no theme"
    assert facts(THEME(), *served(20, 2))[0] == "SHOP-3 serves no theme"
    (found,) = findings(THEME(), *served(20, 0))
    assert found.evidence == {"without": 20, "of": 20}


def test_what_an_epic_contains_serves_it() -> None:
    epic = item(9, kind=Kind.EPIC, parent=EMPTY, themes=())
    assert facts(THEME(), item(1, parent=epic.id, themes=()), epic) == []
    assert missing(THEME(), item(1, parent=None, themes=())) == ["themes and parents"]
    assert missing(THEME(), item(1, parent=EMPTY, themes=None)) == ["themes and parents"]


def voted(*votes: int) -> list[Item]:
    """Two items stand in the band next, and two in the band soon."""
    return [item(n, votes=each) for n, each in enumerate(votes, 1)]


def test_votes_count_where_they_are_twice_those_near_the_top() -> None:
    assert facts(VOTES(), *voted(0, 4, 0, 0, 7, 0), widths=WIDTHS) == []
    (found,) = findings(VOTES(), *voted(0, 4, 0, 0, 8, 0), widths=WIDTHS)
    assert found.fact == "has 8 votes and stands at rank 5"
    assert found.limit == "nothing in the bands next and soon has more than 4"
    assert found.evidence == {"votes": 8, "rank": 5, "most_votes_near_the_top": 4}
    assert facts(VOTES(), *voted(0, 0, 0, 0, 4, 0), widths=WIDTHS) == []
    assert len(facts(VOTES(), *voted(0, 0, 0, 0, 5, 0), widths=WIDTHS)) == 1
    assert len(facts(VOTES(), *voted(0, 0, 0, 0, *[9] * 8), widths=WIDTHS)) == 5


def test_without_votes_or_an_order_nothing_is_compared() -> None:
    assert missing(VOTES(), item(1)) == ["votes"]
    assert missing(VOTES(), item(1, rank=None, votes=9)) == ["the order of the backlog"]
    assert missing(VOTES()) == []


def test_a_goal_may_be_met_on_its_day() -> None:
    pace = Pace(per_sprint=10, samples=(10, 10))
    items = [item(n, estimate=Estimate(value=10), themes=("t",)) for n in (1, 2)]

    def due(days: int) -> list[Theme]:
        return [Theme(id="t", key="t", title="Taxes", due=ago(-days).date())]

    (found,) = findings(FIT(), *items, themes=due(0), pace=pace)
    likely = found.evidence["likely"]
    days = next(n for n in range(200) if ago(-n).date().isoformat() == likely)
    assert findings(FIT(), *items, themes=due(days), pace=pace) == ()
    (found,) = findings(FIT(), *items, themes=due(days - 1), pace=pace)
    assert found.fact.startswith("Taxes is due on ")
    assert found.evidence["left"] == ["SHOP-1", "SHOP-2"]
    assert found.evidence["due"] == ago(1 - days).date().isoformat()
    assert (NOW.date().isoformat(), found.part) < (str(likely), "u")


def test_a_goal_of_one_item_is_told_so_and_without_a_pace_it_is_not_known() -> None:
    themes = [Theme(id="t", key="t", title="Taxes", due=NOW.date())]
    one = item(1, estimate=Estimate(value=10), themes=("t",))
    (found,) = findings(FIT(), one, themes=themes, pace=Pace(per_sprint=1, samples=(1, 1)))
    assert "its one open item will be done" in found.fact
    assert missing(FIT(), one, themes=themes) == ["the team's velocity"]
    unsized = item(1, estimate=None, themes=("t",))
    assert missing(FIT(), unsized, themes=themes, pace=Pace(per_sprint=1, samples=(1, 1))) == ["estimates"]


def test_a_goal_that_is_over_hides_no_other() -> None:
    themes = [
        Theme(id="past", key="past", title="Past", due=ago(3).date()),
        Theme(id="out", key="out", title="Out", due=NOW.date(), is_open=False),
        Theme(id="some day", key="some day", title="Some day"),
        Theme(id="t", key="t", title="Taxes", due=NOW.date()),
    ]
    one = item(1, estimate=Estimate(value=10), themes=tuple(theme.id for theme in themes))
    (found,) = findings(FIT(), one, themes=themes, pace=Pace(per_sprint=1, samples=(1, 1)))
    assert (found.part, found.evidence["goal"]) == ("t", "Taxes")


def test_a_goal_that_nobody_can_foresee_is_told_so() -> None:
    themes = [Theme(id="t", key="t", title="Taxes", due=NOW.date())]
    one = item(1, estimate=Estimate(value=10), themes=("t",))
    (found,) = findings(FIT(), one, themes=themes, pace=Pace(per_sprint=0.01, samples=(0.01,)))
    assert found.fact == "Taxes is due on 2026-11-22, and its one open item will be done in years"
    assert (found.evidence["likely"], found.evidence["safe"]) == (None, None)


def test_what_is_not_known_of_an_epic_is_told_of_it() -> None:
    epic = item(9, kind=Kind.EPIC, due=NOW.date())
    said = ask(FIT(), epic, item(1, parent=epic.id, estimate=Estimate(value=10)))
    assert [(one.missing, one.subject and one.subject.key) for one in said.undecided] == [
        ("the team's velocity", "SHOP-9")
    ]


def test_of_as_many_votes_the_higher_is_named_first() -> None:
    silent = [item(n, votes=0) for n in range(1, 10)]
    popular = [item(n, votes=9) for n in (20, 12, 17, 11)]
    told = [fact.split()[0] for fact in facts(VOTES(most=2), *silent, *popular, widths=WIDTHS)]
    assert told == ["SHOP-11", "SHOP-12"]


@pytest.mark.parametrize(
    ("body", "is_told"),
    [
        ("As a buyer I want to see the tax.", False),
        ("Als Käuferin möchte ich die Steuer sehen, um zu planen.", True),
        ("## Motivation\n\n## Notes\nShow the tax.", False),
        ("## Notes\nShow the tax.", False),
        ("## Benefit\n\n## Notes\nShow the tax.", False),
        ("## Benefit\nFewer calls.\n\n## Notes\nShow the tax.", True),
    ],
)
def test_a_reason_is_given_in_a_slot_or_a_section_that_is_filled(body: str, is_told: bool) -> None:
    assert facts(WHY(), item(1, body=body)) == ([] if is_told else ["SHOP-1 does not say why it is wanted"])


def test_of_what_has_votes_the_top_tenth_is_told() -> None:
    silent = [item(n, votes=None if n < 5 else 0) for n in range(1, 40)]
    popular = [item(n, votes=n) for n in range(41, 61)]
    assert {fact.split()[0] for fact in facts(VOTES(), *silent, *popular, widths=WIDTHS)} == {
        f"SHOP-{n}" for n in (58, 59, 60)
    }
    (found,) = findings(VOTES(most=1), *silent, *popular, widths=WIDTHS)
    assert found.limit == "nothing in the bands next and soon has more than 0"
    assert found.evidence == {"votes": 60, "rank": 60, "most_votes_near_the_top": 0}


def test_nobody_s_votes_bury_nothing() -> None:
    assert facts(VOTES(fewest=1), *voted(0, 0, 0, 0, 0, 0), widths=WIDTHS) == []
    assert len(facts(VOTES(fewest=1), *voted(0, 0, 0, 0, 1, 0), widths=WIDTHS)) == 1
