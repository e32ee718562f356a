"""What a person accepted is not shown, but counted; and a waiver that does nothing is told."""

import pytest

from backlint.catalog import load
from backlint.engine import Lint, lint
from backlint.example import NOW, ago, item
from backlint.model import Backlog, Item
from backlint.rule import Rule

RULES = [load(Rule, name)() for name in ("missing-description", "stale-item", "unused-waiver", "expired-waiver")]


def stale(number: int = 1, body: str = "", labels: tuple[str, ...] = ()) -> Item:
    return item(number, body=body, labels=frozenset(labels), created=ago(800), events=())


def linted(*items: Item, rules: list[Rule] | None = None) -> Lint:
    return lint(Backlog(items, now=NOW), RULES if rules is None else rules)


def told(said: Lint) -> list[str]:
    return [finding.rule for finding in said.findings]


def test_a_waived_finding_is_counted_and_not_shown() -> None:
    said = linted(stale(1, "backlint: ignore[stale-item] on purpose"), stale(2, "Some text."))
    assert [str(finding.subject.key) for finding in said.findings if finding.subject] == ["SHOP-2"]
    assert [(it.finding.rule, it.waiver.reason) for it in said.waived] == [("stale-item", "on purpose")]


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("backlint:ignore", []),
        ("backlint:ignore:staleness", ["missing-description"]),
        ("backlint:ignore:missing-description", ["stale-item"]),
    ],
)
def test_a_label_waives_everything_a_family_or_a_rule(label: str, shown: list[str]) -> None:
    assert told(linted(stale(labels=(label,)))) == shown


def test_a_waiver_that_hides_nothing_is_told() -> None:
    fresh = item(1, body="Some text.\nbacklint: ignore[stale-item] old", created=ago(3), events=())
    assert told(linted(fresh)) == ["unused-waiver"]


def test_a_waiver_is_not_judged_by_a_run_that_did_not_ask_its_rule() -> None:
    fresh = item(1, body="Some text.\nbacklint: ignore[stale-item] old", created=ago(3), events=())
    assert told(linted(fresh, rules=[rule for rule in RULES if rule.name() != "stale-item"])) == []


def test_a_waiver_is_not_judged_where_its_rule_could_not_decide() -> None:
    unread = item(1, body="Some text.\nbacklint: ignore[stale-item] old", created=ago(800), events=None)
    assert told(linted(unread)) == []


def test_a_waiver_for_everything_is_judged_by_any_run_of_other_rules() -> None:
    fresh = item(1, body="Some text.", labels=frozenset({"backlint:ignore"}), created=ago(3), events=())
    assert told(linted(fresh)) == ["unused-waiver"]
    assert told(linted(fresh, rules=[load(Rule, "unused-waiver")()])) == []


def test_a_name_that_no_rule_has_is_told() -> None:
    said = linted(item(1, body="Some text.\nbacklint: ignore[stale-itme] old", created=ago(3), events=()))
    assert [finding.fact for finding in said.findings] == ["waives stale-itme, and there is no such rule"]


def test_when_a_waiver_is_over_the_finding_is_back() -> None:
    said = linted(stale(1, "Some text.\nbacklint: ignore[stale-item] until 2026-11-21"))
    assert sorted(told(said)) == ["expired-waiver", "stale-item"]
    assert not said.waived


def test_of_a_closed_item_no_waiver_is_judged() -> None:
    closed = item(1, body="backlint: ignore[stale-item]", stage="done")
    assert told(linted(closed)) == []


def test_an_item_may_have_several_waivers() -> None:
    both = stale(1, "backlint: ignore[stale-item] one\nbacklint: ignore[staleness] two")
    said = linted(both)
    assert len(said.waived) == 1
    assert "unused-waiver" not in told(said)
