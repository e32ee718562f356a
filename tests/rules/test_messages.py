"""What people read: every fault that a rule about order, planning or goals finds in its own examples."""

import pytest
from syrupy.assertion import SnapshotAssertion

from backlint.catalog import every
from backlint.engine import lint
from backlint.rule import Rule

FAMILIES = ("ordering", "roadmap")


def told(rule: type[Rule]) -> list[str]:
    findings = [finding for example in rule.flags for finding in lint(example.backlog(), [rule()]).findings]
    return [f"{it.severity}: {it}. [{it.limit or 'no limit'}] {it.fix}" for it in findings]


@pytest.mark.parametrize("family", FAMILIES)
def test_messages(family: str, snapshot: SnapshotAssertion) -> None:
    assert {rule.name(): told(rule) for rule in every(Rule) if rule.family() == family} == snapshot
