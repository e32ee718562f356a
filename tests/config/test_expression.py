"""Expressions are small and safe."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.config.expression import FACTS, LONGEST, parse
from backlint.example import NOW, ago, item
from backlint.model import Backlog, Estimate, Kind, Priority
from tests.config.conftest import Desk

BUG = item(
    3, title="Old", kind=Kind.BUG, labels=frozenset({"legacy"}), created=ago(400), votes=4, due=date(2026, 11, 20),
    priority=Priority(level=2, name="High"), estimate=Estimate(value=5), body="",
)  # fmt: skip
BACKLOG = Backlog([BUG], now=NOW)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ('kind == "bug"', True),
        ('kind in ["story", "spike"]', False),
        ('kind == "bug" and age > 365 and "legacy" in labels', True),
        ('kind == "bug" and age > 365 and "legacy" not in labels', False),
        ('band == "next" or votes > 10', True),
        ("not (votes > 3)", False),
        ("1 < rank <= 3", True),
        ("due_in < 0", True),
        ("estimate >= 5 and priority <= 2", True),
        ('"ld" in title', True),
        ("status == status", False),
        ('status != "x"', False),
        ("components == []", False),
        ('votes > "3"', False),
        ("3 in votes", False),
        ("True", True),
        ("not " * 240 + "True", True),
    ],
)
def test_says_whether_an_item_fits(text: str, *, fits: bool) -> None:
    assert bool(parse(text)(BUG, BACKLOG)) is fits


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')", "title.upper()", "labels[0]", "(lambda: 1)()", "[x for x in labels]",
        "age + 1",
        "f'{title}'", "a := 1", "age is 3", "colour == 1", "", "kind ==", "9**9**9", "'a' * 10**9", "x" * (LONGEST + 1),
        "(" * 400 + ")" * 400, "-" * 900 + "1", "\x00",
    ],
)  # fmt: skip
def test_nothing_else_may_stand_there(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse(text)(BUG, BACKLOG)


@given(st.text(st.sampled_from("()[]'\"\\ .,=<>!+-*/%andorotikeysg019_:{}\n"), max_size=60))
def test_whatever_is_written_the_answer_is_a_look_or_a_word(text: str) -> None:
    try:
        look = parse(text)
    except ValueError:
        return
    look(BUG, BACKLOG)


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_can_be_asked_of_a_bare_item(fact: str) -> None:
    bare = item(1, rank=None)
    assert parse(f"{fact} == {fact}")(bare, Backlog([bare], now=NOW)) in {True, False}


def test_a_mistake_is_told_with_its_line(desk: Desk) -> None:
    told = desk.refused('[[overrides]]\nmatch.where = "colour == 3"')
    assert told[0].startswith(
        'backlint.toml:2: overrides.0.match.where: "colour" is no fact about an item; there are: age,'
    )
