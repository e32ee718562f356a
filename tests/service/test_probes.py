"""Probes and figures, over a socket."""

from datetime import timedelta

from backlint.example import NOW
from backlint.store import Store
from backlint.timetable import Job, Slot
from tests.service.conftest import TOKEN, Build, Town

HOUR = 3600.0


def test_a_new_service_is_well_until_a_night_is_missed(town: Town) -> None:
    assert town.ask("/healthz").json["status"] == "ok"
    town.clock.pass_time(24 * HOUR)
    answer = town.ask("/healthz")
    assert answer.status == 503
    assert answer.json["status"] == "late"
    assert answer.json["teams"]["Shop"]["expected"] == "2026-11-23T02:40:00+00:00"


def test_a_good_night_makes_it_well_again(town: Town) -> None:
    town.clock.pass_time(24 * HOUR)
    assert town.ask("/healthz").status == 503
    town.night()
    town.clock.pass_time(10)
    answer = town.ask("/healthz")
    assert answer.status == 200
    assert answer.json["teams"]["Shop"]["last_good"] == (NOW + timedelta(days=1)).isoformat()


def test_a_night_on_half_the_data_is_no_good_one(town: Town) -> None:
    town.night()
    town.hub.admit("another")
    town.clock.pass_time(24 * HOUR)
    town.night()
    town.clock.pass_time(10)
    told = town.ask("/healthz").json["teams"]["Shop"]
    assert told["is_late"]
    assert told["last_good"] == NOW.isoformat()
    assert "401" in told["problems"][0]


def test_what_was_due_before_it_began_counts(build: Build) -> None:
    town = build()
    with Store.open(town.config.store) as store:
        old = NOW - timedelta(days=5)
        for team in town.config.teams:
            store.jobs().record(team.name, Slot.of_day(Job.NIGHTLY, old.date(), old), old, run=None, outcome="clean")
    assert town.ask("/healthz").status == 503


def test_ready_while_the_store_and_the_scheduler_are(town: Town) -> None:
    answer = town.ask("/readyz")
    assert answer.status == 200
    assert answer.json["next"] == [{"team": "Shop", "job": "nightly", "at": NOW.isoformat()}]
    town.scheduler.is_alive = False
    assert (town.ask("/readyz").status, town.ask("/readyz").json["status"]) == (503, "no scheduler")


def test_without_a_store_it_says_so(town: Town) -> None:
    file = town.config.file
    assert file
    store = file.parent / "backlint.db"
    town.ask("/readyz")
    for each in file.parent.glob("backlint.db*"):
        each.unlink()
    store.write_bytes(b"no database at all, however long it is looked at" * 100)
    town.clock.pass_time(10)
    assert (town.ask("/readyz").status, town.ask("/readyz").json["status"]) == (503, "no store")
    assert town.ask("/healthz").status == 503
    assert town.ask("/metrics").status == 503
    page = town.ask("/")
    assert page.status == 503
    assert str(store) not in page.text


def test_an_answer_stands_for_seconds_so_that_probes_cost_nothing(town: Town) -> None:
    before = town.ask("/healthz").json
    town.night()
    assert town.ask("/healthz").json == before
    town.clock.pass_time(10)
    assert town.ask("/healthz").json["teams"]["Shop"]["last_good"] == NOW.isoformat()


def test_figures_of_every_team(town: Town) -> None:
    town.night()
    with Store.open(town.config.store) as store:
        held = store.jobs().claim("Shop", Slot.of_day(Job.NIGHTLY, NOW.date(), NOW), "a server", NOW)
        assert held
        held.finish(NOW + timedelta(seconds=90), run=None, outcome="findings")
    ended = (NOW + timedelta(seconds=90)).timestamp()
    assert town.figure('backlint_last_good_run_timestamp_seconds{team="Shop"}') == ended
    assert town.figure('backlint_job_ended_timestamp_seconds{job="nightly",state="finished",team="Shop"}') == ended
    assert town.figure('backlint_job_seconds{job="nightly",team="Shop"}') == 90
    assert town.figure('backlint_findings{severity="warning",team="Shop"}') == 0
    assert town.figure('backlint_findings{severity="error",team="Shop"}') == 1
    assert town.figure('backlint_items{source="github:127.0.0.1') == 1
    assert 'team="Till & Co / <b>"' in town.ask("/metrics").text


def test_who_is_not_known_hears_no_names(build: Build) -> None:
    town = build(BACKLINT_SERVICE__TOKEN=TOKEN)
    assert town.ask("/healthz").json == {"status": "ok"}
    assert town.ask("/readyz").json == {"status": "ready"}
    assert "Shop" in town.ask("/healthz", Authorization=f"Bearer {TOKEN}").json["teams"]
