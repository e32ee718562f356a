"""Put one rule to a few items."""

from typing import Any

from backlint.engine import Lint, lint
from backlint.example import NOW
from backlint.finding import Finding
from backlint.model import Backlog, Item
from backlint.rule import Rule


def ask(rule: Rule, *items: Item, **around: Any) -> Lint:
    """What the rule says of a backlog of these items; `around` is what else a backlog knows."""
    said = lint(Backlog(items, now=NOW, **around), [rule])
    assert not said.crashes
    return said


def findings(rule: Rule, *items: Item, **around: Any) -> tuple[Finding, ...]:
    return ask(rule, *items, **around).findings


def facts(rule: Rule, *items: Item, **around: Any) -> list[str]:
    """What it finds, in words."""
    return [str(finding) for finding in findings(rule, *items, **around)]


def missing(rule: Rule, *items: Item, **around: Any) -> list[str]:
    """What it could not see."""
    return [each.missing for each in ask(rule, *items, **around).undecided]
