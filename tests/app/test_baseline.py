"""Today's debt is forgiven, tomorrow's is not."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.app.baseline import Baseline, forgive, made_of, pruned, read, write
from backlint.errors import ConfigError
from backlint.finding import Confidence, Finding, Severity, Subject

INFO, WARNING, ERROR = Severity


def finding(rule: str = "stale-item", item: str | None = "1", severity: Severity = WARNING, part: str = "") -> Finding:
    subject = Subject(id=f"jira:{item}", key=f"SHOP-{item}", title="", url="") if item else None
    return Finding(
        rule=rule, family="staleness", severity=severity, confidence=Confidence.HIGH, subject=subject, band=None,
        fact="", fix="", limit=None, part=part, evidence={},
    )  # fmt: skip


ASKED = {"stale-item", "missing-estimate"}


def shown(then: Sequence[Finding], now: Sequence[Finding]) -> tuple[Finding, ...]:
    return forgive(made_of({"web": then}), "web", now, ASKED).shown


def test_what_stood_there_is_forgiven_and_what_is_new_is_not() -> None:
    old, new = finding(item="1"), finding(item="2")
    assert shown([old], [old, new]) == (new,)


def test_another_rule_on_the_same_item_is_new() -> None:
    new = finding("missing-estimate")
    assert shown([finding()], [finding(), new]) == (new,)


def test_more_of_the_same_is_all_shown() -> None:
    now = [finding(part="a"), finding(part="b")]
    assert shown(now[:1], now) == tuple(now)


def test_what_grew_heavier_is_shown_for_the_item_came_nearer() -> None:
    assert shown([finding(severity=INFO)], [finding(severity=ERROR)])
    assert not shown([finding(severity=ERROR)], [finding(severity=INFO)])


def test_a_finding_about_the_backlog_itself_is_forgiven() -> None:
    assert not shown([finding(item=None)], [finding(item=None)])


def test_other_teams_are_not_forgiven() -> None:
    baseline = made_of({"web": [finding()]})
    assert forgive(baseline, "app", [finding()], ASKED).shown


def test_what_is_mended_is_told() -> None:
    (stale,) = forgive(made_of({"web": [finding(), finding(item="2")]}), "web", [finding()], ASKED).stale
    assert (stale.key, stale.rule) == ("SHOP-2", "stale-item")


def test_of_a_rule_that_was_not_asked_nothing_is_told_or_pruned() -> None:
    baseline = made_of({"web": [finding()]})
    assert not forgive(baseline, "web", [], {"missing-estimate"}).stale
    assert pruned(baseline, {"web": []}, {"missing-estimate"}) == baseline


def test_a_team_that_was_not_checked_is_not_pruned() -> None:
    baseline = made_of({"web": [finding()], "app": [finding()]})
    assert set(pruned(baseline, {"web": []}, ASKED).teams["app"]) == {"jira:1"}


def test_is_written_so_that_a_person_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    write(made_of({"web": [finding(), finding(severity=ERROR, part="b"), finding(item=None)]}), file)
    assert '"key": "SHOP-1"' in file.read_text()
    assert '"stale-item": {' in file.read_text()
    assert read(file).size == 3


@pytest.mark.parametrize("text", ["", "[]", '{"version": 2}', '{"teams": {"web": {"1": {"key": "S"}}}}', "\xff"])
def test_a_file_that_is_no_baseline_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(text, "latin-1")
    with pytest.raises(ConfigError, match=r"baseline\.json: this is no baseline"):
        read(file)


findings = st.lists(
    st.builds(
        finding,
        st.sampled_from(sorted(ASKED)),
        st.sampled_from(["1", "2", None]),
        st.sampled_from(Severity),
        st.sampled_from(["", "a"]),
    ),
    max_size=12,
)


@given(findings)
def test_a_baseline_forgives_all_that_it_was_made_of(found: list[Finding]) -> None:
    left = forgive(made_of({"web": found}), "web", found, ASKED)
    assert not left.shown
    assert not left.stale
    assert left.forgiven == tuple(found)


@given(findings, findings)
def test_nothing_is_lost(then: list[Finding], now: list[Finding]) -> None:
    left = forgive(made_of({"web": then}), "web", now, ASKED)
    assert sorted(map(id, (*left.shown, *left.forgiven))) == sorted(map(id, now))


@given(findings, findings, findings)
def test_pruning_forgives_no_more_than_before_and_leaves_nothing_stale(
    then: list[Finding], now: list[Finding], later: list[Finding]
) -> None:
    before = made_of({"web": then})
    after = pruned(before, {"web": now}, ASKED)
    assert not forgive(after, "web", now, ASKED).stale
    assert pruned(after, {"web": now}, ASKED) == after
    more = forgive(before, "web", later, ASKED).shown
    assert set(map(id, more)) <= set(map(id, forgive(after, "web", later, ASKED).shown))


@given(findings)
def test_what_is_read_is_what_was_written(found: list[Finding]) -> None:
    baseline = made_of({"web": found})
    assert Baseline.model_validate_json(baseline.model_dump_json()) == baseline
