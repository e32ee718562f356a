"""A run that is killed at any step leaves nothing doubled, nothing lost, and a whole database."""

import sqlite3
from pathlib import Path

import pytest

from backlint.errors import StoreError
from backlint.writeback import Step, Verdict
from tests.writeback.places import PLACES, Place, label_step, note_step
from tests.writeback.running import journal, let_the_lease_end, run
from tests.writeback.wires import Accident, Died, Life, delays, says


def steps_of(place: Place) -> list[Step]:
    first, second = place.all_keys()
    return [
        note_step(place, first, "Say more."),
        label_step(place, first, "needs-refinement"),
        note_step(place, second, "Split it."),
    ]


def assert_all_is_there_once(place: Place, path: Path) -> None:
    first, second = place.all_keys()
    assert place.bodies(first) == [place.body("Say more.")]
    assert place.bodies(second) == [place.body("Split it.")]
    assert place.labels(first) == ["needs-refinement"]
    assert_is_told_once(place, path)


def assert_is_told_once(place: Place, path: Path) -> None:
    told = [(each.step.item, each.step.change.slot) for each in journal(place, path).written()]
    assert sorted(told) == sorted({(step.item, step.change.slot) for step in steps_of(place)})
    assert journal(place, path).in_doubt() == ()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def killed_at_every_step(name: str, path: Path, *accidents: Accident) -> int:
    """Let a run die at its first step, the next one at its second, and so on until one comes to its end."""
    died = 0
    while True:
        fresh = path.with_name(f"{died}.db")
        fresh.write_bytes(path.read_bytes())
        place = PLACES[name](items=2)
        place.wire.accidents = list(accidents)
        try:
            run(place, fresh, steps_of(place), life=Life(died))
        except Died:
            died += 1
        else:
            return died
        let_the_lease_end(place)
        outcomes = run(place, fresh, steps_of(place), name="next")
        assert Verdict.LEFT not in {outcome.verdict for outcome in outcomes}
        assert_all_is_there_once(place, fresh)


@pytest.mark.parametrize("name", PLACES)
def test_killed_at_any_step(name: str, path: Path) -> None:
    assert killed_at_every_step(name, path) > 25


def test_killed_at_any_step_of_a_bad_day(path: Path) -> None:
    """The tracker commits and answers 502, then does the next thing half a minute after it hung up."""
    assert killed_at_every_step("jira-cloud", path, says(502), delays(30)) > 30


@pytest.mark.parametrize("at", range(0, 60, 4))
def test_killed_again_while_it_finds_out(at: int, path: Path) -> None:
    """The one that looks after a dead run may die too."""
    place = PLACES["github"](items=2)
    place.wire.accidents = [delays(45)]
    for life in (Life(at), Life(at + 1), Life(at // 2)):
        try:
            run(place, path, steps_of(place), name=f"run {life.steps}", life=life)
        except Died:
            let_the_lease_end(place)
    run(place, path, steps_of(place), name="last")
    assert_all_is_there_once(place, path)


def test_a_dead_run_keeps_its_place_until_nothing_of_it_can_arrive(place: Place, path: Path) -> None:
    with pytest.raises(Died):
        run(place, path, [note_step(place, place.all_keys()[0], "Say more.")], life=Life(12))
    with pytest.raises(StoreError, match="Another run writes"):
        run(place, path, [], name="next")
    let_the_lease_end(place)
    run(place, path, [], name="next")
