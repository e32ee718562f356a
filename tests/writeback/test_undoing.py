"""Undo leaves the tracker as it was, and what people changed as they left it."""

from pathlib import Path

from backlint.example import NOW
from backlint.writeback import Verdict, undoing
from tests.writeback.places import Place, label_step, note_step
from tests.writeback.running import journal, run


def undo(place: Place, path: Path, which: str, name: str = "undo") -> list[Verdict]:
    plan = undoing(journal(place, path), which, "Shop", NOW)
    return [outcome.verdict for outcome in run(place, path, plan.steps, name=name)]


def everything(place: Place) -> dict[str, object]:
    return {key: (place.bodies(key), place.labels(key)) for key in place.all_keys()}


def test_undo_leaves_it_as_it_was(place: Place, path: Path) -> None:
    first, second, third = place.all_keys()
    place.say(first, "A person's.")
    run(place, path, [note_step(place, second, "Old."), note_step(place, third, "Gone soon.")], name="before")
    as_it_was = everything(place)
    steps = [
        note_step(place, first, "New."),
        label_step(place, first, "ready"),
        note_step(place, second, "Newer.", "Old."),
        note_step(place, third, None, "Gone soon."),
    ]
    run(place, path, steps)
    assert everything(place) != as_it_was
    assert undo(place, path, "run") == [Verdict.DONE] * 4
    assert everything(place) == as_it_was


def test_undo_can_be_undone(place: Place, path: Path) -> None:
    key = place.all_keys()[0]
    run(place, path, [note_step(place, key, "New.")])
    undo(place, path, "run")
    undo(place, path, "undo", "undo the undo")
    assert place.bodies(key) == [place.body("New.")]


def test_what_people_changed_stays(place: Place, path: Path) -> None:
    first, second, _ = place.all_keys()
    run(
        place,
        path,
        [note_step(place, first, "New."), note_step(place, second, "New."), label_step(place, second, "ready")],
    )
    place.rewrite(first, place.body("Mine now."))
    place.say(second, "Thanks!")
    assert undo(place, path, "run") == [Verdict.DONE, Verdict.DONE, Verdict.LEFT]
    assert place.bodies(first) == [place.body("Mine now.")]
    assert place.bodies(second) == ["Thanks!"]
    assert place.labels(second) == []


def test_what_a_later_run_wrote_stays(place: Place, path: Path) -> None:
    key = place.all_keys()[0]
    run(place, path, [note_step(place, key, "Old.")])
    run(place, path, [note_step(place, key, "New.", "Old.")], name="later")
    assert undo(place, path, "run") == []
    assert place.bodies(key) == [place.body("New.")]


def test_the_journal_tells_before_and_after(place: Place, path: Path) -> None:
    key = place.all_keys()[0]
    run(place, path, [note_step(place, key, "Old.")])
    run(place, path, [note_step(place, key, "New.", "Old.")], name="later")
    [first, second] = journal(place, path).lines()
    assert '"run":"run"' in first
    assert '"before":null' in first
    assert "Old." in second
    assert "New." in second
