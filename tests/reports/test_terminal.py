import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from backlint.finding import Crash
from backlint.health import Reading, Run, diagnose
from tests.health.made import backlog, found
from tests.reports import hostile, report, sample

ESCAPE = "\x1b["


class Screen(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "txt"


def told(run: Run, **settings: object) -> str:
    return report("terminal", **settings).render(run)


def test_what_people_read(snapshot: SnapshotAssertion) -> None:
    two = sample.run(sample.health(), sample.health("Platform", nth_night=False, items=20))
    assert told(two, findings=6) == snapshot(extension_class=Screen)


def test_colour_is_asked_for() -> None:
    plain, coloured = told(sample.run()), told(sample.run(), colour=True)
    assert ESCAPE not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured).split() == plain.split()


@pytest.mark.parametrize("title", hostile.TITLES)
@pytest.mark.parametrize("width", [40, 100])
def test_a_hostile_title_moves_nothing(title: str, width: int) -> None:
    text = told(sample.run(sample.health(titles=[title], items=8)), width=width)
    assert all(char == "\n" or char.isprintable() or char in "\u200c\u200d" for char in text)
    assert all(cell_len(line) <= width for line in text.splitlines())


def test_a_title_is_no_markup_of_richs() -> None:
    text = told(sample.run(sample.health(titles=["[bold red]Alarm[/] [link=https://evil.example]x[/link]"], items=8)))
    assert "[bold red]Alarm[/]" in text


def test_the_rest_is_counted_and_says_where_it_is() -> None:
    health = sample.health()
    text = told(sample.run(health), findings=3)
    assert f"{len(health.findings) - 3} findings more than shown here: add --output html=report.html." in " ".join(
        text.split()
    )


def test_what_could_not_be_read_is_said() -> None:
    cut = Reading(source="jira:shop", items=3, read_at=None, is_complete=False, problems=("page 2 failed: 502",))
    crash = Crash(rule="stale-item", subject=None, error="ZeroDivisionError: division by zero")
    text = told(sample.run(replace(sample.health(), readings=(cut,), crashes=(crash,))))
    assert "jira:shop: page 2 failed: 502" in text
    assert "The rule stale-item failed: ZeroDivisionError: division by zero" in text


def test_a_backlog_of_nothing() -> None:
    assert "Nothing is waiting: this backlog has no open item." in told(sample.run(diagnose(backlog(), found())))


def test_whoever_asks_for_no_findings_is_not_told_that_there_are_more() -> None:
    assert "more than shown here" not in told(sample.run(), findings=0)


def test_what_has_no_address_has_no_line_for_it() -> None:
    health = sample.health(items=8)
    bare = tuple(replace(it, subject=it.subject and replace(it.subject, url="")) for it in health.findings)
    assert "-->" in told(sample.run(health))
    assert "-->" not in told(sample.run(replace(health, findings=bare)))


def test_a_key_is_written_as_it_is() -> None:
    finding = sample.health(items=8).findings[0]
    assert finding.subject
    about = replace(finding, subject=replace(finding.subject, key="fernhill/platform#349"))
    alone = replace(finding, subject=None, fact="fernhill/platform#349 and 2 others wait for each other")
    text = told(sample.run(replace(sample.health(items=8), findings=(about, alone))), findings=2)
    assert f": fernhill/platform#349 {finding.fact}" in text
    assert ": fernhill/platform#349 and 2 others wait for each other" in text
