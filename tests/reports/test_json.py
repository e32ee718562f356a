import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from backlint.errors import ConfigError
from backlint.health import Run
from backlint.health.document import from_json, schema
from tests.reports import hostile, report, sample

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "report.schema.json").read_text("utf-8")
)


class Document(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "json"


def told(run: Run, **settings: object) -> str:
    return report("json", **settings).render(run)


def test_what_programs_read(snapshot: SnapshotAssertion) -> None:
    assert told(sample.run(sample.health(items=8))) == snapshot(extension_class=Document)


def test_it_can_be_read_back_whole() -> None:
    run = sample.run(sample.health(), sample.health("Platform", nth_night=False))
    assert from_json(told(run)) == run


def test_other_reports_are_the_same_from_it() -> None:
    run = sample.run()
    page = report("html")
    assert page.render(from_json(told(run))) == page.render(run)


@given(st.text())
def test_any_words_survive(words: str) -> None:
    run = sample.run(replace(sample.health(items=4, nth_night=False), name=words))
    assert from_json(told(run)).teams[0].name == words


@pytest.mark.parametrize("title", hostile.TITLES)
def test_titles_stay_as_they_are(title: str) -> None:
    run = from_json(told(sample.run(sample.health(titles=[title], items=8))))
    seen = {finding.subject.title for finding in run.teams[0].findings if finding.subject}
    assert seen == {title.replace("\ud800", "?")}


def test_the_schema_describes_it() -> None:
    run = sample.run(sample.health(), sample.health("Platform", nth_night=False))
    jsonschema_rs.validator_for(SCHEMA).validate(json.loads(told(run)))


def test_the_schema_is_the_one_that_is_written_down() -> None:
    assert schema() == SCHEMA, "run: python -m tests.reports.schema"


def test_a_reader_may_meet_fields_that_it_does_not_know() -> None:
    document = json.loads(told(sample.run()))
    document["run"]["teams"][0]["something_new"] = 1
    assert from_json(json.dumps(document)) == sample.run()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2, "run": {}}', "not json", '{"version": 1, "run": 3}'])
def test_what_is_no_report_is_refused_in_a_line(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^run\.json is no json report of backlint: [^\n]+\.$"):
        from_json(text, "run.json")


def test_one_line_for_pipes() -> None:
    assert told(sample.run(), indent=None).count("\n") == 1
