"""A step is taken once, and only while the item is as it was: a person's own change always wins."""

from datetime import timedelta
from pathlib import Path

from backlint.example import NOW
from backlint.writeback import Verdict
from tests.writeback.places import OnGithub, Place, label_step, note_step
from tests.writeback.running import journal, run


def test_run_twice_writes_once(place: Place, path: Path) -> None:
    steps = [note_step(place, key, "Say more.") for key in place.all_keys()]
    run(place, path, steps)
    before = place.wire.writes
    outcomes = run(place, path, steps, name="again")
    assert {outcome.verdict for outcome in outcomes} == {Verdict.ALREADY}
    assert place.wire.writes == before == len(steps)
    assert journal(place, path).written("again") == ()


def test_the_note_is_found_behind_many_comments(place: Place, path: Path) -> None:
    key = place.all_keys()[0]
    for number in range(120):
        place.say(key, f"Comment {number}")
    run(place, path, [note_step(place, key, "Say more.")])
    for number in range(120):
        place.say(key, f"Later comment {number}")
    [outcome] = run(place, path, [note_step(place, key, "Say less.", "Say more.")], name="later")
    assert outcome.verdict is Verdict.DONE
    assert place.bodies(key)[120] == place.body("Say less.")
    assert len(place.bodies(key)) == 241


def test_a_marker_that_somebody_pasted_is_not_ours(place: Place, path: Path) -> None:
    key = place.all_keys()[0]
    pasted = "<!-- backlint:note v1 item=x fp=2e -->\nbacklint:note v1 item=x fp=2e"
    place.say(key, pasted)
    [outcome] = run(place, path, [note_step(place, key, "Say more.")])
    assert outcome.verdict is Verdict.DONE
    assert place.bodies(key) == [pasted, place.body("Say more.")]


def test_what_a_person_edited_is_left_alone(place: Place, path: Path) -> None:
    key = place.all_keys()[0]
    run(place, path, [note_step(place, key, "Say more.")])
    place.rewrite(key, place.body("Say more.") if isinstance(place, OnGithub) else "Enough of this.")
    outcomes = run(
        place, path, [note_step(place, key, "New.", "Say more."), note_step(place, key, None, "Say more.")], name="b"
    )
    assert [outcome.verdict for outcome in outcomes] == [Verdict.LEFT, Verdict.LEFT]
    assert outcomes[0].why == "a person edited the note"
    assert len(place.bodies(key)) == 1


def test_what_a_person_deleted_stays_away(place: Place, path: Path) -> None:
    key = place.all_keys()[0]
    run(place, path, [note_step(place, key, "Say more.")])
    place.delete(key)
    [outcome] = run(place, path, [note_step(place, key, "New.", "Say more.")], name="b")
    assert outcome.verdict is Verdict.LEFT
    assert place.bodies(key) == []


def test_a_closed_item_is_not_spoken_on_but_may_be_tidied(place: Place, path: Path) -> None:
    first, second, _ = place.all_keys()
    run(place, path, [note_step(place, second, "Say more.")])
    place.close(first)
    place.close(second)
    speak, tidy = run(
        place, path, [note_step(place, first, "New."), note_step(place, second, None, "Say more.")], name="b"
    )
    assert (speak.verdict, speak.why) == (Verdict.LEFT, "the item is closed")
    assert tidy.verdict is Verdict.DONE
    assert place.bodies(first) == place.bodies(second) == []


def test_a_locked_item_is_left_alone(path: Path) -> None:
    place = OnGithub(items=1)
    place.repo.issues[1].is_locked = True
    [outcome] = run(place, path, [note_step(place, "acme/shop#1", "New.")])
    assert (outcome.verdict, outcome.why) == (Verdict.LEFT, "the item is locked")


def test_a_deleted_item_is_left_alone(path: Path) -> None:
    place = OnGithub(items=1)
    step = note_step(place, "acme/shop#1", "New.")
    place.repo.delete(place.repo.issues[1])
    [outcome] = run(place, path, [step])
    assert outcome.verdict is Verdict.LEFT
    assert place.wire.writes == 0


def test_what_changed_since_the_plan_is_left_alone(place: Place, path: Path) -> None:
    first, second, _ = place.all_keys()
    place.clock.pass_time(3600)
    place.say(first, "I am on it.")
    seen = NOW + timedelta(minutes=1)
    steps = [note_step(place, first, "New.", seen=seen), note_step(place, second, "New.", seen=seen)]
    outcomes = run(place, path, steps)
    assert [outcome.verdict for outcome in outcomes] == [Verdict.LEFT, Verdict.DONE]
    assert outcomes[0].why == "the item changed since the plan was made"


def test_a_token_that_may_not_write_is_told_so(place: Place, path: Path) -> None:
    place.forbid()
    [outcome] = run(place, path, [note_step(place, place.all_keys()[0], "New.")])
    assert outcome.verdict is Verdict.REFUSED
    assert "403" in outcome.why
    assert place.wire.writes == 1
    assert journal(place, path).in_doubt() == ()


def test_a_label_of_a_persons_is_not_ours(place: Place, path: Path) -> None:
    key = place.all_keys()[0]
    place.label(key, "ready")
    [outcome] = run(place, path, [label_step(place, key, "ready")])
    assert outcome.verdict is Verdict.ALREADY
    assert journal(place, path).written() == ()


def test_other_labels_stay(place: Place, path: Path) -> None:
    key = place.all_keys()[0]
    place.label(key, "bug")
    run(place, path, [label_step(place, key, "ready")])
    place.label(key, "urgent")
    run(place, path, [label_step(place, key, "ready", after=False)], name="b")
    assert place.labels(key) == ["bug", "urgent"]
