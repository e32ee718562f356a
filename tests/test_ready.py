import pytest

from backlint.example import NOW, item
from backlint.model import EMPTY, Backlog, Estimate, Item, Kind, Link, LinkKind, Stage
from backlint.ready import CLEAR, DefinitionOfReady, readiness, waits_for

BODY = "The price shows the tax.\n\n## Acceptance criteria\n- The tax stands below the price."


def ready(**fields: object) -> Item:
    return item(1, **({"body": BODY, "estimate": Estimate(value=3), "links": (), "parent": EMPTY} | fields))


def blocked_by(target: str, stage: Stage | None = None) -> tuple[Link, ...]:
    return (Link(kind=LinkKind.BLOCKED_BY, target=target, key="OTHER", stage=stage),)


@pytest.mark.parametrize(
    ("fields", "lacks", "unknown"),
    [
        ({}, (), ()),
        ({"body": ""}, ("no description", "no acceptance criteria"), ()),
        ({"body": "", "criteria": "- It is shown."}, ("no description",), ()),
        ({"body": None}, (), ("description", "acceptance criteria")),
        ({"estimate": EMPTY}, ("no estimate",), ()),
        ({"estimate": None}, (), ("estimate",)),
        ({"estimate": EMPTY, "kind": Kind.SPIKE, "body": "Why?"}, (), ()),
        ({"links": None}, (), ("open blockers",)),
        ({"links": blocked_by("x", Stage.DOING)}, ("open blockers",), ()),
        ({"links": blocked_by("x", Stage.DONE)}, (), ()),
        ({"links": blocked_by("x")}, (), ("open blockers",)),
        ({"links": blocked_by("x", Stage.DOING), "parent": "x"}, (), ()),
        ({"kind": Kind.EPIC, "body": ""}, (), ()),
    ],
)
def test_what_an_item_lacks_and_what_is_not_known(
    fields: dict[str, object], lacks: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    it = ready(**fields)
    known = readiness(it, Backlog([it], now=NOW), DefinitionOfReady())
    assert (known.lacks, known.unknown) == (lacks, unknown)
    assert known.is_ready is not (bool(lacks) or bool(unknown))
    assert known.is_unready is bool(lacks)


def test_clear_asks_for_words_only() -> None:
    it = ready(estimate=EMPTY, links=blocked_by("x", Stage.DOING))
    assert readiness(it, Backlog([it], now=NOW), CLEAR).is_ready


@pytest.mark.parametrize(
    ("blocker", "waits"),
    [
        (item(1), []),
        (item(3), [(True, True)]),
        (item(3, stage=Stage.DOING), []),
        (item(3, stage=Stage.DONE), []),
        (item(1, rank=None), [(True, False)]),
        (item(1, kind=Kind.EPIC), [(True, False)]),
    ],
)
def test_only_what_does_not_come_first_is_an_obstacle(blocker: Item, waits: list[tuple[bool, bool]]) -> None:
    it = item(2, links=blocked_by(blocker.id), parent=EMPTY)
    found = waits_for(it, Backlog([it, blocker], now=NOW))
    assert [(each.is_open, each.is_below) for each in found] == waits


def test_a_team_that_does_not_estimate_owes_no_estimate() -> None:
    items = [item(n, estimate=EMPTY, body=BODY, links=(), parent=EMPTY) for n in range(1, 31)]
    assert "no estimate" not in readiness(items[0], Backlog(items, now=NOW), DefinitionOfReady()).lacks
