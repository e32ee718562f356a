from datetime import timedelta

import pytest

from backlint.catalog import load
from backlint.engine import lint
from backlint.errors import ConfigError
from backlint.example import NOW, ago, happened, item
from backlint.explanation import explain, find
from backlint.model import (
    EMPTY,
    Backlog,
    Band,
    Estimate,
    Framework,
    Happening,
    Kind,
    Link,
    LinkKind,
    Pace,
    Priority,
    Score,
    Theme,
)
from backlint.rule import Rule

RICE = Score(framework=Framework.RICE, inputs={"reach": 400.0, "impact": 2.0, "confidence": 0.8, "effort": 4.0})
BACKLOG = Backlog(
    [
        item(1, estimate=Estimate(value=5), score=Score(framework=Framework.RICE, stored=200)),
        item(
            2,
            estimate=Estimate(value=8),
            score=RICE,
            priority=Priority(level=2, name="High"),
            due=NOW.date() + timedelta(days=10),
            parent="example:9",
            themes=("summer",),
            votes=7,
            links=(
                Link(kind=LinkKind.BLOCKS, target="example:3", key="SHOP-3"),
                Link(kind=LinkKind.BLOCKED_BY, target="other:7", key="PAY-7"),
            ),
            events=(happened(Happening.WROTE, 4),),
        ),
        item(3, estimate=EMPTY),
        item(9, kind=Kind.EPIC, title="Taxes"),
    ],
    now=NOW,
    name="shop",
    pace=Pace(per_sprint=10),
    themes=[Theme(id="summer", key="summer", title="Summer release", due=ago(-60).date())],
)


def test_says_where_it_stands_and_what_speaks_for_it() -> None:
    told = explain(BACKLOG, find(BACKLOG, "SHOP-2"), lint(BACKLOG, []))
    assert (told.place.number, told.place.of, told.place.band) == (2, 3, Band.NEXT)
    assert told.place.above == "5 points, 0.5 sprints at 10 points a sprint"
    assert told.reasons == (
        "Its RICE score of 160 is number 2 of 2.",
        "Its priority is High; no other waiting item has that.",
        "It is due in 10 days.",
        "It holds up SHOP-3.",
        "It serves Summer release, Taxes.",
        "It has 7 votes.",
    )
    assert told.score
    assert (told.score.stored, told.score.computed) == (None, 160)
    assert told.foreign_blockers == ("PAY-7",)
    assert [it.key for it in told.line] == ["SHOP-9"]
    assert told.quiet_days == 4
    assert told.forecast


def test_says_what_each_rule_made_of_it() -> None:
    rules = [load(Rule, name)() for name in ("missing-description", "missing-estimate", "missing-owner")]
    told = explain(BACKLOG, find(BACKLOG, "SHOP-3"), lint(BACKLOG, rules), [rule.name() for rule in rules])
    assert [(it.rule, len(it.findings), it.missing) for it in told.decisions] == [
        ("missing-estimate", 1, ()),
        ("missing-description", 0, ("the item's text",)),
        ("missing-owner", 0, ()),
    ]


def test_what_the_tracker_does_not_say_is_left_out() -> None:
    told = explain(BACKLOG, find(BACKLOG, "SHOP-9"), lint(BACKLOG, []))
    assert (told.place.number, told.place.above, told.score, told.forecast, told.reasons) == (
        None,
        None,
        None,
        None,
        (),
    )


@pytest.mark.parametrize("word", ["shop-2", " SHOP-2 ", "example:2", "https://tracker.example/SHOP-2"])
def test_an_item_is_found_by_key_id_or_address(word: str) -> None:
    assert find(BACKLOG, word).key == "SHOP-2"


def test_an_item_that_is_not_there_is_met_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"There is no item SHOP-22 in shop; did you mean SHOP-2\?"):
        find(BACKLOG, "SHOP-22")


def test_a_number_alone_finds_an_issue_unless_two_have_it() -> None:
    one = item(1, id="a", key="acme/shop#7", url="https://code.example/acme/shop/issues/7")
    two = item(2, id="b", key="acme/pay#7", url="https://code.example/acme/pay/issues/7")
    assert find(Backlog([one], now=NOW), "#7") is one
    with pytest.raises(ConfigError, match="#7 is several items"):
        find(Backlog([one, two], now=NOW), "#7")
