"""Waivers are read where people write them, and from people who may."""

from datetime import date

import pytest

from backlint.example import PERSON, happened, item
from backlint.model import Event, Happening, People, Person
from backlint.model.waivers import Waiver, find_waivers

MEMBER = Person(id="1", name="Kim", on_team=True)
VISITOR = Person(id="2", name="Sam", on_team=False)


def said(text: str, actor: Person | None = PERSON, *, is_ours: bool = False) -> Event:
    return happened(Happening.COMMENTED, 3, text=text, actor=actor, is_ours=is_ours)


@pytest.mark.parametrize(
    ("line", "rules", "reason", "until"),
    [
        (
            "backlint: ignore[stale-item] waits for the audit until 2027-01-31",
            {"stale-item"},
            "waits for the audit",
            date(2027, 1, 31),
        ),
        ("backlint: ignore[stale-item]", {"stale-item"}, "", None),
        ("backlint: ignore", set[str](), "", None),
        ("Backlint: Ignore[stale_item, flow] the law, says so.", {"stale-item", "flow"}, "the law, says so", None),
        ("- backlint: ignore[stale-item] - on purpose", {"stale-item"}, "on purpose", None),
        ("> * backlint:ignore[stale-item]: on purpose", {"stale-item"}, "on purpose", None),
        (r"backlint: ignore\[stale-item\] escaped by a converter", {"stale-item"}, "escaped by a converter", None),
        ("<!-- backlint: ignore[stale-item] hidden until 2027-01-31 -->", {"stale-item"}, "hidden", date(2027, 1, 31)),
    ],
)
def test_a_line_is_read(line: str, rules: set[str], reason: str, until: date | None) -> None:
    [found] = find_waivers(item(body=f"Some text.\n{line}\nMore text."))
    assert (set(found.rules), found.reason, found.until) == (rules, reason, until)


@pytest.mark.parametrize(
    "text",
    [
        "People write backlint: ignore[stale-item] into the text.",
        "```\nbacklint: ignore[stale-item]\n```",
        "~~~\nbacklint: ignore[stale-item]",
        "backlint: ignored",
        "",
    ],
    ids=["in a sentence", "in code", "in open code", "another word", "nothing"],
)
def test_is_no_waiver(text: str) -> None:
    assert not find_waivers(item(body=text))


def test_a_text_of_a_million_lines_is_read() -> None:
    [found] = find_waivers(item(body="\n > \n" * 300_000 + "backlint: ignore\n" + "```" * 100_000))
    assert not found.rules


def test_labels_are_read() -> None:
    found = find_waivers(item(labels=frozenset({"backlint:ignore:stale-item", "Backlint:Ignore", "backlint:quiet"})))
    assert [(waiver.rules, str(waiver)) for waiver in found] == [
        (frozenset(), "backlint:ignore"),
        (frozenset({"stale-item"}), "backlint:ignore:stale-item"),
    ]


@pytest.mark.parametrize(("actor", "counts"), [(MEMBER, True), (PERSON, True), (None, True), (VISITOR, False)])
def test_only_the_team_may_waive_where_it_is_known(actor: Person | None, counts: bool) -> None:
    line = "backlint: ignore[stale-item]"
    assert bool(find_waivers(item(events=(said(line, actor),)))) is counts
    assert bool(find_waivers(item(body=line, author=actor))) is counts


def test_the_team_may_be_told() -> None:
    commented = item(events=(said("backlint: ignore"),))
    assert find_waivers(commented, People(team=("Robin",)))
    assert not find_waivers(commented, People(team=("Kim",)))


def test_what_we_wrote_and_what_bots_write_is_no_waiver() -> None:
    words = "backlint: ignore[stale-item] reason until 2027-01-31"
    bot = Person(id="9", name="tidy[bot]")
    assert not find_waivers(item(events=(said(words, is_ours=True), said(words, bot))))


def test_a_repeated_waiver_counts_once() -> None:
    assert len(find_waivers(item(events=(said("backlint: ignore"), said("backlint: ignore"))))) == 1


def test_an_end_that_is_no_date_hides_nothing() -> None:
    [found] = find_waivers(item(body="backlint: ignore[stale-item] until 2027-02-30"))
    assert found.unreadable == "2027-02-30"
    assert not found.is_in_force(date(2026, 1, 1))


def test_a_waiver_holds_through_its_last_day() -> None:
    waiver = Waiver(rules=frozenset(), until=date(2026, 11, 22))
    assert waiver.is_in_force(date(2026, 11, 22))
    assert waiver.is_over(date(2026, 11, 23))


def test_a_waiver_covers_a_rule_by_any_of_its_words() -> None:
    words = frozenset({"stale-item", "staleness", "old-item"})
    assert Waiver(rules=frozenset()).covers(words)
    assert Waiver(rules=frozenset({"staleness"})).covers(words)
    assert not Waiver(rules=frozenset({"flow"})).covers(words)
