"""The weeks before the first run: rebuilt once, marked, and never held against anybody."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backlint import app
from backlint.app import baseline
from backlint.app.checking import Checked
from backlint.app.rebuilding import MOST_SECONDS, days_before
from backlint.config import Surroundings, load
from backlint.errors import ConfigError
from backlint.health import Point
from backlint.testing.clock import FakeClock
from backlint.transport import Gate

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
FILE = 'select = ["stale-item", "missing-description", "unused-waiver"]\n[teams.web.file]\npath = "{items}"\n'
BROKEN = '[teams.web.github]\nurl = "https://t.example"\nrepository = "acme/shop"\n'


def told(number: int, *, created: int, touched: int | None = None, done: int | None = None, **more: Any) -> str:
    """An item of the file: created, commented on and done so many days ago."""
    events = [{"at": day(created), "what": "created", "actor": "Robin"}]
    if touched is not None:
        events.append({"at": day(touched), "what": "commented", "actor": "Robin", "text": "Yes."})
    if done is not None:
        staged = {"what": "staged", "field": "status", "before": "To do", "after": "Done", "stage": "done"}
        events.append({"at": day(done), "actor": "Robin", **staged})
    line = {"key": f"SHOP-{number}", "title": f"People pay {number}", "kind": "story", "created": day(created)}
    state = {"status": "Done", "stage": "done", "closed": day(done)} if done is not None else {"status": "To do"}
    return json.dumps({**line, **state, "updated": events[-1]["at"], "events": events, **more})


def day(ago: int) -> str:
    return (NOW - timedelta(days=ago)).isoformat()


ITEMS = (
    told(1, created=900, touched=500, rank=1),
    told(2, created=300, touched=1, rank=2),
    told(3, created=60, done=3),
    told(4, created=20, rank=3),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "items.jsonl").write_text("\n".join(ITEMS))
    return tmp_path


@pytest.fixture
def check(place: Path) -> Callable[..., Checked]:
    def run(text: str = FILE, *, now: datetime = NOW, clock: FakeClock | None = None, **asked: Any) -> Checked:
        (place / "backlint.toml").write_text(text.replace("{items}", str(place / "items.jsonl")))
        config = load(around=Surroundings(place, {"GITHUB_TOKEN": "x"}))
        return app.check(config, config.teams, Gate(clock or FakeClock()), app.Asked(now=now, **asked))

    return run


def past(checked: Checked) -> tuple[Point, ...]:
    return checked.run.teams[0].past


def test_the_first_report_has_a_past(check: Callable[..., Checked]) -> None:
    points = past(check())
    assert [point.at for point in points] == days_before(NOW, 12)[::-1]
    assert all(point.is_rebuilt for point in points)
    assert [point.open_items for point in points] == [2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 3]
    assert points[0].findings == 1
    assert points[0].families == {"staleness": 1}


def test_nothing_is_new_or_mended_since_a_day_that_no_run_saw(check: Callable[..., Checked]) -> None:
    first = check().run.teams[0]
    assert first.change is None
    second = check(now=NOW + timedelta(days=1)).run.teams[0]
    assert second.change
    assert second.change.since == NOW
    assert (second.change.new, second.change.fixed, second.change.came_back) == ((), (), ())


def test_it_is_done_once(check: Callable[..., Checked]) -> None:
    first = past(check())
    second = past(check(now=NOW + timedelta(days=1)))
    assert second[:-1] == first
    assert not second[-1].is_rebuilt


def test_without_the_order_a_score_would_be_another_measure(check: Callable[..., Checked], place: Path) -> None:
    assert {point.score for point in past(check())} == {None}
    (place / "items.jsonl").write_text("\n".join(told(number, created=900) for number in (1, 2, 4)) + f"\n{ITEMS[2]}")
    (place / "backlint.db").unlink()
    assert all(point.score is not None for point in past(check()))


def test_readiness_is_not_told(check: Callable[..., Checked]) -> None:
    assert {(point.ready, point.next_items) for point in past(check())} == {(None, None)}


@pytest.mark.parametrize(("weeks", "points"), [(0, 0), (1, 2), (3, 4)])
def test_how_far_back_is_the_teams_choice(check: Callable[..., Checked], weeks: int, points: int) -> None:
    assert len(past(check(f"past_weeks = {weeks}\n{FILE}"))) == points


def test_a_history_that_is_not_told_gives_no_past(check: Callable[..., Checked], place: Path) -> None:
    lines = [{**json.loads(line), "events": None} for line in ITEMS]
    without = [json.dumps({key: value for key, value in line.items() if key != "events"}) for line in lines]
    (place / "items.jsonl").write_text("\n".join(without))
    assert past(check()) == ()


def test_a_file_that_is_only_looked_at_gets_none(check: Callable[..., Checked], place: Path) -> None:
    assert past(check(file=str(place / "items.jsonl"))) == ()


def test_a_first_run_that_failed_does_not_cost_the_past(check: Callable[..., Checked], place: Path) -> None:
    """The first try is often with a wrong token: nothing is rebuilt from half a backlog, and all of it later."""
    (place / "items.jsonl").rename(place / "later.jsonl")
    with pytest.raises(ConfigError):
        check()
    broken = check(FILE.replace("{items}", str(place / "later.jsonl")) + BROKEN)
    assert not broken.is_complete
    assert past(broken) == ()
    (place / "later.jsonl").rename(place / "items.jsonl")
    points = past(check(now=NOW + timedelta(days=1)))
    assert [point.is_rebuilt for point in points] == [True] * 13 + [False]
    assert [point.at for point in points] == sorted(point.at for point in points)


class Slow(FakeClock):
    """A machine on which everything takes ten seconds."""

    def monotonic(self) -> float:
        self.pass_time(10)
        return super().monotonic()


def test_it_takes_no_longer_than_somebody_waits(check: Callable[..., Checked]) -> None:
    points = past(check(clock=Slow()))
    assert 1 <= len(points) <= MOST_SECONDS / 10
    assert [point.at for point in points] == days_before(NOW, 12)[: len(points)][::-1]


def test_who_waits_is_told(check: Callable[..., Checked]) -> None:
    heard: list[tuple[str, int, int | None]] = []

    def hear(source: str, items: int, total: int | None) -> None:
        heard.append((source, items, total))

    check(on_progress=hear)
    assert heard[-1] == ("the weeks before", 13, 13)


def test_what_was_forgiven_is_forgiven_in_the_past_as_well(check: Callable[..., Checked], place: Path) -> None:
    known = baseline.made_of(check().found)
    (place / "backlint.db").unlink()
    assert {point.findings for point in past(check(forgives=known))} == {0}


def test_a_day_that_was_rebuilt_is_no_run(check: Callable[..., Checked]) -> None:
    first = check()
    assert check(since="last", now=NOW + timedelta(days=1)).run.teams[0].findings == ()
    with pytest.raises(ConfigError, match="has no run"):
        check(since=f"rebuilt-{past(first)[0].at:%Y-%m-%d}", now=NOW + timedelta(days=2))
