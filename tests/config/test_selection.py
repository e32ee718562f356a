"""Which rules run: the whole truth table."""

from collections.abc import Iterator
from itertools import product

import pytest

from backlint import catalog
from backlint.config.selection import PROFILES, Exactness, Selection
from backlint.model import Backlog
from backlint.rule import BacklogRule, Rule, Verdict


class OnRequest(BacklogRule):
    """A rule that waits to be asked for."""

    is_default = False
    aliases = ("former-name",)

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Say nothing."""
        del backlog
        yield from ()


OnRequest.__module__ = "backlint.rules.family.on_request"
STALE = catalog.load(Rule, "stale-item")

#  select                       ignore                  runs
TABLE = [
    ((), (), False),
    ((), ("stale-item",), False),
    ((), ("staleness",), False),
    (("recommended",), (), True),
    (("strict",), (), True),
    (("minimal",), (), False),
    (("staleness",), (), True),
    (("stale-item",), (), True),
    (("ordering",), (), False),
    (("stale-backlog",), (), False),
    (("recommended",), ("recommended",), False),
    (("recommended",), ("staleness",), False),
    (("recommended",), ("stale-item",), False),
    (("recommended",), ("stale-backlog",), True),
    (("recommended",), ("ordering",), True),
    (("staleness",), ("recommended",), True),
    (("staleness",), ("staleness",), False),
    (("staleness",), ("stale-item",), False),
    (("stale-item",), ("recommended",), True),
    (("stale-item",), ("staleness",), True),
    (("stale-item",), ("stale-item",), False),
    (("minimal", "stale-item"), ("staleness",), True),
    (("recommended", "staleness"), ("strict",), True),
]


@pytest.mark.parametrize(("select", "ignore", "runs"), TABLE)
@pytest.mark.parametrize("extends", [False, True], ids=["select", "extend_select"])
def test_truth_table(select: tuple[str, ...], ignore: tuple[str, ...], *, runs: bool, extends: bool) -> None:
    chosen = ((), select) if extends else (select, ())
    decision = Selection(chosen[0], chosen[1], dict.fromkeys(ignore, "")).decide(STALE)
    assert decision.is_selected is runs


@pytest.mark.parametrize(
    ("words", "runs"),
    [
        (("recommended",), False),
        (("strict",), True),
        (("family",), True),
        (("on-request",), True),
        (("former-name",), True),
    ],
)
def test_a_rule_that_is_no_default_waits_to_be_asked_for(words: tuple[str, ...], *, runs: bool) -> None:
    assert Selection(words).decide(OnRequest).is_selected is runs


def test_the_decision_says_which_word_made_it() -> None:
    assert Selection(("recommended", "staleness")).decide(STALE).because == 'selected by "staleness"'
    assert (
        Selection(ignore={"staleness": "we use a bot"}).decide(STALE).because == 'ignored as "staleness": we use a bot'
    )
    assert Selection(("ordering",)).decide(STALE).because == "not selected"


@pytest.mark.parametrize(("chosen", "refused"), list(product(Exactness, Exactness)))
def test_the_more_exact_word_wins_and_ignore_wins_a_tie(chosen: Exactness, refused: Exactness) -> None:
    words = {
        Exactness.NOT: "ordering",
        Exactness.PROFILE: "strict",
        Exactness.FAMILY: "staleness",
        Exactness.RULE: "stale-item",
    }
    decision = Selection((words[chosen],), ignore={words[refused]: ""}).decide(STALE)
    assert decision.is_selected is (chosen > refused)


def test_every_smaller_profile_is_part_of_the_larger() -> None:
    sizes = {
        profile: {rule for rule in catalog.every(Rule) if Selection((profile,)).decide(rule).is_selected}
        for profile in PROFILES
    }
    assert sizes["minimal"] < sizes["recommended"] <= sizes["strict"] == set(catalog.every(Rule))
    assert sizes["bot"] < sizes["planning"] < sizes["recommended"] == sizes["nightly"]
