"""What the rules promise on labelled issues, and that it does not matter how an issue is written."""

from functools import cache

import pytest

from benchmarks.accuracy import DATA, MARKUPS, measure, same_findings
from benchmarks.duplicates import duplicate_figures
from benchmarks.figures import Figure, wilson
from tests.shared import needs_shared

PROMISED = {
    ("missing-acceptance-criteria", "issues"): (0.97, 0.97),
    ("story-form-present", "user stories"): (0.97, 0.97),
    ("story-form-defect", "user stories"): (0.97, 0.97),
    ("missing-reproduction-steps", "issues"): (0.85, 0.95),
    ("missing-expected-behaviour", "issues"): (0.88, 0.92),
    ("empty-description", "issues"): (0.95, 0.95),
    ("unfilled-template", "issues"): (0.85, 0.85),
    ("vague-description", "issues"): (0.85, 0.70),
    ("oversized", "issues"): (0.65, 0.0),
}


@cache
def figures() -> dict[tuple[str, str], Figure]:
    return {(figure.claim, figure.data): figure for figure in measure(DATA / "dev")}


@needs_shared
@pytest.mark.parametrize("claim", PROMISED, ids=lambda claim: "-".join(claim).replace(" ", "-"))
def test_is_as_often_right_as_promised(claim: tuple[str, str]) -> None:
    figure = figures()[claim]
    precision, recall = PROMISED[claim]
    assert (figure.precision or 0) >= precision, figure.wrong
    assert (figure.recall or 0) >= recall, figure.wrong


@needs_shared
@pytest.mark.parametrize("markup", MARKUPS)
def test_finds_the_same_in_every_markup(markup: str) -> None:
    alike, count = same_findings(DATA / "dev", markup)
    assert alike >= 0.995 * count


@needs_shared
def test_takes_hardly_a_series_for_duplicates() -> None:
    for pairs in duplicate_figures(DATA / "dev"):
        assert pairs.right >= 0.95 * (pairs.right + pairs.wrong)
        assert pairs.series_found <= 0.03 * pairs.series


def test_wilson_interval_is_the_published_one() -> None:
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 0) == (0.0, 1.0)
