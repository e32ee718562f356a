"""A hint makes an item be read, kept and linted again, and its note follows the rules of the night."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from backlint import app
from backlint.app.hinted import Followed, Speaks, follow
from backlint.app.writing import apply, plan_comments
from backlint.config import Config, Team, load
from backlint.config.loading import Surroundings
from backlint.connector import Hint
from backlint.example import NOW
from backlint.store import Store
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.github import FakeGithub, Issue
from backlint.testing.fakes.jira import FakeJira
from backlint.transport import Gate
from backlint.transport.inprocess import InProcess

SOURCE = "github:acme/shop"
CONFIG = """
select = ["missing-description"]
[teams.Shop]
write = {write}
comments = {{ grace_hours = 0, quiet_hours = 0, cool_down_hours = 0, relapse_days = 0 }}
github = {{ repository = "acme/shop", project = 4 }}
[teams.Till.jira]
url = "https://shop.example.net"
project = "SHOP"
"""


@dataclass
class Town:
    """Two teams, one on a fake GitHub, one on a fake Jira."""

    config: Config
    hub: FakeGithub
    jira: FakeJira
    clock: FakeClock

    @property
    def gate(self) -> Gate:
        return Gate(self.clock, wire=InProcess({self.hub.host: self.hub, **self.jira.hosts}), jitter=lambda: 0.0)

    def night(self, *, writes: bool = False) -> None:
        """Read everything, and comment."""
        asked = app.Asked(now=self.clock.now())
        planned = plan_comments(self.config, self.config.teams, self.gate, asked)
        if writes:
            apply(self.config, planned.plans, self.gate, lambda _: None, introduces=True)

    def follow(self, *hints: Hint, tracker: str = "github", **more: Any) -> Followed:
        [followed] = follow(self.config, tracker, hints, self.gate, **more)
        return followed

    def kept(self, source: str = SOURCE) -> dict[str, str]:
        with Store.open(self.config.store) as store:
            return {item.key: item.title for item in store.items(source)}

    @property
    def issues(self) -> list[Issue]:
        return list(self.hub.repositories["acme/shop"].issues.values())

    def add(self, title: str) -> Issue:
        issue = self.hub.repositories["acme/shop"].issue(title, at=NOW - timedelta(days=9))
        self.hub.projects["acme", 4].add(issue)
        return issue

    @property
    def comments(self) -> list[str]:
        said = (entry for issue in self.issues for entry in issue.history if entry.typename == "IssueComment")
        return [entry.facts["body"] for entry in said]


Towns = Callable[[str], Town]


@pytest.fixture
def built(tmp_path: Path) -> Towns:
    def build(write: str) -> Town:
        file = tmp_path / "backlint.toml"
        file.write_text(CONFIG.format(write=write))
        environ = {"GITHUB_TOKEN": "ghp_x", "JIRA_TOKEN": "fake-token", "JIRA_EMAIL": "robin@example.com"}
        clock = FakeClock()
        hub, jira = FakeGithub(now=clock.now), FakeJira()
        jira.project("SHOP", "Shop")
        hub.repository("acme/shop")
        hub.project("acme", 4)
        town = Town(load(file, around=Surroundings(tmp_path, environ)), hub, jira, clock)
        town.add("Pay by card").edit("People want to pay by card.", by="robin", at=NOW - timedelta(days=8))
        return town

    return build


@pytest.fixture
def town(built: Towns) -> Town:
    return built("true")


def hint_of(issue: Issue) -> Hint:
    return Hint(issue.ids[1], f"{issue.repository.full_name}#{issue.number}")


def only(speaks: bool) -> Speaks:
    """The bot speaks for every team, or for none."""

    def answer(_: Team) -> bool:
        return speaks

    return answer


def test_what_changed_is_kept_and_linted(town: Town) -> None:
    town.night()
    issue = town.issues[0]
    issue.edit("", by="ada")
    issue.rename("Pay with a card", by="ada")
    followed = town.follow(hint_of(issue))
    assert town.kept() == {"acme/shop#1": "Pay with a card"}
    assert [finding.rule for finding in followed.findings] == ["missing-description"]
    assert (followed.team, followed.source, followed.problem) == ("Shop", SOURCE, None)


def test_what_is_new_has_its_place(town: Town) -> None:
    town.night()
    issue = town.add("Pay in parts")
    [item] = town.follow(hint_of(issue)).items
    assert item.key == "acme/shop#2"
    with Store.open(town.config.store) as store:
        assert {it.key: it.rank for it in store.items(SOURCE)} == {"acme/shop#1": 1, "acme/shop#2": 2}


def test_the_next_night_still_reads_what_nobody_hinted_at(town: Town) -> None:
    town.add("Pay in parts")
    town.night()
    first, second = town.issues
    town.clock.pass_time(60)
    second.rename("Changed first, and not hinted at", by="ada")
    town.clock.pass_time(60)
    first.rename("Changed last, and hinted at", by="ada")
    town.follow(hint_of(first))
    assert town.kept()["acme/shop#2"] == "Pay in parts"
    town.night()
    assert set(town.kept().values()) == {"Changed last, and hinted at", "Changed first, and not hinted at"}


def test_no_run_is_recorded(town: Town) -> None:
    town.night()
    town.follow(hint_of(town.issues[0]))
    with Store.open(town.config.store) as store:
        assert store.past("Shop") == ()


def test_what_was_deleted_goes_at_once(town: Town) -> None:
    issue = town.add("A mistake")
    town.night()
    town.hub.repositories["acme/shop"].delete(issue)
    followed = town.follow(hint_of(issue))
    assert followed.gone == ("acme/shop#2",)
    assert list(town.kept()) == ["acme/shop#1"]


def test_before_the_first_night_nothing_is_read(town: Town) -> None:
    followed = town.follow(hint_of(town.issues[0]))
    assert followed.problem == "It was not read to its end yet, and that comes first."
    assert town.hub.heard == []


def test_a_tracker_that_fails_is_said_and_costs_nothing(town: Town) -> None:
    town.night()
    town.hub.admit("another")
    followed = town.follow(hint_of(town.issues[0]))
    assert "401" in (followed.problem or "")
    assert list(town.kept()) == ["acme/shop#1"]


def test_what_could_not_be_read_whole_is_not_kept(town: Town) -> None:
    town.night()
    town.issues[0].rename("Another", by="ada")
    del town.hub.projects["acme", 4]
    followed = town.follow(hint_of(town.issues[0]))
    assert "project acme/4" in (followed.problem or "")
    assert town.kept() == {"acme/shop#1": "Pay by card"}


def test_a_hint_about_nothing_of_ours_asks_nobody(town: Town) -> None:
    assert follow(town.config, "jira", [Hint("1", "ELSE-1")], town.gate) == ()
    assert follow(town.config, "github", [], town.gate) == ()
    assert town.hub.heard == []


def test_jira_too(town: Town) -> None:
    issue = town.jira.issue("SHOP", "Take cash", description="People pay cash.")
    gone = town.jira.issue("SHOP", "Gone")
    town.night()
    town.jira.change(issue, title="Take coins")
    town.jira.delete(gone)
    followed = town.follow(Hint(str(issue.id), issue.key), Hint(str(gone.id), gone.key), tracker="jira")
    assert [item.title for item in followed.items] == ["Take coins"]
    assert followed.gone == (), "Jira does not tell what is deleted from what is hidden: a census decides"
    assert len(town.kept("jira:shop.example.net/SHOP")) == 2
    town.clock.pass_time(24 * 3600)
    town.night()
    assert list(town.kept("jira:shop.example.net/SHOP")) == ["SHOP-1"], "and the next one is enough"


# What is written


def test_a_note_is_written_once_and_goes_when_the_item_is_mended(town: Town) -> None:
    issue = town.add("Pay in parts")
    town.night(writes=True)
    issue.body = "People want to pay in parts, one each month."
    town.night(writes=True)
    issue.edit("", by="ada")
    town.follow(hint_of(issue))
    [note] = town.comments
    assert "backlint:note" in note
    town.follow(hint_of(issue))
    assert town.comments == [note]
    issue.edit("People want to pay in parts, one each month.", by="ada")
    assert [outcome.verdict for outcome in town.follow(hint_of(issue)).outcomes] == ["done"]
    assert town.comments == []


def test_the_nightly_run_is_the_first_to_write(town: Town) -> None:
    town.night()
    town.issues[0].edit("", by="ada")
    followed = town.follow(hint_of(town.issues[0]))
    assert followed.why_silent == "nothing was ever written there, and the first to write is the nightly run"
    assert town.comments == []


def test_only_what_is_hinted_at_is_written_about(town: Town) -> None:
    first, second = town.issues[0], town.add("Pay in parts")
    town.night(writes=True)
    first.edit("", by="ada")
    town.follow(hint_of(first))
    assert len(town.comments) == 1
    assert not any(entry.typename == "IssueComment" for entry in second.history)


@pytest.mark.parametrize(("write", "speaks"), [("false", True), ("true", False)])
def test_without_leave_nothing_is_written(built: Towns, write: str, speaks: bool) -> None:
    town = built("true")
    town.add("Pay in parts")
    town.night(writes=True)
    town.config = built(write).config if write == "false" else town.config
    town.issues[0].edit("", by="ada")
    followed = town.follow(hint_of(town.issues[0]), speaks=only(speaks))
    assert [finding.rule for finding in followed.findings] == ["missing-description"]
    assert town.comments == []


def test_the_manners_count_by_day_too(town: Town) -> None:
    town.add("Pay in parts")
    town.night(writes=True)
    town.issues[0].edit("", by="ada")
    town.issues[0].label("no-backlint", by="ada")
    followed = town.follow(hint_of(town.issues[0]))
    assert followed.why_silent == "acme/shop#1: its labels ask for silence"
    assert town.comments == []


def test_a_token_that_comes_back_is_hidden(town: Town) -> None:
    town.night()
    team = town.config.teams[0]
    [source] = team.sources
    assert isinstance(getattr(source, "token", None), SecretStr)
    town.hub.faults.append(lambda heard: pytest.fail("no token") if "authorization" not in heard.headers else None)
    assert town.follow(hint_of(town.issues[0])).problem is None
