"""What is recalled is what would be said, whatever happened to the backlog in between."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backlint.app.looking import Look, look
from backlint.app.policy import Policy
from backlint.app.remembering import Remembering
from backlint.catalog import every, load
from backlint.config import Team, TeamSettings
from backlint.connector import Batch, Connector
from backlint.engine import Said
from backlint.example import NOW
from backlint.finding import Crash
from backlint.model import Estimate, Item, Stage
from backlint.rule import Rule
from backlint.store import Store
from tests.some_backlog import BODIES, SPRINTS, THEMES, TITLES, some_backlog

RULES = tuple(rule() for rule in every(Rule))
POLICY = Policy(RULES)
SOURCE = "file:items"
TEAM = Team("Shop", TeamSettings(), (load(Connector, "file").model_validate({"path": "x", "name_in_store": SOURCE}),))


def keep(store: Store, items: Sequence[Item], order: Sequence[Item]) -> None:
    ranking = tuple(item.id for item in order)
    store.keep(SOURCE, Batch(items=tuple(items), sprints=SPRINTS, themes=THEMES, ranking=ranking), at=NOW)


def said(seen: Look) -> tuple[object, ...]:
    """All that was said; what is undecided stands in no order."""
    return seen.said.findings, seen.said.waived, sorted(map(repr, seen.said.undecided)), seen.said.crashes


def remembered(store: Store, days: float = 0) -> Look:
    """A look that recalls what it can, and keeps the rest for the next."""
    seen = look(store, POLICY, TEAM, NOW + timedelta(days=days))
    assert seen.memory
    seen.memory.write()
    return seen


def edited(item: Item, draw: Random) -> Item:
    """The item after somebody did something to it."""
    edits: Sequence[dict[str, object]] = (
        {"title": draw.choice(TITLES)},
        {"body": draw.choice(BODIES)},
        {"stage": draw.choice(list(Stage))},
        {"estimate": Estimate(value=draw.choice((1, 5, 40)))},
        {"labels": frozenset({"backlint:ignore"})},
        {"parent": None},
        {"links": ()},
    )
    return replace(item, **draw.choice(edits))  # type: ignore[arg-type]  # any field may be edited


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), nights=st.lists(st.integers(0, 3), min_size=1, max_size=4))
def test_with_and_without_a_memory_the_same_is_said(seed: int, nights: list[int]) -> None:
    draw = Random(seed)  # noqa: S311 - reproducible, not secret
    items = some_backlog(seed, 20)[0]
    with TemporaryDirectory() as folder, Store.open(str(Path(folder) / "store.db")) as store:
        keep(store, items, items)
        remembered(store)
        for night, changes in enumerate(nights, 1):
            changed = [edited(draw.choice(items), draw) for _ in range(changes)]
            items = [*{item.id: item for item in (*items, *changed)}.values()]
            if draw.random() < 0.3:
                draw.shuffle(items)
            keep(store, changed, items)
            fresh = look(store, POLICY, TEAM, NOW + timedelta(days=night), remembers=False)
            assert said(remembered(store, night)) == said(fresh)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        items = some_backlog(3, 20)[0]
        keep(opened, items, items)
        yield opened


class Listening(Remembering):
    """Counts what it could recall."""

    recalled = 0

    def recall(self, rule: Rule) -> Sequence[Said] | None:
        told = super().recall(rule)
        self.recalled += told is not None
        return told


def recalled(store: Store, team: Team = TEAM, rules: Sequence[Rule] = RULES) -> int:
    memory = Listening(store, team, look(store, POLICY, team, NOW, remembers=False).backlog)
    return sum(memory.recall(rule) is not None for rule in rules)


def test_every_timeless_rule_is_recalled_the_next_night(store: Store) -> None:
    assert recalled(store) == 0
    remembered(store)
    assert recalled(store) == sum(rule.is_timeless for rule in RULES)


def test_other_settings_are_another_rule(store: Store) -> None:
    remembered(store)
    (rule,) = (rule for rule in RULES if rule.name() == "too-many-criteria")
    assert recalled(store, rules=[rule]) == 1
    assert recalled(store, rules=[rule.model_copy(update={"stages": frozenset({Stage.DOING})})]) == 0


def test_another_team_on_the_same_items_remembers_for_itself(store: Store) -> None:
    remembered(store)
    assert recalled(store, replace(TEAM, name="Web")) == 0
    widths = TEAM.settings.bands.model_copy(update={"next_items": 3})
    assert recalled(store, replace(TEAM, settings=TEAM.settings.model_copy(update={"bands": widths}))) == 0


def test_a_failure_and_what_is_not_ours_are_not_kept(store: Store) -> None:
    seen = look(store, POLICY, TEAM, NOW, remembers=False)
    memory = Remembering(store, TEAM, seen.backlog)
    (rule,) = (rule for rule in RULES if rule.name() == "duplicate-item")
    memory.keep(rule, [Crash(rule="duplicate-item", subject=None, error="ValueError: no")])
    theirs = type("Theirs", (type(rule),), {"__module__": "shop.rules.theirs"})
    memory.keep(theirs(), [])
    memory.write()
    assert recalled(store, rules=[rule]) == 0
    assert recalled(store, rules=[theirs()]) == 0
