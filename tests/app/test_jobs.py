"""Whole jobs, claimed and done: what they write, whom they tell, and what becomes of the slot when they cannot."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backlint.app.clock import gate_of
from backlint.app.fulfilling import by_hand, fulfil, waiting
from backlint.app.jobs import JobDone, Outcome, do
from backlint.config import Config, Surroundings, load
from backlint.errors import Exit
from backlint.note import is_dashboard
from backlint.store import State, Store
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.github import FakeGithub
from backlint.testing.loopback import serve
from backlint.timetable import Job, Slot
from backlint.transport.inprocess import Heard, Reply

MORNING = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
NIGHT = Slot(MORNING, Job.NIGHTLY, "2026-11-22")
ITEM = {
    "id": "1",
    "key": "SHOP-1",
    "url": "https://t.example/SHOP-1",
    "title": "Pay by invoice",
    "body": "So that a company can pay as its bookkeeping wants it.",
    "project": "SHOP",
    "kind": "story",
    "rank": 1,
    "created": "2026-11-01T08:00:00Z",
    "updated": "2026-11-01T08:00:00Z",
}
SHOP = """
select = ["missing-description"]
pages = "pages"
[schedule]
nightly = "04:10"
{schedule}
[teams.Shop.file]
path = "{items}"
"""


class Team:
    """A folder with a configuration, and a clock."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.environ = folder, FakeClock(MORNING), dict[str, str]()
        self.write_items(ITEM)
        self.configure()

    def configure(self, schedule: str = "", more: str = "") -> None:
        (self.folder / "backlint.toml").write_text(self.shop(schedule) + more, "utf-8")

    def shop(self, schedule: str = "") -> str:
        return SHOP.format(schedule=schedule, items=self.folder / "items.jsonl")

    def write_items(self, *lines: Mapping[str, object]) -> None:
        (self.folder / "items.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")

    @property
    def config(self) -> Config:
        return load(around=Surroundings(self.folder, self.environ))

    def do(self, job: Job = Job.NIGHTLY, *, is_last: bool = True) -> JobDone:
        config = self.config
        return do(config, config.team("Shop"), job, gate=gate_of(config, self.clock), is_last=is_last)

    def fulfil(self, slot: Slot = NIGHT, *, stops_after: int = 1_000_000) -> JobDone | None:
        config, steps = self.config, iter(range(stops_after))
        return fulfil(config, config.team("Shop"), slot, clock=self.clock, is_stopped=lambda: next(steps, None) is None)

    def due(self) -> Sequence[str]:
        config = self.config
        return [slot.name for _, slots in waiting(config, config.teams, self.clock.now()) for slot in slots]

    @property
    def state(self) -> State:
        with Store.open(self.config.store) as store:
            return store.jobs().recent("Shop")[0].state


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def test_a_nightly_job_checks_keeps_and_publishes(team: Team) -> None:
    done = team.do()
    assert (done.outcome, done.exit_code, done.problems) == (Outcome.CLEAN, Exit.CLEAN, ())
    assert sorted(file.name for file in (team.folder / "pages").iterdir() if "css" not in file.name) == [
        "index.html",
        "shop.csv",
        "shop.html",
        "shop.json",
    ]
    assert "SHOP-1" in (team.folder / "pages" / "shop.html").read_text("utf-8")
    with Store.open(team.config.store) as store:
        last = store.last_run("Shop")
        assert last
        assert last.id == done.run


def test_findings_are_an_answer_and_no_failure(team: Team) -> None:
    team.write_items({**ITEM, "body": ""})
    done = team.fulfil()
    assert done
    assert (done.outcome, done.exit_code) == (Outcome.FINDINGS, Exit.FINDINGS)
    assert team.state is State.FINISHED


def test_the_index_shows_teams_whose_job_was_another(team: Team) -> None:
    team.configure(more=f'[teams.Web.file]\npath = "{team.folder / "items.jsonl"}"\nname_in_store = "web"\n')
    config = team.config
    for name in ("Shop", "Web"):
        do(config, config.team(name), Job.NIGHTLY, gate=gate_of(config, team.clock))
    index = (team.folder / "pages" / "index.html").read_text("utf-8")
    assert "shop.html" in index
    assert "web.html" in index


def test_a_slot_is_done_once(team: Team) -> None:
    assert team.due() == ["2026-11-22"]
    assert team.fulfil()
    assert team.fulfil() is None
    assert team.due() == []
    team.clock.pass_time(24 * 3600)
    assert team.due() == ["2026-11-23"]


def test_what_fails_is_tried_again_and_given_up(team: Team) -> None:
    (team.folder / "items.jsonl").unlink()
    said = list[str]()
    for _ in range(3):
        done = team.fulfil()
        assert done
        assert (done.outcome, done.exit_code) == (Outcome.FAILED, Exit.USAGE)
        said += [*done.told, *done.problems[1:]]
        assert team.fulfil() is None
        team.clock.pass_time(3600)
    assert said == ["tried again after 06:10 UTC", "tried again after 08:00 UTC", "given up, as it failed too often"]
    assert team.due() == []


def test_a_team_that_fails_is_mended_by_its_next_try(team: Team) -> None:
    (team.folder / "items.jsonl").rename(team.folder / "away.jsonl")
    team.fulfil()
    (team.folder / "away.jsonl").rename(team.folder / "items.jsonl")
    team.clock.pass_time(600)
    done = team.fulfil()
    assert done
    assert done.outcome is Outcome.CLEAN


@pytest.mark.parametrize("steps", range(6))
def test_who_is_stopped_leaves_the_slot_to_the_next_server(team: Team, steps: int) -> None:
    done = team.fulfil(stops_after=steps)
    assert done
    if done.outcome is Outcome.STOPPED:
        assert team.state is State.WAITING
        again = team.fulfil()
        assert again
        assert again.outcome is Outcome.CLEAN
    assert team.state is State.FINISHED
    assert steps < 5 or done.outcome is Outcome.CLEAN


def test_by_hand_it_is_done_whether_it_is_due_or_not(team: Team) -> None:
    config = team.config
    assert by_hand(config, config.team("Shop"), Job.NIGHTLY, clock=team.clock).outcome is Outcome.CLEAN
    assert team.due() == ["2026-11-22"]
    with Store.open(config.store) as store:
        assert store.jobs().last_good() == {"Shop": MORNING}


def test_items_that_cannot_be_read_are_the_jobs_outcome(team: Team) -> None:
    team.write_items({**ITEM, "created": "not a date"})
    done = team.fulfil()
    assert done
    assert done.outcome in {Outcome.FAILED, Outcome.INCOMPLETE}
    assert team.state is State.WAITING


# Monitors


def pings(team: Team, url: str, *, status: int = 200) -> tuple[list[str], JobDone]:
    heard: list[str] = []

    def monitor(request: Heard) -> Reply:
        heard.append(request.url.partition("/key")[2])
        return Reply(status, b"OK")

    with serve(monitor) as base:
        team.environ["BACKLINT_SCHEDULE__PING"] = base + url
        done = team.fulfil()
    assert done
    return heard, done


def test_a_monitor_hears_of_start_and_end(team: Team) -> None:
    heard, done = pings(team, "/key/a")
    assert heard == ["/a/start", "/a"]
    assert done.problems == ()


def test_a_monitor_hears_of_a_failure(team: Team) -> None:
    (team.folder / "items.jsonl").unlink()
    heard, _ = pings(team, "/key/{team}-{job}/")
    assert heard == ["/Shop-nightly/start", "/Shop-nightly/fail"]


def test_a_monitor_that_is_down_fails_no_job_and_its_address_is_told_nobody(team: Team) -> None:
    heard, done = pings(team, "/key/a", status=404)
    assert len(heard) == 2
    assert done.outcome is Outcome.CLEAN
    assert done.problems == ("The monitor was not told: it answered 404.",)


def test_a_monitor_hears_of_other_jobs_only_where_its_address_names_them(team: Team) -> None:
    team.configure('planning = "05:00"')
    heard: list[str] = []

    def monitor(request: Heard) -> Reply:
        heard.append(request.url)
        return Reply(200, b"OK")

    with serve(monitor) as base:
        team.environ["BACKLINT_SCHEDULE__PING"] = base
        assert team.fulfil(Slot(MORNING, Job.PLANNING, "2026-11-22"))
    assert heard == []


# Planning


def test_the_planning_of_a_sprint_that_moved_is_left(team: Team) -> None:
    sprint = {"name": "Sprint 7", "state": "future", "start": "2026-11-22T09:00:00Z"}
    team.configure("planning_hours = 4")
    team.write_items(ITEM, {"sprint": sprint})
    team.fulfil()
    assert team.due() == ["sprint Sprint 7"]
    team.write_items(ITEM, {"sprint": {**sprint, "start": "2026-12-06T09:00:00Z"}})
    slot = Slot.of_sprint("Sprint 7", MORNING)
    done = team.fulfil(slot)
    assert done
    assert done.outcome is Outcome.MOVED
    assert team.due() == []
    team.clock.pass_time(14 * 24 * 3600)
    assert "sprint Sprint 7" in team.due()
    again = team.fulfil(slot)
    assert again
    assert again.outcome is Outcome.CLEAN
    assert "sprint Sprint 7" not in team.due()


def test_people_asked_for_the_planning_so_every_channel_hears_of_it(team: Team) -> None:
    heard: list[Heard] = []

    def chat(request: Heard) -> Reply:
        heard.append(request)
        return Reply(200, b"ok")

    team.configure(more='[channels.slack]\non = "fail"\n')
    with serve(chat) as url:
        team.environ["SLACK_WEBHOOK_URL"] = url
        team.do()
        assert heard == []
        done = team.do(Job.PLANNING)
    assert len(heard) == 1
    assert done.told[1:] == (
        "slack: told.",
        "can plan. Of the next 1, 1 is ready. Not known: the team's velocity.",
    )
    assert "Pay by invoice" in (team.folder / "pages" / "shop.ready.html").read_text("utf-8")


# Incomplete data, and writing

HUB = """
select = ["missing-description"]
[teams.Shop]
write = {write}
schedule = {{ bot = "nightly" }}
comments = {{ grace_hours = 0, quiet_hours = 0, cool_down_hours = 0 }}
[teams.Shop.github]
url = "{url}/api/v3"
repository = "acme/shop"
order_by = "label"
order_labels = ["first"]
[channels.slack]
url = "{url}/chat"
"""


def comments(hub: FakeGithub) -> int:
    return sum(
        entry.typename == "IssueComment" for it in hub.repositories["acme/shop"].issues.values() for entry in it.history
    )


def test_the_bot_comes_with_the_night_where_it_may_write(team: Team) -> None:
    hub = FakeGithub()
    hub.repository("acme/shop").issue("Pay by card", labels=["first"], at=MORNING - timedelta(days=9))
    team.environ["GITHUB_TOKEN"] = "ghp_x"
    said: list[str] = []
    with serve(hub) as url:
        for write, expected in (("false", 0), ("true", 0), ("true", 1)):  # the first run that may only tells
            (team.folder / "backlint.toml").write_text(HUB.format(url=url, write=write).partition("[channels")[0])
            done = team.do()
            assert done.outcome is Outcome.FINDINGS, done.problems
            assert comments(hub) == expected
            said.append(done.told[-1].partition(";")[0])
    assert said[1].endswith("nothing yet, as nothing was ever written there.")
    assert said[2] == "1 note was written"


def test_the_dashboard_comes_with_the_night_and_edits_itself(team: Team) -> None:
    hub = FakeGithub()
    hub.repository("acme/shop").issue("Pay by card", labels=["first"], at=MORNING - timedelta(days=9))
    team.environ["GITHUB_TOKEN"] = "ghp_x"
    with serve(hub) as url:
        for write, mending, expected in (("false", "", []), ("true", "", ["1 open"]), ("true", "Done so.", ["1 open"])):
            text = HUB.format(url=url, write=write).partition("[channels")[0]
            (team.folder / "backlint.toml").write_text(
                text.replace('schedule = { bot = "nightly" }', "dashboard = true")
            )
            for issue in hub.repositories["acme/shop"].issues.values():
                if mending and not is_dashboard(issue.body):
                    issue.edit(mending * 20, at=team.clock.now())
            done = team.do()
            boards = [it for it in hub.repositories["acme/shop"].issues.values() if is_dashboard(it.body)]
            assert [f"1 {it.state}" for it in boards] == expected, done
            assert ("has no description" in (boards[0].body or "")) == (not mending) if boards else True
            assert bool(boards) == any(line.startswith("1 dashboard was written") for line in done.told)
            team.clock.pass_time(24 * 3600)
    assert len(hub.repositories["acme/shop"].issues) == 2


def test_nobody_is_told_of_half_a_backlog_before_it_was_tried_again(team: Team) -> None:
    chat: list[Heard] = []

    def down(request: Heard) -> Reply:
        if request.url.endswith("/chat"):
            chat.append(request)
            return Reply(200, b"ok")
        return Reply(500, b"{}")

    team.environ["GITHUB_TOKEN"] = "ghp_x"
    with serve(down) as url:
        text = HUB.format(url=url, write="false")
        (team.folder / "backlint.toml").write_text(text.partition("[channels")[0] + "[channels.slack]\n")
        team.environ["SLACK_WEBHOOK_URL"] = f"{url}/chat"
        first = team.do(is_last=False)
        assert (first.outcome, first.exit_code, chat) == (Outcome.INCOMPLETE, Exit.INCOMPLETE, [])
        last = team.do()
    assert last.outcome is Outcome.INCOMPLETE
    assert len(chat) == 1
