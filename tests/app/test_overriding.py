"""Other settings for some of the items."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from backlint.app.overriding import lint_overridden
from backlint.config import Match, Override, Surroundings, load
from backlint.example import NOW, item
from backlint.finding import Severity
from backlint.model import Backlog, Band, Kind, Stage, Theme

BARE = Backlog(
    [
        item(1, body="", labels=frozenset({"Legacy-Shop"}), status="To Do"),
        item(2, body="", kind=Kind.BUG, labels=frozenset(), themes=("t1",)),
        item(3, body="", project="acme/shop", stage=Stage.SELECTED, labels=None, components=frozenset({"pay"})),
        item(40, body="told"),
    ],
    now=NOW,
    themes=[Theme(id="t1", key="v2", title="Pay later")],
)


@pytest.mark.parametrize(
    ("match", "fits"),
    [
        ({}, "1 2 3 40"),
        ({"label": "legacy-*"}, "1"),
        ({"kind": "bug"}, "2"),
        ({"kind": ["bug", "story"]}, "1 2 3 40"),
        ({"stage": "selected"}, "3"),
        ({"project": "acme/*"}, "3"),
        ({"component": ["pay", "other"]}, "3"),
        ({"theme": "v2"}, "2"),
        ({"theme": "pay*"}, "2"),
        ({"status": "to do"}, "1"),
        ({"band": "next"}, "1 2 3 40"),
        ({"band": "icebox"}, ""),
        ({"key": "shop-4*"}, "40"),
        ({"label": "*", "kind": "bug"}, ""),
    ],
)
def test_all_that_is_said_must_fit(match: dict[str, object], fits: str) -> None:
    wanted = Match.model_validate(match)
    assert [each.id for each in BARE if wanted.fits(each, BARE)] == [f"example:{n}" for n in fits.split()]


def said(overrides: Sequence[Override]) -> dict[str, Severity]:
    rules = load(flags={"select": ["missing-description"]}, around=Surroundings(Path("/"), {})).rules
    findings = lint_overridden(BARE, rules, overrides).said.findings
    return {finding.subject.key: finding.severity for finding in findings if finding.subject}


def overrides(text: str, folder: Path) -> Sequence[Override]:
    (folder / "backlint.toml").write_text(text)
    return load(around=Surroundings(folder, {})).overrides


def test_other_settings_count_for_the_items_that_match(tmp_path: Path) -> None:
    text = '[[overrides]]\nmatch.kind = "bug"\n[overrides.rules.missing-description]\nseverity = "info"'
    found = said(overrides(text, tmp_path))
    assert found == {"SHOP-1": Severity.ERROR, "SHOP-2": Severity.INFO, "SHOP-3": Severity.ERROR}


def test_the_last_that_fits_counts(tmp_path: Path) -> None:
    text = """
    [[overrides]]
    match = {}
    [overrides.rules.missing-description]
    severity = "info"
    [[overrides]]
    match.kind = "bug"
    [overrides.rules.missing-description]
    severity = "warning"
    """
    assert set(said(overrides(text, tmp_path)).values()) == {Severity.INFO, Severity.WARNING}
    assert said(overrides(text, tmp_path))["SHOP-2"] is Severity.WARNING


@pytest.mark.parametrize("word", ["missing-description", "readiness"])
def test_a_rule_or_a_family_is_ignored_for_the_items_that_match(tmp_path: Path, word: str) -> None:
    text = f'[[overrides]]\nmatch.label = "legacy*"\nignore = ["{word}"]'
    assert set(said(overrides(text, tmp_path))) == {"SHOP-2", "SHOP-3"}


def test_what_is_ignored_is_counted(tmp_path: Path) -> None:
    text = '[[overrides]]\nmatch = {}\nignore = { readiness = "we write elsewhere" }'
    rules = load(flags={"select": ["missing-description"]}, around=Surroundings(tmp_path, {})).rules
    assert lint_overridden(BARE, rules, overrides(text, tmp_path)).ignored == 3


def test_what_counts_everywhere_counts_there_too_where_nothing_else_is_said(tmp_path: Path) -> None:
    text = """
    [rules.missing-description]
    severity = "warning"
    [[overrides]]
    match.kind = "bug"
    [overrides.rules.missing-description]
    stages = ["done"]
    """
    (override,) = overrides(text, tmp_path)
    assert override.rules["missing-description"].severity_in(Band.NEXT) is Severity.WARNING


def test_a_rule_that_does_not_run_is_not_started_by_an_override(tmp_path: Path) -> None:
    text = '[[overrides]]\nmatch = {}\n[overrides.rules.stale-item]\nseverity = "error"'
    assert set(said(overrides(text, tmp_path))) == {"SHOP-1", "SHOP-2", "SHOP-3"}


def test_findings_stay_in_their_order(tmp_path: Path) -> None:
    text = '[[overrides]]\nmatch.key = "SHOP-1"\n[overrides.rules.missing-description]\nseverity = "info"'
    assert list(said(overrides(text, tmp_path))) == ["SHOP-2", "SHOP-3", "SHOP-1"]


def test_what_is_waived_counts_under_the_settings_of_its_item_and_once(tmp_path: Path) -> None:
    """Two items waive the same rule; the rule has other settings for one of them, and is ignored for a third."""
    text = """
    [[overrides]]
    match.key = "SHOP-2"
    [overrides.rules.missing-description]
    severity = "info"
    [[overrides]]
    match.key = "SHOP-3"
    ignore = ["missing-description"]
    """
    waived = Backlog(
        [item(n, body="", labels=frozenset({"backlint:ignore:missing-description"})) for n in (1, 2, 3)], now=NOW
    )
    rules = load(flags={"select": ["missing-description"]}, around=Surroundings(Path("/"), {})).rules
    said = lint_overridden(waived, rules, overrides(text, tmp_path)).said
    assert said.findings == ()
    told = {each.finding.subject.key: each.finding.severity for each in said.waived if each.finding.subject}
    assert told == {"SHOP-1": Severity.ERROR, "SHOP-2": Severity.INFO}
    assert len(said.waived) == 2
