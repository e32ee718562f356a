"""The reports that other programs read: csv, junit, github, badge."""

import csv
from dataclasses import replace
from io import StringIO
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from backlint.finding import Crash
from backlint.health import Health, Run
from tests.reports import hostile, report, sample

SMALL = sample.health(items=8)


def with_fact(fact: str) -> Health:
    return replace(SMALL, findings=tuple(replace(it, fact=fact, fix=fact) for it in SMALL.findings))


def rows(run: Run) -> list[list[str]]:
    return list(csv.reader(StringIO(report("csv").render(run))))


def suites(run: Run) -> Element:
    return fromstring(report("junit").render(run))  # noqa: S314 - it is our own


def commands(run: Run, **settings: object) -> list[str]:
    return report("github", **settings).render(run).splitlines()


@pytest.mark.parametrize("name", ["csv", "junit", "github", "badge"])
def test_what_programs_read(name: str, snapshot: SnapshotAssertion) -> None:
    assert report(name).render(sample.run(SMALL)) == snapshot


def test_csv_has_every_finding() -> None:
    heading, *lines = rows(sample.run(SMALL, SMALL))
    assert len(lines) == 2 * len(SMALL.findings)
    assert all(len(line) == len(heading) for line in lines)


@given(st.text() | st.sampled_from(hostile.TITLES) | st.text("=+-@\t\r'\"\n", max_size=4))
def test_no_spreadsheet_runs_a_cell(words: str) -> None:
    heading, *lines = rows(sample.run(replace(with_fact(words), name=words)))
    assert all(len(line) == len(heading) for line in lines)
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_junit_counts_what_it_holds() -> None:
    crash = Crash(rule="stale-item", subject=None, error="ZeroDivisionError")
    told = suites(sample.run(replace(sample.health(), crashes=(crash,)), SMALL))
    for counted in (told, *told):
        assert int(counted.attrib["tests"]) == len(counted.findall(".//testcase"))
        assert int(counted.attrib["failures"]) == len(counted.findall(".//failure"))
        assert int(counted.attrib["errors"]) == len(counted.findall(".//error"))
        assert int(counted.attrib["skipped"]) == len(counted.findall(".//skipped"))


@pytest.mark.parametrize("words", hostile.TITLES)
def test_junit_shows_words_only_as_words(words: str) -> None:
    told = suites(sample.run(replace(with_fact(words), name=words)))
    assert {it.tag for it in told.iter()} <= {"testsuites", "testsuite", "testcase", "failure", "skipped"}


def test_github_annotates_the_most_pressing() -> None:
    told = commands(sample.run(), findings=3)
    assert [line.partition(" ")[0] for line in told] == ["::error"] * 3 + ["::warning"] * 3 + ["::notice"] * 4
    assert told[-1].startswith("::notice title=Checkout::Not ready for sprint planning")


@given(
    st.text() | st.sampled_from(hostile.TITLES) | st.sampled_from(["%0A::error::x", "\n::stop-commands::x", "a,b:c%"])
)
def test_github_reads_one_command_a_line(words: str) -> None:
    told = commands(sample.run(replace(with_fact(words), name=words)))
    assert len(told) == len(SMALL.findings) + 1
    assert all(line.startswith(("::error title=", "::warning title=", "::notice title=")) for line in told)
    assert not [line for line in told if "%0A" in line]


def test_badge_is_the_lowest_score() -> None:
    graded = SMALL.grade
    assert graded
    worse = replace(SMALL, grade=replace(graded, value=12.0))
    assert 'aria-label="backlog: 12 of 100"' in report("badge").render(sample.run(SMALL, worse))


def test_badge_is_never_green_on_incomplete_data() -> None:
    assert 'aria-label="backlog: incomplete"' in report("badge").render(sample.run(replace(SMALL, is_complete=False)))


def test_badge_without_open_items() -> None:
    assert 'aria-label="backlog: unknown"' in report("badge").render(sample.run(replace(SMALL, grade=None)))


@pytest.mark.parametrize("words", hostile.TITLES)
def test_badge_shows_its_label(words: str) -> None:
    drawn = fromstring(report("badge", label=words).render(sample.run(SMALL)))  # noqa: S314 - it is our own
    assert {it.tag.rpartition("}")[2] for it in drawn.iter()} == {"svg", "rect", "text"}
