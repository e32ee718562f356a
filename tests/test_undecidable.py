"""`None` is never held against an item: taking a field away from a whole backlog never adds a finding."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backlint.catalog import every
from backlint.engine import lint
from backlint.example import Example
from backlint.model import Backlog, Item
from backlint.rule import Rule
from tests.some_backlog import some_backlog

OPTIONAL = tuple(sorted(field.name for field in fields(Item) if field.default is None))
TOLD_TOGETHER: Mapping[str, tuple[str, ...]] = {"criteria": ("criteria", "body")}
"""Acceptance criteria stand in a field of their own or in the text. A tracker without such a field is no tracker that
hides them, so they are only untold when both are."""


def without(field: str, item: Item) -> Item:
    untold: dict[str, Any] = dict.fromkeys(TOLD_TOGETHER.get(field, (field,)))
    return replace(item, **untold)


def found(backlog: Backlog, rules: Sequence[Rule]) -> dict[str, str]:
    said = lint(backlog, rules)
    assert not said.crashes, said.crashes
    return {finding.fingerprint: f"{finding.rule}: {finding}" for finding in said.findings}


@pytest.fixture(scope="module")
def rules() -> tuple[Rule, ...]:
    return tuple(rule() for rule in every(Rule))


@given(seed=st.integers(0, 1_000_000), size=st.integers(1, 40))
@settings(max_examples=8, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_taking_a_field_away_adds_no_finding(rules: tuple[Rule, ...], seed: int, size: int) -> None:
    items, look = some_backlog(seed, size)
    before = found(look(items), rules)
    for field in OPTIONAL:
        after = found(look([without(field, item) for item in items]), rules)
        added = [after[each] for each in after.keys() - before.keys()]
        assert not added, f"without {field}: {added}"


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule.name()}-{which}-{number}")
        for rule in every(Rule)
        for which in ("flags", "passes")
        for number, example in enumerate(getattr(rule, which), 1)
    ],
)
def test_taking_a_field_away_from_an_example_adds_no_finding(rule: type[Rule], example: Example) -> None:
    before = found(example.backlog(), [rule()])
    for field in OPTIONAL:
        items = tuple(without(field, item) for item in example.items)
        after = found(replace(example, items=items).backlog(), [rule()])
        assert after.keys() <= before.keys(), f"without {field}: {after}"


@given(seed=st.integers(0, 1_000_000), size=st.integers(1, 60))
@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_reading_changes_no_finding(rules: tuple[Rule, ...], seed: int, size: int) -> None:
    items, look = some_backlog(seed, size)
    shuffled = list(items)
    Random(seed + 1).shuffle(shuffled)  # noqa: S311 - reproducible, not secret
    assert found(look(shuffled), rules) == found(look(items), rules)
