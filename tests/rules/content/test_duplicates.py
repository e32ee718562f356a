"""Items that say the same, beyond the examples."""

import pytest

from backlint.catalog import load
from backlint.example import ago, item
from backlint.model import EMPTY, Item, Link, LinkKind
from backlint.rule import Rule
from tests.rules.asking import facts, findings, missing

RULE = load(Rule, "duplicate-item")
TITLE = "The receipt is sent twice when the bank is slow"
BODY = "When a guest pays by card and the bank is slow, the receipt is sent twice. Support hears of it every week."


def report(number: int, *links: Link, parent: str | None = "") -> Item:
    """The same report, filed on another day: the first is the oldest."""
    above = EMPTY if parent == "" else parent
    return item(number, title=TITLE, body=BODY, links=links, parent=above, created=ago(100 - number))


def linked(number: int, kind: LinkKind = LinkKind.RELATES) -> Link:
    return Link(kind=kind, key=f"SHOP-{number}", target=f"example:{number}")


def test_of_three_alike_the_oldest_is_kept() -> None:
    assert facts(RULE(), report(2), report(3), report(1)) == [
        "SHOP-2 says what SHOP-1 says",
        "SHOP-3 says what SHOP-1 says",
    ]


@pytest.mark.parametrize(
    "pair",
    [
        (report(1, linked(2)), report(2)),
        (report(1), report(2, linked(1))),
        (report(1, parent="example:2"), report(2)),
        (report(1), report(2, parent="example:1")),
    ],
)
def test_what_people_linked_either_way_they_know(pair: tuple[Item, Item]) -> None:
    assert findings(RULE(), *pair) == ()


def test_a_link_to_something_else_or_a_mention_says_nothing_of_the_two() -> None:
    assert len(findings(RULE(), report(1, linked(9)), report(2, linked(9)))) == 1
    mentioned = LinkKind.MENTIONED_BY
    assert len(findings(RULE(), report(1, linked(2, mentioned)), report(2, linked(1, mentioned)))) == 1
    assert len(findings(RULE(), report(1, parent="example:9"), report(2, parent="example:9"))) == 1


def test_one_side_that_says_its_links_is_enough() -> None:
    silent = item(2, title=TITLE, body=BODY, links=None, parent=None, created=ago(1))
    assert len(findings(RULE(), report(1), silent)) == 1
    assert missing(RULE(), silent, item(3, title=TITLE, body=BODY, links=(), parent=None)) == ["links and parents"]
    assert missing(RULE(), silent, item(3, title=TITLE, body=BODY, links=None, parent=EMPTY)) == ["links and parents"]


def test_how_alike_two_are_is_told_by_title_and_text() -> None:
    other = item(2, title=TITLE, body="Print the label in German, as the post wants it since May.", links=())
    alike = [found.evidence["alike"] for each in (report(2), other) for found in findings(RULE(), report(1), each)]
    assert alike == [1.0, 0.8]


def test_of_those_that_are_alike_the_oldest_is_kept_whatever_it_is_called() -> None:
    young, old, oldest = (
        item(n, title=TITLE, body=BODY, links=(), parent=EMPTY, created=ago(days))
        for n, days in ((1, 1), (2, 50), (3, 99))
    )
    assert sorted(facts(RULE(), young, old, oldest)) == ["SHOP-1 says what SHOP-3 says", "SHOP-2 says what SHOP-3 says"]
