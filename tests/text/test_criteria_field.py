"""Criteria may stand in a field of their own; then the text need not hold them."""

import pytest

from backlint.example import example
from backlint.model import EMPTY
from backlint.text import Criteria


def criteria(**fields: object) -> Criteria | None:
    backlog = example(**fields).backlog()  # type: ignore[arg-type]  # any field of an item
    return backlog.criteria(backlog.items[0])


@pytest.mark.parametrize(
    "field", ["- It opens\n- It closes", "# Scenario\nIt opens\n# Other\nIt closes", "It opens\n\nIt closes"]
)
def test_the_field_counts_however_it_is_written(field: str) -> None:
    found = criteria(body="Doors.", criteria=field)
    assert found
    assert [line.text for line in found.statements] == ["It opens", "It closes"]


@pytest.mark.parametrize("field", [EMPTY, None, "", "TBD", "<!-- what must be true? -->"])
def test_an_unfilled_field_leaves_it_to_the_text(field: object) -> None:
    found = criteria(body="Acceptance criteria:\n- It opens", criteria=field)
    assert found
    assert found.statements


def test_what_was_not_read_is_not_judged() -> None:
    assert criteria(body=None, criteria=EMPTY) is None
    assert criteria(body=None, criteria="- It opens")
