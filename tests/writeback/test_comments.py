"""From a backlog to notes on it: read, check, plan, apply, and again the next night."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backlint import app
from backlint.app import writing
from backlint.app.writing import Done, Planned
from backlint.config import Config, Surroundings, load
from backlint.errors import ConfigError
from backlint.example import NOW
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.jira import FakeJira
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, Reply
from backlint.writeback import Verdict, plans_of, plans_to_json
from tests.writeback.wires import Wire

SHOP = """
select = ["missing-description"]
[teams.Shop]
write = {write}
[teams.Shop.comments]
bands = ["next"]
{comments}
[teams.Shop.jira]
url = "https://shop.example.net"
project = "SHOP"
email = "robin@example.com"
"""
GOOD = "People pay by card, since most of them carry no cash. The till takes every card that the bank takes."


@dataclass
class Night:
    """A team with a Jira, looked at night after night."""

    folder: Path
    jira: FakeJira
    clock: FakeClock
    wire: Wire

    def config(self, comments: str = "", *, write: bool = True) -> Config:
        text = SHOP.format(write=str(write).lower(), comments=comments)
        (self.folder / "backlint.toml").write_text(text)
        return load(around=Surroundings(self.folder, {"JIRA_TOKEN": self.jira.token}))

    def plan(self, comments: str = "") -> Planned:
        config = self.config(comments)
        asked = app.Asked(now=self.clock.now())
        return writing.plan_comments(config, config.teams, self.gate(), asked)

    def apply(self, planned: Planned, *, write: bool = True, introduces: bool = False) -> Done:
        config = self.config(write=write)
        return writing.apply(config, planned.plans, self.gate(), lambda _: None, introduces=introduces)

    def undo(self, run: str) -> Done:
        config = self.config()
        plans = writing.plan_undo(config, config.teams, run, self.clock)
        return writing.apply(config, plans, self.gate(), lambda _: None)

    def gate(self) -> Gate:
        return Gate(self.clock, wire=self.wire, jitter=lambda: 0.0)

    def pass_days(self, days: float = 1) -> None:
        self.clock.pass_time(days * 86_400)

    def comments(self) -> dict[str, int]:
        return {issue.key: len(issue.comments) for issue in self.jira.issues.values()}


@pytest.fixture
def night(tmp_path: Path) -> Night:
    clock, jira = FakeClock(), FakeJira()

    def answer(heard: Heard) -> Reply:
        jira.now = clock.now()
        return jira(heard)

    for n in range(3):
        jira.issue("SHOP", f"Cards {n}", created=NOW - timedelta(days=9), assignee=jira.person(f"Person {n}"))
    jira.issue("SHOP", "Described", description=GOOD, created=NOW - timedelta(days=9))
    return Night(tmp_path, jira, clock, Wire(dict.fromkeys(jira.hosts, answer), clock))


def whys(planned: Planned) -> dict[str, str]:
    return {silence.item.key: silence.why for silence in planned.silent}


def planned_keys(planned: Planned) -> list[str]:
    return [step.key for plan in planned.plans for step in plan.steps]


ALL = ["SHOP-1", "SHOP-2", "SHOP-3"]


def test_a_plan_writes_nothing_and_reads_little(night: Night) -> None:
    planned = night.plan()
    assert planned_keys(planned) == ALL
    assert night.wire.writes == 0
    reads = {
        request.split(" ")[0] for request in night.jira.requests if "search" not in request and "bulk" not in request
    }
    assert reads <= {"GET"}


def test_what_was_applied_is_not_planned_again(night: Night) -> None:
    done = night.apply(night.plan())
    assert [outcome.verdict for outcome in done.outcomes] == [Verdict.DONE] * 3
    assert night.comments() == {"SHOP-1": 1, "SHOP-2": 1, "SHOP-3": 1, "SHOP-4": 0}
    for _ in range(3):
        night.pass_days()
        assert planned_keys(night.plan()) == []
    assert night.wire.writes == 3


def test_a_plan_can_be_kept_and_applied_later(night: Night) -> None:
    kept = plans_to_json(night.plan().plans)
    night.clock.pass_time(3600)
    night.jira.comment("SHOP-2", "I am on it.", at=night.clock.now())
    plans = plans_of(kept, "plan.json")
    done = writing.apply(night.config(), plans, night.gate(), lambda _: None)
    assert {each.step.key: each.verdict for each in done.outcomes} == {
        "SHOP-1": Verdict.DONE,
        "SHOP-2": Verdict.LEFT,
        "SHOP-3": Verdict.DONE,
    }


def test_what_is_no_plan_is_told(night: Night) -> None:
    with pytest.raises(ConfigError, match=r"plan.json is no plan .* see \"0.steps.0.change"):
        plans_of(plans_to_json(night.plan().plans).replace(b'"note"', b'"nose"'), "plan.json")


def test_a_note_goes_away_when_nothing_is_left_to_say(night: Night) -> None:
    night.apply(night.plan())
    night.jira.change("SHOP-1", description=GOOD, at=night.clock.now())
    assert planned_keys(night.plan()) == []
    night.pass_days(2)
    assert night.apply(night.plan()).outcomes[0].verdict is Verdict.DONE
    assert night.comments()["SHOP-1"] == 0


def test_a_relapse_waits(night: Night) -> None:
    night.apply(night.plan())
    night.jira.change("SHOP-1", description=GOOD, at=night.clock.now())
    night.pass_days(2)
    night.apply(night.plan())
    night.jira.change("SHOP-1", description="", at=night.clock.now())
    night.pass_days(2)
    assert whys(night.plan()) == {"SHOP-1": "it was written to lately"}
    night.pass_days(6)
    assert planned_keys(night.plan()) == ["SHOP-1"]


def test_a_note_that_a_person_removed_does_not_come_back(night: Night) -> None:
    night.apply(night.plan())
    night.jira.find("SHOP-1").comments.clear()
    night.jira.change("SHOP-1", description=GOOD, at=night.clock.now())
    night.pass_days(2)
    assert planned_keys(night.plan()) == []
    assert night.wire.writes == 3


def test_nothing_is_written_unless_the_team_allows_it(night: Night) -> None:
    planned = night.plan()
    with pytest.raises(ConfigError, match=r'Team "Shop" does not allow it: set `write = true`'):
        night.apply(planned, write=False)
    assert night.wire.writes == 0


def test_the_first_run_only_tells(night: Night) -> None:
    first = night.apply(night.plan(), introduces=True)
    assert (first.outcomes, night.wire.writes) == ((), 0)
    assert first.introduced == ("jira:shop.example.net/SHOP",)
    second = night.apply(night.plan(), introduces=True)
    assert len(second.outcomes) == night.wire.writes == 3


def test_above_the_cap_nothing_is_planned_and_nobody_is_asked(night: Night) -> None:
    planned = night.plan("per_run = 2")
    assert planned.plans == ()
    assert planned.refusals[0].startswith("3 notes would be written, more than the 2 of one run, so none is.")
    assert not [request for request in night.jira.requests if "/comment" in request]


def test_a_plan_above_the_cap_is_not_applied(night: Night) -> None:
    planned = night.plan()
    with pytest.raises(ConfigError, match=r"3 steps, more than `comments.per_run` \(2\)"):
        writing.apply(night.config("per_run = 2"), planned.plans, night.gate(), lambda _: None)
    assert night.wire.writes == 0


def test_one_person_gets_few_notes_at_once(night: Night) -> None:
    for issue in night.jira.issues.values():
        issue.assignee = night.jira.person("Ada")
    planned = night.plan("per_person = 2")
    assert planned_keys(planned) == ALL[:2]
    assert whys(planned) == {"SHOP-3": "Ada gets no more than 2 new notes in a run"}


SILENT: dict[str, Callable[[Night], object]] = {
    "it is confidential": lambda night: setattr(night.jira.find("SHOP-1"), "security", "Board only"),
    "its labels ask for silence": lambda night: setattr(night.jira.find("SHOP-1"), "labels", ["no-backlint"]),
    "its owner asked for silence": lambda night: setattr(
        night.jira.find("SHOP-1"), "assignee", night.jira.person("Quiet")
    ),
    "it is new": lambda night: setattr(night.jira.find("SHOP-1"), "created", NOW - timedelta(hours=3)),
    "somebody touched it lately": lambda night: night.jira.comment("SHOP-1", "Wait.", at=NOW - timedelta(hours=3)),
}


@pytest.mark.parametrize("why", SILENT)
def test_when_to_keep_silent(night: Night, why: str) -> None:
    SILENT[why](night)
    planned = night.plan('opt_out_people = ["Quiet"]')
    assert planned_keys(planned) == ALL[1:]
    assert whys(planned) == {"SHOP-1": why}


@pytest.mark.parametrize(
    ("at", "is_time"),
    [("2026-11-23T09:00:00+00:00", True), ("2026-11-23T20:00:00+00:00", False), ("2026-11-28T09:00:00+00:00", False)],
)
def test_comments_keep_working_hours(night: Night, at: str, is_time: bool) -> None:
    night.clock.pass_time((datetime.fromisoformat(at) - NOW).total_seconds())
    assert bool(night.plan("hours = [8, 18]").plans) is is_time


def test_a_note_stays_while_somebody_works(night: Night) -> None:
    night.apply(night.plan())
    night.jira.change("SHOP-1", status="In Progress", at=night.clock.now())
    night.pass_days(2)
    planned = night.plan()
    assert planned_keys(planned) == []
    assert whys(planned) == {"SHOP-1": "somebody works on it"}


def test_half_a_backlog_is_nothing_to_write_on(night: Night) -> None:
    night.apply(night.plan())
    config = night.config()
    night.jira.token = "another"
    night.pass_days(2)
    planned = writing.plan_comments(config, config.teams, night.gate(), app.Asked(now=night.clock.now()))
    assert planned.plans == ()
    assert "could not be read whole: nothing is written on half of it" in planned.refusals[0]


def test_undo_leaves_the_tracker_as_it_was(night: Night) -> None:
    done = night.apply(night.plan())
    undone = night.undo(done.run)
    assert {outcome.verdict for outcome in undone.outcomes} == {Verdict.DONE}
    assert set(night.comments().values()) == {0}
    with pytest.raises(ConfigError, match='No run "nothing" wrote anything'):
        night.undo("nothing")


def test_the_journal_names_the_run(night: Night) -> None:
    done = night.apply(night.plan())
    config = night.config()
    lines = writing.journal_lines(config, config.teams)
    assert len(lines) == 3
    assert all(f'"run":"{done.run}"' in line for line in lines)


@pytest.mark.parametrize("pages", ["https://docs.example.com/rules/", "https://docs.example.com/rules/{rule}"])
def test_a_note_links_the_pages_of_its_rules(night: Night, pages: str) -> None:
    linked = plans_to_json(night.plan(f'pages = "{pages}"').plans)
    assert b'"https://docs.example.com/rules/missing-description"' in linked
    assert b"missing-description" in plans_to_json(night.plan().plans)
    assert b'"link"' not in plans_to_json(night.plan().plans)


def test_another_address_of_the_pages_edits_a_note_once(night: Night) -> None:
    night.apply(night.plan())
    night.pass_days(2)
    moved = 'pages = "https://docs.example.com/"'
    assert [each.verdict for each in night.apply(night.plan(moved)).outcomes] == [Verdict.DONE] * 3
    night.pass_days(2)
    assert planned_keys(night.plan(moved)) == []


def test_an_address_is_one(night: Night) -> None:
    with pytest.raises(ConfigError, match="pages"):
        night.plan('pages = "javascript:alert(1)"')


FOLD = 'settled = "fold"'


def test_a_team_may_keep_what_was_settled(night: Night) -> None:
    """It is edited in place once, tells what was asked for, and wakes up when that is missing again."""
    night.apply(night.plan(FOLD))
    assert "is ticked off when all is settled" in str(night.jira.find("SHOP-1").comments[0].text)
    night.jira.change("SHOP-1", description=GOOD, at=night.clock.now())
    night.pass_days(2)
    done = night.apply(night.plan(FOLD))
    assert [str(outcome.step.change) for outcome in done.outcomes] == ["edit the note"]
    [folded] = night.jira.find("SHOP-1").comments
    assert "All settled." in str(folded.text)
    assert "missing-description" in str(folded.text)
    night.pass_days(2)
    assert planned_keys(night.plan(FOLD)) == []
    night.jira.change("SHOP-1", description="", at=night.clock.now())
    night.pass_days(2)
    assert planned_keys(night.plan(FOLD)) == ["SHOP-1"]
    night.undo(done.run)
    assert "All settled." not in str(night.jira.find("SHOP-1").comments[0].text)


def test_nothing_is_called_settled_that_only_moved_down(night: Night) -> None:
    night.apply(night.plan(FOLD))
    night.pass_days(2)
    night.config(FOLD)
    file = night.folder / "backlint.toml"
    file.write_text(file.read_text().replace('bands = ["next"]', 'bands = ["soon"]'))
    config = load(around=Surroundings(night.folder, {"JIRA_TOKEN": night.jira.token}))
    planned = writing.plan_comments(config, config.teams, night.gate(), app.Asked(now=night.clock.now()))
    assert [str(step.change) for plan in planned.plans for step in plan.steps] == ["remove the note"] * 3


def test_figures_alone_are_rewritten_once_a_week(night: Night) -> None:
    """ "Untouched for 41 days" is another text every night, and no news."""

    def plan() -> Planned:
        night.config()
        file = night.folder / "backlint.toml"
        file.write_text(file.read_text().replace("missing-description", "stale-item"))
        config = load(around=Surroundings(night.folder, {"JIRA_TOKEN": night.jira.token}))
        return writing.plan_comments(config, config.teams, night.gate(), app.Asked(now=night.clock.now()))

    night.pass_days(200)
    night.apply(plan())
    first = str(night.jira.find("SHOP-1").comments[0].text)
    assert "209 days" in first
    for _ in range(6):
        night.pass_days()
        assert planned_keys(plan()) == []
    night.pass_days()
    done = night.apply(plan())
    assert [str(outcome.step.change) for outcome in done.outcomes] == ["edit the note"] * len(done.outcomes)
    [again] = night.jira.find("SHOP-1").comments
    assert "216 days" in str(again.text)
    night.pass_days()
    assert planned_keys(plan()) == []


def test_another_finding_is_told_at_once(night: Night) -> None:
    night.apply(night.plan())
    night.pass_days(2)
    night.config()
    file = night.folder / "backlint.toml"
    file.write_text(file.read_text().replace('"missing-description"', '"missing-description", "missing-estimate"'))
    night.jira.change("SHOP-4", points=3)
    night.jira.change("SHOP-3", points=3, at=NOW)
    night.jira.change("SHOP-2", points=3, at=NOW)
    config = load(around=Surroundings(night.folder, {"JIRA_TOKEN": night.jira.token}))
    planned = writing.plan_comments(config, config.teams, night.gate(), app.Asked(now=night.clock.now()))
    assert planned_keys(planned) == ["SHOP-1"]


def test_what_became_confidential_since_the_plan_is_left_alone(night: Night) -> None:
    planned = night.plan()
    night.jira.find("SHOP-1").security = "Board only"
    done = night.apply(planned)
    assert {each.step.key: each.why for each in done.outcomes if each.why} == {"SHOP-1": "the item is confidential"}
    assert night.comments() == {"SHOP-1": 0, "SHOP-2": 1, "SHOP-3": 1, "SHOP-4": 0}


def test_a_note_that_a_person_edited_is_theirs(night: Night) -> None:
    night.apply(night.plan())
    [remark] = night.jira.find("SHOP-1").comments
    remark.editor = night.jira.person("Robin")
    night.jira.change("SHOP-1", description=GOOD, at=night.clock.now())
    night.pass_days(2)
    planned = night.plan()
    assert planned_keys(planned) == []
    assert whys(planned) == {"SHOP-1": "a person edited the note"}
    assert night.comments()["SHOP-1"] == 1
