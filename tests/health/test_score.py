import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.example import item
from backlint.finding import Confidence, Finding, Severity
from backlint.health import Tone
from backlint.health.score import VERSION, Scale, grade, tone
from backlint.model import Backlog, Band, Kind
from tests.health.made import backlog, backlog_of, finding

LONG = backlog_of(140)
"""Long enough to have items in every band."""


def any_finding(at: int | None, family: str, severity: Severity, confidence: Confidence, part: str) -> Finding:
    about = None if at is None else LONG.items[at]
    return finding(about, family=family, severity=severity, confidence=confidence, part=part)


findings_of_it = st.lists(
    st.builds(
        any_finding,
        st.none() | st.integers(0, 139),
        st.sampled_from(["readiness", "ordering", "flow"]),
        st.sampled_from(Severity),
        st.sampled_from(Confidence),
        st.text("ab", max_size=2),
    ),
    max_size=60,
)


def score(log: Backlog, *findings: Finding) -> float:
    graded = grade(Scale(log), findings)
    assert graded
    return graded.value


def test_without_findings_it_is_full() -> None:
    assert score(LONG) == 100


def test_a_backlog_without_open_items_has_none() -> None:
    assert grade(Scale(backlog()), ()) is None


@given(findings_of_it)
def test_what_was_lost_and_what_is_left_make_a_hundred(findings: list[Finding]) -> None:
    graded = grade(Scale(LONG), findings)
    assert graded
    assert graded.value + sum(loss.points for loss in graded.losses) == pytest.approx(100, abs=0.05)
    assert 0 <= graded.value <= 100


@given(findings_of_it.filter(bool))
def test_mending_never_lowers_it(findings: list[Finding]) -> None:
    rounding = 0.2
    assert score(LONG, *findings[1:]) >= score(LONG, *findings) - rounding


def test_the_same_fault_costs_more_near_the_top() -> None:
    at_the_top, below, at_the_end = LONG.items[0], LONG.items[20], LONG.items[-1]
    assert score(LONG, finding(at_the_top)) < score(LONG, finding(below)) < score(LONG, finding(at_the_end))


def test_a_long_tail_does_not_hide_the_top() -> None:
    longer = backlog_of(1000)
    all_of_next = [finding(each) for each in longer.through(Band.NEXT)]
    assert score(longer, *all_of_next) == pytest.approx(100 - 0.6 * 100 * 0.40 / 0.90, abs=0.1)


def test_an_item_loses_at_most_itself() -> None:
    only = item(1)
    log = backlog(only)
    assert score(log, *(finding(only, part=str(number)) for number in range(5))) == 0


def test_a_doubtful_finding_costs_less() -> None:
    first = LONG.items[0]
    assert score(LONG, finding(first, confidence=Confidence.LOW)) > score(LONG, finding(first))


def test_a_finding_about_the_backlog_takes_points_of_its_own() -> None:
    assert score(LONG, finding(None, severity=Severity.WARNING)) == 97


def test_subtasks_are_not_counted() -> None:
    story, part = item(1), item(2, kind=Kind.SUBTASK)
    assert score(backlog(story, part), finding(part)) == 100


def test_losses_come_greatest_first_and_say_how_many_items() -> None:
    top, end = LONG.items[0], LONG.items[-1]
    graded = grade(Scale(LONG), [finding(end, family="content"), finding(top), finding(top, part="again")])
    assert graded
    assert [(loss.family, loss.items, loss.findings) for loss in graded.losses] == [
        ("readiness", 1, 2),
        ("content", 1, 1),
    ]
    assert graded.version == VERSION


def test_each_band_has_its_own() -> None:
    graded = grade(Scale(LONG), [finding(each) for each in LONG.through(Band.NEXT)])
    assert graded
    assert dict(graded.bands) == {Band.NEXT: 40, Band.SOON: 100, Band.LATER: 100, Band.ICEBOX: 100}


def test_tone() -> None:
    assert [tone(value) for value in (100, 80, 79.9, 60, 59.9, 0)] == [
        Tone.GOOD,
        Tone.GOOD,
        Tone.FAIR,
        Tone.FAIR,
        Tone.BAD,
        Tone.BAD,
    ]
