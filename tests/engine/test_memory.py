"""A rule that says it is timeless never asks the time: so what it said of a backlog can be recalled."""

from dataclasses import replace
from datetime import datetime

import pytest

from backlint.catalog import every
from backlint.engine.asking import ask
from backlint.example import Example
from backlint.model import Backlog
from backlint.rule import Rule

TIMELESS = [rule for rule in every(Rule) if rule.is_timeless]


class Untimed(Backlog):
    """A backlog that fails whoever asks it the time; its pace is the same, but not the sprints that it comes from."""

    @property
    def now(self) -> datetime:
        raise AssertionError("it asked the time")

    @now.setter
    def now(self, _: datetime) -> None: ...


def untimed(example: Example) -> Backlog:
    told = example.backlog()
    return Untimed(
        told.items,
        now=told.now,
        sprints=told.sprints.values(),
        themes=told.themes.values(),
        pace=told.pace and replace(told.pace, samples=(99.0, 1.0)),
    )


EXAMPLES = [example for rule in every(Rule) for example in (*rule.flags, *rule.passes, *rule.undecided)]


@pytest.mark.parametrize("rule", TIMELESS, ids=lambda rule: rule.name())
def test_a_timeless_rule_never_asks_the_time(rule: type[Rule]) -> None:
    """Asked about the examples of all rules, it says the same where there is no time to ask for."""
    for example in EXAMPLES:
        assert list(ask(untimed(example), [rule()])) == list(ask(example.backlog(), [rule()]))
