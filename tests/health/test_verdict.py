from dataclasses import replace

import pytest

from backlint.example import NOW, item
from backlint.finding import Severity
from backlint.health import Reading
from backlint.health.verdict import Facts, judge
from tests.health.made import finding

WELL = Facts(readings=(), open_items=40, ready=10, next_items=10, findings=(), families={})
HALF_READ = Reading(source="jira:shop", items=3, read_at=NOW, is_complete=False)
CYCLE = finding(item(4), family="ordering", fact="is done")
STALE = finding(item(40), family="staleness", severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("facts", "said", "is_well"),
    [
        (WELL, "In good health: all of the next 10 items are ready, and no rule found anything.", True),
        (
            replace(WELL, readings=(HALF_READ,)),
            "Only part of the backlog is known: jira:shop could not be read to the end.",
            False,
        ),
        (replace(WELL, open_items=0), "Nothing is waiting: this backlog has no open item.", True),
        (
            replace(WELL, next_items=0, ready=0),
            "Not ready for sprint planning: the backlog has no order, so nothing is next.",
            False,
        ),
        (
            replace(WELL, ready=7),
            "Not ready for sprint planning: 3 of the next 10 items lack something that planning needs.",
            False,
        ),
        (
            replace(WELL, ready=0),
            "Not ready for sprint planning: each of the next 10 items lacks something that planning needs.",
            False,
        ),
        (
            replace(WELL, ready=0, next_items=1),
            "Not ready for sprint planning: the next item lacks something that planning needs.",
            False,
        ),
        (
            replace(WELL, ready=8, findings=(CYCLE,), families={"ordering": 1}),
            "Ready, but in the wrong order: 8 of the next 10 items are ready; to settle first: SHOP-4 is done.",
            False,
        ),
        (
            replace(WELL, findings=(replace(CYCLE, family="flow"),), families={"flow": 1}),
            "Almost ready for sprint planning: all of the next 10 items are ready; to settle first: SHOP-4 is done.",
            False,
        ),
        (
            replace(WELL, findings=(STALE,), families={"staleness": 1}),
            "Ready for sprint planning: all of the next 10 items are ready; further down, 1 item gone stale.",
            True,
        ),
    ],
)
def test_judge(facts: Facts, said: str, is_well: bool) -> None:
    verdict = judge(facts)
    assert f"{verdict.headline}: {verdict.because}" == said
    assert verdict.is_well is is_well


def test_what_could_not_be_read_is_named() -> None:
    second = replace(HALF_READ, source="github:shop")
    assert "jira:shop and github:shop could not" in judge(replace(WELL, readings=(HALF_READ, second))).because
