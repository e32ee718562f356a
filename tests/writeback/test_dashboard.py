"""A dashboard is one issue: opened once whatever happens, edited in place, and left to whoever takes it over."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from backlint.example import NOW
from backlint.note import is_dashboard
from backlint.testing.fakes.github.issues import Issue
from backlint.writeback import Intent, Outcome, Publishing, Step, Verdict, undoing
from tests.connectors.github.harness import connector, gate_to, read_all
from tests.writeback.places import OnGithub, OnJira, Place
from tests.writeback.running import journal, let_the_lease_end, run
from tests.writeback.test_faults import ACCIDENTS
from tests.writeback.wires import Accident, Died, Life, delays, says

REPORT = "# Two findings\n\n**Shop**: 1 thing could not wait. 22 November 2026, 08:00 UTC\n"


@pytest.fixture
def place() -> OnGithub:
    return OnGithub(items=2)


def plan(place: Place, path: Path, text: str = REPORT) -> Intent:
    publishing = Publishing(journal(place, path))
    return asyncio.run(publishing.plan("Shop", text, place.clock.now(), place.writing()))


def steps(place: Place, path: Path, text: str = REPORT) -> tuple[Step, ...]:
    intent = plan(place, path, text)
    assert intent.refusal is None
    return intent.plan.steps


def dashboards(place: OnGithub) -> list[Issue]:
    return [issue for issue in place.repo.issues.values() if is_dashboard(issue.body)]


def verdicts(outcomes: list[Outcome]) -> list[Verdict]:
    return [outcome.verdict for outcome in outcomes]


def test_it_is_opened_once_and_edited_in_place(place: OnGithub, path: Path) -> None:
    [opening] = steps(place, path)
    assert (str(opening.change), place.wire.writes) == ("write the dashboard", 0)
    assert verdicts(run(place, path, [opening])) == [Verdict.DONE]
    [issue] = dashboards(place)
    assert (issue.title, issue.body) == ("Backlog of Shop", opening.change.after.body)  # type: ignore[union-attr]
    assert steps(place, path) == ()
    assert verdicts(run(place, path, [opening], name="again")) == [Verdict.ALREADY]
    [editing] = steps(place, path, REPORT.replace("Two", "Three"))
    assert verdicts(run(place, path, [editing], name="later")) == [Verdict.DONE]
    assert [issue.number for issue in dashboards(place)] == [3]
    assert "# Three findings" in str(dashboards(place)[0].body)
    assert place.wire.writes == 2


def test_a_date_alone_is_no_news_but_a_week_is(place: OnGithub, path: Path) -> None:
    run(place, path, steps(place, path, f"{REPORT} Untouched for 41 days."))
    place.clock.pass_time(timedelta(hours=20).total_seconds())  # a Sunday, the last day of its week
    tomorrow = f"{REPORT.replace('22', '23')} Untouched for 42 days."
    assert [str(step.change) for step in steps(place, path, tomorrow)] == ["edit the dashboard"]
    run(place, path, steps(place, path, tomorrow), name="monday")
    place.clock.pass_time(timedelta(days=1).total_seconds())
    assert steps(place, path, tomorrow.replace("42 days", "43 days").replace("23 Nov", "24 Nov")) == ()


@pytest.mark.parametrize("fault", ACCIDENTS)
def test_a_lost_answer_never_makes_two(place: OnGithub, path: Path, fault: Accident) -> None:
    place.wire.accidents = [fault] * 3
    assert verdicts(run(place, path, steps(place, path))) == [Verdict.DONE]
    place.wire.accidents = [fault]
    assert verdicts(run(place, path, steps(place, path, "Changed."), name="later")) == [Verdict.DONE]
    [issue] = dashboards(place)
    assert str(issue.body).endswith("\nChanged.")
    assert [each.run for each in journal(place, path).written()] == ["run", "later"]
    assert (place.wire.late, journal(place, path).in_doubt()) == ([], ())


def test_killed_at_any_step_of_a_bad_day(path: Path) -> None:
    died = 0
    while True:
        fresh, place = path.with_name(f"{died}.db"), OnGithub(items=1)
        fresh.write_bytes(path.read_bytes())
        opening = steps(place, fresh)
        place.wire.accidents = [says(502), delays(30)]
        try:
            run(place, fresh, opening, life=Life(died))
        except Died:
            died += 1
        else:
            break
        let_the_lease_end(place)
        assert Verdict.LEFT not in verdicts(run(place, fresh, opening, name="next"))
        assert len(dashboards(place)) == len(journal(place, fresh).written()) == 1
        assert journal(place, fresh).in_doubt() == ()
    assert died > 10


def test_what_a_person_did_to_it_stays(place: OnGithub, path: Path) -> None:
    run(place, path, steps(place, path))
    [issue] = dashboards(place)
    issue.close(by="robin")
    assert plan(place, path, "New.").refusal == "The dashboard of Shop is left alone: the item is closed."
    issue.reopen(by="robin")
    issue.edit(f"{issue.body}\nMine.", by="robin")
    assert plan(place, path, "New.").refusal == "The dashboard of Shop is left alone: a person edited it."
    place.repo.delete(issue)
    assert plan(place, path, "New.").refusal == "The dashboard of Shop is left alone: a person removed it."
    assert place.wire.writes == 1


def test_a_marker_that_somebody_pasted_is_not_ours(place: OnGithub, path: Path) -> None:
    run(place, path, steps(place, path))
    body = dashboards(place)[0].body
    place.repo.delete(dashboards(place)[0])
    place.repo.issue("Copied", body, by="robin", at=NOW)
    assert "a person removed it" in str(plan(place, path).refusal)


def test_each_team_has_its_own(place: OnGithub, path: Path) -> None:
    run(place, path, steps(place, path))
    other = asyncio.run(Publishing(journal(place, path)).plan("Web", REPORT, NOW, place.writing()))
    run(place, path, other.plan.steps, name="web")
    assert [issue.title for issue in dashboards(place)] == ["Backlog of Shop", "Backlog of Web"]
    assert steps(place, path) == ()


def test_it_is_found_behind_many_issues(place: OnGithub, path: Path) -> None:
    run(place, path, steps(place, path))
    for number in range(150):
        place.repo.issue(f"Later {number}", at=NOW + timedelta(days=1))
    assert steps(place, path) == ()


def test_undo_takes_it_back_and_the_next_is_a_new_one(place: OnGithub, path: Path) -> None:
    run(place, path, steps(place, path))
    undo = undoing(journal(place, path), "run", "Shop", NOW)
    assert verdicts(run(place, path, undo.steps, name="undo")) == [Verdict.DONE]
    assert (dashboards(place), place.repo.issues[3].state) == ([], "closed")
    run(place, path, steps(place, path), name="anew")
    assert [issue.number for issue in dashboards(place)] == [4]


def test_undo_puts_the_text_of_before_back(place: OnGithub, path: Path) -> None:
    run(place, path, steps(place, path), name="first")
    run(place, path, steps(place, path, "Changed."), name="second")
    run(place, path, undoing(journal(place, path), "second", "Shop", NOW).steps, name="undo")
    assert str(dashboards(place)[0].body).endswith(REPORT)


def test_it_is_no_item_of_the_backlog(place: OnGithub, path: Path) -> None:
    run(place, path, steps(place, path))
    pulled = read_all(connector(project=None), gate_to(place.hub))
    assert list(pulled.items) == ["acme/shop#1", "acme/shop#2"]


def test_a_tracker_without_a_place_for_it_says_so(path: Path) -> None:
    jira = OnJira()
    assert plan(jira, path).refusal == "jira:shop.example.net/SHOP has no place for a dashboard."
