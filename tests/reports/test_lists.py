"""The reports that are lists: concise, jsonl, statistics."""

import json
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.reports import hostile, report, sample

SMALL = sample.health(items=8)


@pytest.mark.parametrize("name", ["concise", "jsonl", "statistics"])
def test_what_they_say(name: str, snapshot: SnapshotAssertion) -> None:
    assert report(name).render(sample.run(SMALL)) == snapshot


@pytest.mark.parametrize("title", hostile.TITLES)
def test_a_finding_stays_one_line_whatever_it_says(title: str) -> None:
    findings = tuple(replace(finding, fact=title) for finding in SMALL.findings)
    run = sample.run(replace(SMALL, findings=findings))
    assert len(report("concise").render(run).splitlines()) == len(findings) + 1
    assert len(report("jsonl").render(run).splitlines()) == len(findings)


def test_a_line_of_jsonl_is_what_was_found() -> None:
    lines = [json.loads(line) for line in report("jsonl").render(sample.run(SMALL)).splitlines()]
    assert [line["fingerprint"] for line in lines] == [finding.fingerprint for finding in SMALL.findings]


def test_what_is_hidden_or_missing_is_said() -> None:
    run = sample.run(replace(SMALL, hidden={"waived": 3}, is_complete=False))
    assert ", 3 hidden; the data are incomplete\n" in report("concise").render(run)
    assert "3             hidden: waived" in report("statistics").render(run)
