"""A job that is to write waits for whoever writes, and asks after what a dead run sent."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backlint.app.clock import gate_of
from backlint.app.fulfilling import Stopped
from backlint.app.jobs import JobDone, do
from backlint.app.settling import LOOK, PATIENCE, settle
from backlint.config import Config, Surroundings, load
from backlint.store import Entry, Outbox, Store
from backlint.store.outbox import LEASE
from backlint.sync import source_of
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.github import FakeGithub
from backlint.testing.loopback import serve
from backlint.timetable import Job
from backlint.transport import Gate
from backlint.writeback import Journal

NIGHT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
SHOP = """
select = ["missing-description"]
[teams.Shop]
write = true
schedule = {{ bot = "nightly" }}
comments = {{ grace_hours = 0, quiet_hours = 0, cool_down_hours = 0 }}
[teams.Shop.github]
url = "{url}/api/v3"
repository = "acme/shop"
order_by = "label"
order_labels = ["first"]
"""


class Team:
    """A team with one item that lacks its description, and what was written to it."""

    def __init__(self, folder: Path, url: str, hub: FakeGithub) -> None:
        (folder / "backlint.toml").write_text(SHOP.format(url=url))
        self.config: Config = load(around=Surroundings(folder, {"GITHUB_TOKEN": "ghp_x"}))
        self.store, self.clock, self.hub = Store.open(self.config.store), FakeClock(NIGHT), hub
        [team] = self.config.teams
        [source] = team.sources
        self.outbox: Outbox = self.store.outbox(source_of(source))
        self.never_left: list[AbstractContextManager[None]] = []
        Journal(self.outbox, "setup").introduce(NIGHT)

    def do(self, job: Job = Job.NIGHTLY) -> JobDone:
        return do(self.config, self.config.team("Shop"), job, gate=gate_of(self.config, self.clock))

    def taken_by(self, run: str) -> None:
        """A run begins to write, and never ends."""
        held = self.outbox.held(run, self.clock.now())
        self.never_left.append(held)
        held.__enter__()

    def goes_on(self, run: str) -> None:
        entry = Entry(self.outbox.project, "1", "note", run, self.clock.now(), "")
        self.outbox.send(entry)
        self.outbox.settle(entry, was_done=False)

    def settle(self, watch: Callable[[], None], gate: Gate | None = None) -> None:
        settle(self.store, self.config.team("Shop"), gate or Gate(self.clock), watch)

    @property
    def notes(self) -> int:
        issues = self.hub.repositories["acme/shop"].issues.values()
        return sum(entry.typename == "IssueComment" for it in issues for entry in it.history)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    hub = FakeGithub()
    hub.repository("acme/shop").issue("Pay by card", labels=["first"], at=NIGHT - timedelta(days=9))
    with serve(hub) as url:
        made = Team(tmp_path, url, hub)
        with made.store:
            yield made


@pytest.mark.parametrize("job", [Job.NIGHTLY, Job.BOT])
def test_the_lease_of_a_run_that_died_is_waited_out(team: Team, job: Job) -> None:
    team.taken_by("a run that died")
    done = team.do(job)
    assert done.outcome.is_good, done.problems
    assert team.notes == 1
    assert team.clock.now() >= NIGHT + LEASE


def test_who_waits_can_be_stopped(team: Team) -> None:
    team.taken_by("a run that died")

    def stop() -> None:
        raise Stopped("Stopped.")

    with pytest.raises(Stopped):
        team.settle(stop)
    assert team.clock.slept == [LOOK]


def test_a_run_that_writes_for_ever_is_not_waited_for_for_ever(team: Team) -> None:
    team.taken_by("a run that goes on")
    team.settle(lambda: team.goes_on("a run that goes on"))
    assert PATIENCE <= team.clock.monotonic() < PATIENCE + LOOK
    assert team.outbox.taken_until(team.clock.now())


def test_the_time_that_it_waits_is_not_the_runs_own(team: Team) -> None:
    team.taken_by("a run that died")
    gate = Gate(team.clock, until=60)
    team.settle(lambda: None, gate)
    assert gate.until == 60 + LEASE.total_seconds()


def test_what_arrived_of_a_run_that_died_is_known_though_nothing_is_left_to_write(team: Team) -> None:
    """It died between the tracker's answer and the next line."""
    team.do()
    [entry] = [entry for entry in team.outbox.journal() if entry.item]
    with team.outbox.held(entry.run, entry.at):
        team.outbox.send(entry)
    assert team.outbox.in_doubt() == (entry,)
    team.do()
    assert team.outbox.in_doubt() == ()
    assert team.outbox.journal()[-1] == entry
    assert team.notes == 1
