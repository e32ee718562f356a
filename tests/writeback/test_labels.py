"""Labels come and go with what is found, and never against a person."""

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from backlint import app
from backlint.app import writing
from backlint.app.writing import Planned
from backlint.config import Surroundings, load
from backlint.errors import ConfigError
from backlint.example import NOW
from backlint.manners import Manners
from backlint.writeback import LabelChange, Verdict
from tests.writeback.places import OnGithub, label_step
from tests.writeback.running import run
from tests.writeback.test_comments import GOOD, Night, night

__all__ = ["night"]

UNREADY = {"SHOP-1": ["needs-refinement"], "SHOP-2": ["needs-refinement"], "SHOP-3": ["needs-refinement"]}
ALL = {**UNREADY, "SHOP-4": ["ready"]}


def plan(night: Night, comments: str = "", *, of_candidates: bool = False, select: str = "") -> Planned:
    config = night.config(comments)
    if select:
        file = night.folder / "backlint.toml"
        file.write_text(file.read_text().replace("missing-description", select))
        config = load(around=Surroundings(night.folder, {"JIRA_TOKEN": night.jira.token}))
    asked = app.Asked(now=night.clock.now())
    return writing.plan_labels(config, config.teams, night.gate(), asked, of_candidates=of_candidates)


def labels(night: Night) -> dict[str, list[str]]:
    return {issue.key: list(issue.labels) for issue in night.jira.issues.values() if issue.labels}


def planned(found: Planned) -> list[tuple[str, str]]:
    return [(step.key, str(step.change)) for each in found.plans for step in each.steps]


def test_a_plan_writes_nothing(night: Night) -> None:
    found = plan(night)
    assert planned(found) == [
        *((key, 'put the label "needs-refinement" on') for key in ("SHOP-1", "SHOP-2", "SHOP-3")),
        ("SHOP-4", 'put the label "ready" on'),
    ]
    assert night.wire.writes == 0
    assert labels(night) == {}


def test_twice_is_once(night: Night) -> None:
    night.apply(plan(night))
    there, writes = labels(night), night.wire.writes
    assert there == ALL
    for _ in range(3):
        night.pass_days()
        assert planned(plan(night)) == []
    assert (labels(night), night.wire.writes) == (there, writes)


def test_what_becomes_ready_changes_its_label(night: Night) -> None:
    night.apply(plan(night))
    night.jira.change("SHOP-1", description=GOOD, at=night.clock.now())
    night.pass_days(2)
    night.apply(plan(night))
    assert labels(night) == ALL | {"SHOP-1": ["ready"]}


def test_what_a_person_took_off_stays_off(night: Night) -> None:
    night.apply(plan(night))
    night.jira.change("SHOP-1", labels=[], at=night.clock.now())
    night.pass_days(9)
    assert planned(plan(night)) == []


def test_what_a_person_put_on_stays_on(night: Night) -> None:
    night.jira.find("SHOP-4").labels = ["needs-refinement", "close-candidate"]
    night.jira.find("SHOP-1").labels = ["Needs-Refinement"]
    night.apply(plan(night))
    assert labels(night)["SHOP-4"] == ["needs-refinement", "close-candidate", "ready"]
    assert labels(night)["SHOP-1"] == ["Needs-Refinement"]
    night.jira.change("SHOP-1", description=GOOD, at=night.clock.now())
    night.pass_days(2)
    assert planned(plan(night)) == [("SHOP-1", 'put the label "ready" on')]


def test_what_was_put_on_between_plan_and_apply_is_not_ours(night: Night) -> None:
    found = plan(night)
    night.clock.pass_time(60)
    night.jira.change("SHOP-1", labels=["needs-refinement"], at=night.clock.now())
    done = night.apply(found)
    assert {each.verdict for each in done.outcomes if each.step.key == "SHOP-1"} == {Verdict.ALREADY}
    night.undo(done.run)
    assert labels(night) == {"SHOP-1": ["needs-refinement"]}


def test_undo_takes_them_off(night: Night) -> None:
    night.jira.find("SHOP-2").labels = ["urgent"]
    night.undo(night.apply(plan(night)).run)
    assert labels(night) == {"SHOP-2": ["urgent"]}


def test_nothing_is_written_unless_the_team_allows_it(night: Night) -> None:
    found = plan(night)
    with pytest.raises(ConfigError, match="does not allow it"):
        night.apply(found, write=False)
    assert labels(night) == {}


def test_above_the_cap_nothing_is_planned_and_nobody_is_asked(night: Night) -> None:
    found = plan(night, "per_run = 2")
    assert found.plans == ()
    assert "labels would be changed, more than the 2 of one run, so none is." in found.refusals[0]


def test_labels_keep_the_manners_of_notes(night: Night) -> None:
    night.jira.find("SHOP-1").labels = ["no-backlint"]
    night.jira.find("SHOP-2").created = NOW - timedelta(hours=3)
    found = plan(night)
    assert {each.item.key: each.why for each in found.silent} == {
        "SHOP-1": "its labels ask for silence",
        "SHOP-2": "it is new",
    }


def test_candidates_are_labelled_and_never_closed(night: Night) -> None:
    twin = night.jira.issue("SHOP", "Cards again", description=GOOD, created=NOW - timedelta(days=9))
    night.jira.link(twin.key, "Duplicate", "SHOP-4")
    found = plan(night, of_candidates=True, select='removal-candidate", "unlikely-item')
    assert planned(found) == [("SHOP-5", 'put the label "close-candidate" on')]
    night.apply(found)
    assert labels(night) == {"SHOP-5": ["close-candidate"]}
    assert night.jira.find("SHOP-5").status == night.jira.find("SHOP-1").status


def test_a_label_has_no_spaces() -> None:
    with pytest.raises(ValidationError, match="ready_label"):
        Manners(ready_label="quite ready")


def test_github_takes_another_case_for_the_same_label(path: Path) -> None:
    place = OnGithub(items=1)
    key = place.all_keys()[0]
    place.label(key, "Ready")
    [outcome] = run(place, path, [label_step(place, key, "ready")])
    assert outcome.verdict is Verdict.ALREADY
    assert LabelChange(name="ready", after=True).is_so({"READY"})
