"""What production does to a reader: each fault ends in a complete sync or an honest partial one, never in silence."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from backlint.connector import Batch
from backlint.connectors.jira.payload import part, several
from backlint.errors import BacklintError, ConfigError, TrackerError
from backlint.example import NOW
from backlint.testing import contract
from backlint.testing.fakes.jira import FakeJira
from backlint.testing.fakes.jira.troubles import (
    Doing,
    Trouble,
    changes,
    cuts_the_answer,
    hangs_up,
    limits,
    says,
    shows_a_login_page,
)
from tests.connectors.jira.sites import census, connector, fill, flavour, gate, pulled, warnings

BOTH = pytest.mark.parametrize("is_cloud", [True, False], ids=["cloud", "server"])
ISSUES = {True: "issue/bulkfetch", False: "/search"}


@dataclass
class Sync:
    """Pulls that follow one another, as nights do; `error` is what ended the last one."""

    jira: FakeJira
    batches: list[Batch] = field(default_factory=list[Batch])
    error: BaseException | None = None
    slept: float = 0

    def run(self) -> "Sync":
        """One night; keeps what came before a fault, as the store does."""
        cursor = next((batch.cursor for batch in reversed(self.batches) if batch.cursor), None)
        way = gate(self.jira)
        self.error = None
        tried = contract.Tried(connector(self.jira), lambda: way)
        pulling = tried.connector.pull(way, cursor)

        async def collect() -> None:
            async for batch in pulling:
                self.batches.append(batch)

        try:
            asyncio.run(collect())
        except BacklintError as error:
            self.error = error
        self.slept = sum(way.clock.slept)  # type: ignore[attr-defined]  # the clock of the tests
        return self

    @property
    def keys(self) -> set[str]:
        return {item.key for item in contract.kept(self.batches).values()}

    @property
    def is_honest(self) -> bool:
        """Whether everything was read, or somebody was told that it was not."""
        is_complete = self.keys == {issue.key for issue in self.jira.issues.values()}
        return is_complete or self.error is not None or bool(warnings(self.batches))


def site(is_cloud: bool, number: int = 5) -> FakeJira:
    jira = flavour(is_cloud)
    fill(jira, number, done=2)
    return jira


PASSING: dict[str, Doing] = {
    "drop": hangs_up(),
    "burst": limits(3, "jira-burst-based"),
    "burst until a date": limits(NOW + timedelta(seconds=30), "jira-burst-based"),
    "gateway 429 without a word": limits(None, ""),
    "502": says(502),
    "503": says(503),
    "503 with Retry-After": says(503, Retry_After="12"),
    "cut JSON": cuts_the_answer(),
}


@BOTH
@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_is_survived(fault: str, is_cloud: bool) -> None:
    jira = site(is_cloud)
    for where in ("serverInfo", "myself", "field", "search", "bulkfetch"):
        jira.troubles.append(Trouble(where, PASSING[fault]))
    sync = Sync(jira).run()
    assert sync.error is None
    assert warnings(sync.batches) == []
    assert sync.keys == {f"SHOP-{n}" for n in range(1, 6)}


LASTING: dict[str, tuple[Doing, str, bool]] = {
    "drop": (hangs_up(), "could not be reached", True),
    "quota of 1,847 s": (limits(1847, "jira-quota-tenant-based"), "1,847 s", True),
    "502": (says(502), "502, 4 times", True),
    "503 with Retry-After": (says(503, Retry_After="2"), "503, 4 times", True),
    "login page": (shows_a_login_page(), "login page", False),
    "cut JSON": (cuts_the_answer(), "broken JSON", True),
    "empty answer": (changes(lambda _: None), "nothing", True),
    "expired token": (says(401), "did not accept the token", False),
}


@BOTH
@pytest.mark.parametrize("fault", LASTING)
def test_what_lasts_ends_the_run_with_a_word_and_the_next_one_goes_on(fault: str, is_cloud: bool) -> None:
    jira = site(is_cloud)
    doing, said, is_retryable = LASTING[fault]
    jira.troubles.append(Trouble(ISSUES[is_cloud], doing, times=99, after=0 if is_cloud else 1))
    sync = Sync(jira).run()
    assert isinstance(sync.error, TrackerError)
    assert said in str(sync.error)
    assert sync.error.retryable is is_retryable
    assert jira.token not in str(sync.error)
    jira.troubles.clear()
    assert sync.run().error is None
    assert sync.keys == {f"SHOP-{n}" for n in range(1, 6)}


@BOTH
def test_a_quota_pause_sends_nothing_while_it_lasts(is_cloud: bool) -> None:
    jira = site(is_cloud)
    jira.troubles.append(Trouble("field", limits(1847, "jira-quota-global-based"), times=99))
    sync = Sync(jira).run()
    assert isinstance(sync.error, TrackerError)
    after = jira.requests[next(n for n, request in enumerate(jira.requests) if request.endswith("/field")) + 1 :]
    assert len(after) <= 3, "what was under way at that moment, and no more"
    assert sync.slept == 0


def test_a_quota_that_names_only_its_reset_is_understood_even_without_seconds() -> None:
    jira = site(is_cloud=True)
    reset = (NOW + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%MZ")
    jira.troubles.append(
        Trouble("field", says(429, RateLimit_Reason="jira-quota-tenant-based", X_RateLimit_Reset=reset))
    )
    sync = Sync(jira).run()
    assert "3,600 s" in str(sync.error)


@BOTH
def test_a_sync_that_dies_in_the_middle_keeps_what_was_read(is_cloud: bool) -> None:
    jira = flavour(is_cloud)
    fill(jira, 1300, done=1250)
    where, after = ("bulkfetch", 4) if is_cloud else ("/search", 2)
    jira.troubles.append(Trouble(where, says(500), times=99, after=after))
    sync = Sync(jira).run()
    assert isinstance(sync.error, TrackerError)
    assert 0 < len(sync.keys) < 1300
    jira.troubles.clear()
    jira.change("SHOP-3", title="Changed between the nights", at=NOW)
    assert sync.run().error is None
    sync.run()
    assert len(sync.keys) == 1300
    assert (
        contract.kept(sync.batches)[f"jira:{_host(jira)}/{jira.find('SHOP-3').id}"].title
        == "Changed between the nights"
    )


def _host(jira: FakeJira) -> str:
    return jira.base.removeprefix("https://")


@pytest.mark.parametrize("misbehave", ["repeats", "short", "empty"])
def test_pages_that_misbehave_are_finite_and_complete(misbehave: str) -> None:
    jira = site(is_cloud=True, number=250)
    first = Sync(jira).run()
    for issue in list(jira.issues.values())[:230]:
        jira.change(issue, labels=["changed"], at=NOW)
    if misbehave == "repeats":
        jira.pages.repeats = True
    elif misbehave == "short":
        jira.pages.size = 7
    else:
        jira.pages.has_empty_page = True
    whole = Sync(jira).run()
    assert whole.keys == {f"SHOP-{n}" for n in range(1, 251)}
    assert whole.error is None
    first.run()
    changed = [item for item in contract.kept(first.batches).values() if item.labels == frozenset({"changed"})]
    assert len(changed) == 230 or warnings(first.batches)


def test_a_walk_that_cannot_come_to_an_end_says_so_and_the_cursor_stays() -> None:
    jira = site(is_cloud=True, number=30)
    jira.pages.repeats = True
    jira.pages.size = 7
    sync = Sync(jira).run()
    assert any("again and again" in warning for warning in warnings(sync.batches))
    jira.pages.repeats = False
    sync.run()
    sync.run()
    assert sync.keys == {f"SHOP-{n}" for n in range(1, 31)}


@BOTH
def test_a_token_that_expires_between_the_nights_is_told(is_cloud: bool) -> None:
    jira = site(is_cloud)
    sync = Sync(jira).run()
    jira.troubles.append(Trouble("rest/api", says(401), times=99))
    sync.run()
    assert "did not accept the token" in str(sync.error)
    assert len(sync.keys) == 5


@BOTH
def test_losing_the_project_is_not_deletion_and_says_so(is_cloud: bool) -> None:
    jira = site(is_cloud)
    sync = Sync(jira).run()
    jira.hidden_projects.add("SHOP")
    sync.run()
    assert sync.error is not None
    assert not [id_ for batch in sync.batches for id_ in batch.gone]
    with pytest.raises(TrackerError, match="may not see project SHOP"):
        census(jira)


def test_permission_lost_while_reading_is_told_and_asked_for_again() -> None:
    jira = site(is_cloud=True)
    lost = jira.find("SHOP-4")
    jira.troubles.append(Trouble("issue/bulkfetch", changes(_without(lost.id)), times=99))
    sync = Sync(jira).run()
    assert sync.error is None
    assert any("1 issue" in warning for warning in warnings(sync.batches))
    jira.troubles.clear()
    assert sync.run().error is None
    assert "SHOP-4" in sync.keys


def _without(id_: int) -> Callable[[object], object]:
    def edit(body: object) -> object:
        return part(body) | {"issues": [issue for issue in several(body, "issues") if issue["id"] != str(id_)]}

    return edit


def test_an_issue_that_the_index_hides_for_a_moment_is_not_gone() -> None:
    jira = site(is_cloud=True)
    sync = Sync(jira).run()
    jira.find("SHOP-2").is_hidden = True
    sync.run()
    assert "SHOP-2" in sync.keys
    assert sync.is_honest or not sync.batches[-1].gone


@BOTH
def test_a_moved_issue_keeps_its_id_and_changes_its_key(is_cloud: bool) -> None:
    jira = flavour(is_cloud)
    moved, *_ = fill(jira, 3)
    jira.project("CART")
    sync = Sync(jira).run()
    jira.move(moved, "CART", at=NOW)
    here = {item.id: item.key for item in contract.kept(pulled(jira, project=["SHOP", "CART"])).values()}
    before = {item.id: item.key for item in contract.kept(sync.batches).values()}
    (id_,) = [id_ for id_, key in before.items() if key == "SHOP-1"]
    assert here[id_] == "CART-1"
    assert id_ not in (census(jira) or ())


@BOTH
def test_deleted_and_archived_issues_are_missing_from_the_census_and_from_nowhere_else(is_cloud: bool) -> None:
    jira = flavour(is_cloud)
    deleted, archived, kept = fill(jira, 3)
    sync = Sync(jira).run()
    jira.delete(deleted)
    archived.is_archived = True
    sync.run()
    assert len(sync.keys) == 3
    assert {id_.rpartition("/")[2] for id_ in census(jira) or ()} == {str(kept.id)}


@BOTH
@pytest.mark.parametrize(
    ("told", "said"),
    [({"project": "NOPE"}, "NOPE"), ({"filter": "colour = blue"}, "colour"), ({"board": 77}, "board 77")],
)
def test_a_wrong_setting_is_named(told: dict[str, Any], said: str, is_cloud: bool) -> None:
    jira = site(is_cloud)
    with pytest.raises((ConfigError, TrackerError), match=said):
        pulled(jira, **told)


@BOTH
def test_a_wrong_token_is_no_empty_site(is_cloud: bool) -> None:
    with pytest.raises(TrackerError, match="did not accept the token"):
        pulled(site(is_cloud), token="wrong")


@BOTH
def test_a_wrong_path_is_named(is_cloud: bool) -> None:
    jira = site(is_cloud)
    with pytest.raises(BacklintError, match=r"server information|does not answer as Jira"):
        pulled(jira, url="https://shop.example.net/elsewhere" if is_cloud else "https://jira.example.net")


def test_the_runs_end_keeps_what_was_read() -> None:
    jira = site(is_cloud=True)
    jira.troubles.append(Trouble("bulkfetch", says(503, Retry_After="200"), times=99))
    way = gate(jira, until=100)
    with pytest.raises(TrackerError, match="longer than this run"):
        contract.Tried(connector(jira), lambda: way).pull()
