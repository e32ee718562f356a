"""The table that decides: one at a time, once, and again only where it failed or its server died."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from threading import Barrier, Thread
from typing import Literal, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backlint.errors import StoreError
from backlint.example import NOW
from backlint.store import Held, Jobs, State, Store
from backlint.store.jobs import DEATHS, LEASE, PAUSES, TRIES
from backlint.store.outbox import LEASE as MAY_ARRIVE
from backlint.timetable import Job, Slot

NIGHT = Slot(NOW, Job.NIGHTLY, "2026-11-22")
NEXT_NIGHT = Slot(NOW + timedelta(days=1), Job.NIGHTLY, "2026-11-23")
BOT = Slot(NOW, Job.BOT, "2026-11-22")
MINUTE = timedelta(minutes=1)
NUMBERS = count()


@pytest.fixture
def jobs(store: Store) -> Jobs:
    return store.jobs()


def claimed(jobs: Jobs, slot: Slot = NIGHT, *, holder: str = "one", at: datetime = NOW, team: str = "Shop") -> Held:
    held = jobs.claim(team, slot, holder, at)
    assert held
    return held


def test_who_claims_a_slot_has_it_alone(jobs: Jobs) -> None:
    claimed(jobs)
    assert jobs.claim("Shop", NIGHT, "other", NOW) is None
    assert jobs.claim("Shop", NIGHT, "one", NOW) is None
    assert claimed(jobs, team="Web", holder="other").attempt == 1


def test_a_team_has_one_job_at_a_time(jobs: Jobs) -> None:
    night = claimed(jobs)
    assert jobs.claim("Shop", BOT, "other", NOW) is None
    night.finish(NOW, run="r", outcome="clean")
    claimed(jobs, BOT, holder="other")


def test_what_is_finished_is_not_done_again(jobs: Jobs) -> None:
    claimed(jobs).finish(NOW + MINUTE, run="r", outcome="findings")
    assert jobs.claim("Shop", NIGHT, "other", NOW + timedelta(days=9)) is None
    assert jobs.done("Shop") == {(Job.NIGHTLY, "2026-11-22")}
    assert jobs.done("Web") == frozenset()
    [record] = jobs.recent()
    assert (record.state, record.run, record.outcome) == (State.FINISHED, "r", "findings")
    assert (record.started, record.finished, record.attempts) == (NOW, NOW + MINUTE, 1)


def test_the_lease_of_the_dead_runs_out(jobs: Jobs) -> None:
    dead = claimed(jobs)
    assert jobs.claim("Shop", NIGHT, "other", NOW + LEASE - MINUTE) is None
    heir = claimed(jobs, holder="other", at=NOW + LEASE)
    assert heir.attempt == 1
    with pytest.raises(StoreError, match="Another server does the nightly job of Shop by now"):
        dead.renew(NOW + LEASE)
    with pytest.raises(StoreError, match="this one stops"):
        dead.finish(NOW + LEASE, run="r", outcome="clean")
    heir.finish(NOW + LEASE, run="r", outcome="clean")


def test_a_lease_that_is_renewed_holds(jobs: Jobs) -> None:
    held = claimed(jobs)
    held.renew(NOW + LEASE - MINUTE)
    assert jobs.claim("Shop", NIGHT, "other", NOW + LEASE + MINUTE) is None


@pytest.mark.parametrize("is_noticed", [True, False])
def test_a_slot_that_kills_its_servers_is_given_up(jobs: Jobs, *, is_noticed: bool) -> None:
    now = NOW
    for n in range(DEATHS):
        assert claimed(jobs, holder=f"server {n}", at=now).attempt == 1
        if is_noticed:
            jobs.died(f"server {n}", now)
            assert jobs.claim("Shop", NIGHT, "early", now + MAY_ARRIVE - MINUTE) is None
        now += MAY_ARRIVE if is_noticed else LEASE
    assert jobs.claim("Shop", NIGHT, "last", now) is None
    [record] = jobs.recent("Shop")
    assert (record.state, record.outcome) == (State.FAILED, "its server died 10 times")
    assert record.deaths == DEATHS
    assert jobs.done("Shop") == {(Job.NIGHTLY, "2026-11-22")}
    claimed(jobs, NEXT_NIGHT, at=NOW + timedelta(days=1))


@cache
def shared(new_url: Callable[[], str]) -> str:
    """One store for all examples."""
    return new_url()


Happened = Literal["noticed death", "death", "stop", "failure"]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(get_args(Happened)), max_size=DEATHS + TRIES))
def test_only_a_failure_uses_up_a_try_and_only_a_death_counts_as_one(
    new_url: Callable[[], str], story: list[Happened]
) -> None:
    """Whatever happens to its servers, in any order, a slot has all its tries, and is open until it used them up."""
    slot, now = Slot(NOW, Job.NIGHTLY, "night"), NOW
    with Store.open(shared(new_url)) as store:
        jobs, team = store.jobs(), f"team {next(NUMBERS)}"
        failures = deaths = 0
        for happened in (*story, "stop"):
            held = jobs.claim(team, slot, team, now)
            if failures == TRIES or deaths == DEATHS:
                assert held is None
                assert jobs.recent(team)[0].state is State.FAILED
                continue
            assert held
            assert held.attempt == failures + 1
            now = happens(jobs, held, happened, now)
            failures += happened == "failure"
            deaths += "death" in happened
        assert jobs.recent(team)[0].deaths == deaths


def happens(jobs: Jobs, held: Held, what: Happened, now: datetime) -> datetime:
    """Gives the moment from which the slot may be claimed again."""
    match what:
        case "noticed death":
            jobs.died(held.holder, now)
            return now + MAY_ARRIVE
        case "death":
            return now + LEASE
        case "stop":
            held.release(now, outcome="stopped")
            return now
        case "failure":
            return held.fail(now, outcome="the tracker is down") or now


def test_what_failed_is_tried_again_after_a_pause_and_then_given_up(jobs: Jobs) -> None:
    now = NOW
    for pause in PAUSES:
        held = claimed(jobs, at=now)
        assert not held.is_last
        assert held.fail(now, outcome="the tracker is down") == now + pause
        assert jobs.claim("Shop", NIGHT, "other", now + pause - MINUTE) is None
        assert jobs.done("Shop") == frozenset()
        now += pause
    last = claimed(jobs, at=now)
    assert last.is_last
    assert last.fail(now, outcome="the tracker is down") is None
    assert jobs.done("Shop") == {(Job.NIGHTLY, "2026-11-22")}


def test_who_has_to_go_leaves_the_slot_to_the_next_one_at_once(jobs: Jobs) -> None:
    for _ in range(2 * TRIES):
        claimed(jobs).release(NOW, outcome="stopped")
    claimed(jobs)
    claimed(jobs, team="Web", holder="other")
    jobs.let_go("one", NOW)
    assert claimed(jobs, holder="third").attempt == 1
    assert jobs.claim("Web", NIGHT, "third", NOW) is None


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=3650)])
def test_a_clock_that_was_ahead_holds_nobody_up(jobs: Jobs, ahead: timedelta) -> None:
    claimed(jobs, at=NOW + ahead)
    assert claimed(jobs, holder="other").attempt == 1
    claimed(jobs, team="Web", at=NOW + ahead).fail(NOW + ahead, outcome="failed")
    claimed(jobs, team="Web")


def test_what_was_done_by_hand_is_kept_and_replaces_itself(jobs: Jobs) -> None:
    by_hand = Slot(NOW, Job.NIGHTLY, NOW.isoformat())
    for _ in range(2):
        jobs.record("Shop", by_hand, NOW + MINUTE, run="r", outcome="clean")
    assert len(jobs.recent()) == 1
    assert jobs.last_good() == {"Shop": NOW + MINUTE}
    claimed(jobs)


def test_the_last_good_one(jobs: Jobs) -> None:
    claimed(jobs).finish(NOW, run="r", outcome="clean")
    tomorrow = NOW + timedelta(days=1)
    claimed(jobs, NEXT_NIGHT, at=tomorrow).fail(tomorrow, outcome="failed")
    claimed(jobs, BOT, at=tomorrow).finish(tomorrow, run="r", outcome="clean")
    assert jobs.last_good() == {"Shop": NOW}
    assert jobs.last_good(Job.BOT) == {"Shop": tomorrow}
    assert [record.job for record in jobs.recent(most=2)] == [Job.NIGHTLY, Job.BOT]


def test_what_is_old_is_forgotten_but_for_the_last_good_one(store: Store) -> None:
    jobs = store.jobs()
    for n in range(5):
        at = NOW + n * timedelta(days=1)
        claimed(jobs, Slot(at, Job.NIGHTLY, f"night {n}"), at=at).finish(at, run="r", outcome="clean")
    store.prune(NOW + timedelta(days=90), team="Shop")
    assert [record.slot for record in jobs.recent()] == ["night 4"]


def test_servers_that_ask_at_the_same_moment_never_have_one_slot(url: str) -> None:
    """Each with a connection of its own."""
    slots = 30
    Store.open(url).close()
    start, won = Barrier(4), list[str]()

    def serve(holder: str) -> None:
        with Store.open(url) as store:
            for n in range(slots):
                start.wait(10)
                held = store.jobs().claim("Shop", Slot(NOW, Job.NIGHTLY, f"night {n}"), holder, NOW)
                if held:
                    held.finish(NOW, run=holder, outcome="clean")
                    won.append(held.slot.name)

    servers = [Thread(target=serve, args=(f"server {n}",)) for n in range(4)]
    for server in servers:
        server.start()
    for server in servers:
        server.join(60)
    assert sorted(won) == sorted(f"night {n}" for n in range(slots))


def test_moments_come_back_as_they_were(jobs: Jobs) -> None:
    claimed(jobs, at=datetime(2026, 11, 22, 1, 2, 3, 456789, tzinfo=UTC))
    assert jobs.recent()[0].started == datetime(2026, 11, 22, 1, 2, 3, 456789, tzinfo=UTC)
