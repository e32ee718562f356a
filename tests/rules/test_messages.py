"""What people read: all that every rule says of its own examples, what it rests on, and what it could not see."""

import pytest
from syrupy.assertion import SnapshotAssertion

from backlint.catalog import every
from backlint.engine import lint
from backlint.example import Example
from backlint.finding import Finding
from backlint.rule import Rule


def told(finding: Finding) -> list[object]:
    parts = f" <{finding.part}>" if finding.part else ""
    return [
        f"{finding.severity}, {finding.confidence} confidence{parts}: {finding}. [{finding.limit or 'no limit'}]",
        finding.fix,
        dict(finding.evidence),
    ]


def answers(rule: type[Rule], examples: tuple[Example, ...]) -> list[object]:
    lints = [lint(example.backlog(), [rule()]) for example in examples]
    missing = [
        f"{it.subject.key if it.subject else 'the backlog'}: {it.missing}" for one in lints for it in one.undecided
    ]
    return [*(told(finding) for one in lints for finding in one.findings), *missing]


@pytest.mark.parametrize("rule", every(Rule), ids=lambda rule: rule.name())
def test_messages(rule: type[Rule], snapshot: SnapshotAssertion) -> None:
    assert answers(rule, rule.flags) == snapshot(name="flags")
    assert answers(rule, rule.undecided) == snapshot(name="undecided")
