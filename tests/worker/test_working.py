"""A worker does what is queued; what failed is asked for again, and what a dead one left is taken up."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from procrastinate import App
from procrastinate.jobs import Job as Queued

from backlint.app.jobs import Outcome
from backlint.errors import ConfigError, StoreError
from backlint.store import State, Store
from backlint.worker import Pace
from backlint.worker.working import Again, Later, holder_of
from tests.worker.conftest import Office, night


def test_every_job_is_done_and_the_queue_is_empty(office: Office) -> None:
    for team in ("cart", "pay", "shop"):
        office.hand_over(team, night(), night(1))
    office.work()
    assert [done.team for done in office.told] == ["cart", "pay", "shop"] * 2
    assert {done.outcome for done in office.told} <= {Outcome.CLEAN, Outcome.FINDINGS}
    assert office.record("shop").state is State.FINISHED
    assert office.rows("id") == []


def test_what_was_done_already_is_not_done_again(office: Office) -> None:
    for _ in range(2):
        office.hand_over("shop", night())
        office.work()
    assert len(office.told) == 1
    assert office.rows("id") == []


def test_what_failed_is_asked_for_again_later(office: Office) -> None:
    path = office.config.file
    assert path
    (path.parent / "shop.jsonl").unlink()
    office.hand_over("shop", night())
    office.hand_over("cart", night())
    office.work()
    assert [(done.team, done.outcome.is_good) for done in office.told] == [("shop", False), ("cart", True)]
    assert office.rows("status, attempts, scheduled_at > now() + interval '50 seconds'") == [("todo", 1, True)]
    office.change("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    office.work()
    assert len(office.told) == 2, "the store lets it rest for ten minutes"
    office.clock.pass_time(timedelta(minutes=11).total_seconds())
    office.change("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    office.work()
    assert len(office.told) == 3


def test_a_job_that_is_given_up_leaves_the_queue(office: Office) -> None:
    path = office.config.file
    assert path
    (path.parent / "shop.jsonl").unlink()
    office.hand_over("shop", night())
    for _ in range(3):
        office.change("UPDATE procrastinate_jobs SET scheduled_at = NULL")
        office.work()
        office.clock.pass_time(timedelta(hours=1).total_seconds())
    assert len(office.told) == 3
    assert office.record("shop").state is State.FAILED
    assert office.rows("id") == []


def test_a_team_that_is_not_configured_is_no_job(office: Office) -> None:
    office.hand_over("shop", night())
    office.change("""UPDATE procrastinate_jobs SET args = args || '{"team": "nobody"}'""")
    office.work()
    assert office.rows("status") == [("failed",)]


def dies(office: Office) -> Queued:
    """A worker takes a job, claims its slot, and is never heard of again."""

    async def take(app: App) -> Queued:
        queued = await app.job_manager.fetch_job(None, await app.job_manager.register_worker())
        assert queued
        return queued

    queued = office.within(take)
    with Store.open(office.url) as store:
        assert store.jobs().claim(str(queued.task_kwargs["team"]), night(), holder_of(queued), office.clock.now())
    return queued


def test_what_a_dead_worker_left_is_taken_up_once_nothing_of_it_can_arrive(office: Office) -> None:
    office.hand_over("shop", night())
    dies(office)
    office.within(office.worker.take_up)
    assert office.rows("status") == [("doing",)], "its heart may beat yet"
    office.change("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 seconds'")
    office.within(office.worker.take_up)
    assert office.rows("status, attempts") == [("todo", 1)]
    office.work()
    assert office.told == []
    assert office.record("shop").outcome == "its server died"
    office.clock.pass_time(timedelta(minutes=10).total_seconds())
    office.change("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    office.work()
    assert [done.team for done in office.told] == ["shop"]
    assert (office.record("shop").attempts, office.record("shop").deaths) == (1, 1)


def test_two_who_find_the_same_dead_worker_put_its_job_back_once(office: Office) -> None:
    office.hand_over("shop", night())
    queued = dies(office)
    office.within(lambda app: office.worker.give_back(app, queued))
    office.within(lambda app: office.worker.give_back(app, queued))
    assert office.rows("status, attempts") == [("todo", 1)]


def test_what_ended_while_the_queue_was_deaf_is_given_back(office: Office) -> None:
    """Its worker lives; a job that was asked for again meanwhile is another's by now."""
    office.hand_over("shop", night())
    queued = dies(office)
    office.within(lambda app: office.worker.tell_again(app, [queued]))
    assert office.rows("status, attempts") == [("todo", 1)]
    office.change("UPDATE procrastinate_jobs SET status = 'doing'")
    office.within(lambda app: office.worker.tell_again(app, [queued]))
    assert office.rows("status, attempts") == [("doing", 1)]


def test_a_worker_that_was_only_slow_has_lost_its_slot(office: Office) -> None:
    with Store.open(office.url) as store:
        held = store.jobs().claim("shop", night(), "queue 1.0", office.clock.now())
        assert held
        store.jobs().died("queue 1.0", office.clock.now())
        with pytest.raises(StoreError, match="Another server does the nightly job"):
            held.renew(office.clock.now())


@given(st.integers(min_value=0, max_value=10_000))
def test_pauses_grow_and_have_an_end(attempts: int) -> None:
    pace = Pace()
    assert pace.first_pause <= pace.pause(attempts) <= pace.pause(attempts + 1) <= pace.longest_pause


@pytest.mark.parametrize(
    ("error", "is_asked_again"),
    [
        (Again("It rests."), True),
        (Again("It was given back.", at_once=True), True),
        (StoreError("The store is away."), True),
        (ConfigError("There is no such team."), False),
        (KeyError("a fault of ours"), False),
    ],
)
def test_only_what_may_be_better_later_is_asked_again(error: Exception, is_asked_again: bool) -> None:
    queued = Queued(id=1, queue="backlint", lock=None, queueing_lock=None, task_name="x")
    decision = Later(Pace()).get_retry_decision(exception=error, job=queued)
    assert (decision is not None) is is_asked_again
