"""Whatever happens to the answer of a write, the note is there once."""

from pathlib import Path

import httpx
import pytest

from backlint.errors import TrackerError
from backlint.writeback import Verdict
from tests.writeback.places import PLACES, OnGithub, OnJira, Place, label_step, note_step
from tests.writeback.running import journal, run
from tests.writeback.wires import Accident, Wire, closes, cuts, delays, says, shows_a_page, times_out

COMMITTED = {
    "500": says(500),
    "502": says(502),
    "503": says(503),
    "503 and when to come back": says(503, Retry_After="30"),
    "504": says(504),
    "closes": closes,
    "times out": times_out,
    "cut JSON": cuts,
    "a page for people": shows_a_page,
}
NOT_COMMITTED = {
    "500": says(500, commits=False),
    "503": says(503, commits=False, Retry_After="30"),
    "429": says(429, commits=False, Retry_After="20"),
    "429 without a word": says(429, commits=False),
}
SLOW = {f"{seconds} s": delays(seconds) for seconds in (0.5, 10, 30, 59)}
EVERY = {"committed": COMMITTED, "not committed": NOT_COMMITTED, "slow": SLOW}
ACCIDENTS = [
    pytest.param(fault, id=f"{how}: {name}") for how, faults in EVERY.items() for name, fault in faults.items()
]


@pytest.mark.parametrize("fault", ACCIDENTS)
@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_note_is_there_once(place: Place, path: Path, fault: Accident, times: int) -> None:
    place.wire.accidents = [fault] * times
    keys = place.all_keys()
    outcomes = run(place, path, [note_step(place, key, "Say more.") for key in keys])
    assert {key: place.bodies(key) for key in keys} == {key: [place.body("Say more.")] for key in keys}
    assert {outcome.verdict for outcome in outcomes} == {Verdict.DONE}


@pytest.mark.parametrize("fault", ACCIDENTS)
def test_an_edit_a_removal_and_a_label_happen_once(place: Place, path: Path, fault: Accident) -> None:
    first, second, third = place.all_keys()
    run(place, path, [note_step(place, key, "Old.") for key in (first, second)])
    place.wire.accidents = [fault, fault, fault]
    steps = [
        note_step(place, first, "New.", "Old."),
        note_step(place, second, None, "Old."),
        label_step(place, third, "ready"),
    ]
    outcomes = run(place, path, steps, name="later")
    assert place.bodies(first) == [place.body("New.")]
    assert place.bodies(second) == []
    assert place.labels(third) == ["ready"]
    assert {outcome.verdict for outcome in outcomes} == {Verdict.DONE}
    assert place.wire.late == []


@pytest.mark.parametrize("fault", ACCIDENTS)
def test_a_label_comes_off_once(place: Place, path: Path, fault: Accident) -> None:
    key = place.all_keys()[0]
    place.label(key, "urgent")
    run(place, path, [label_step(place, key, "ready")])
    place.wire.accidents = [fault, fault]
    [outcome] = run(place, path, [label_step(place, key, "ready", after=False)], name="later")
    assert (outcome.verdict, place.labels(key)) == (Verdict.DONE, ["urgent"])


@pytest.mark.parametrize("name", PLACES)
def test_a_tracker_that_never_does_it_is_left_with_nothing_in_doubt(name: str, path: Path) -> None:
    place = PLACES[name]()
    key = place.all_keys()[0]
    place.wire.accidents = [says(500, commits=False)] * 9
    [outcome] = run(place, path, [note_step(place, key, "Say more.")])
    assert outcome.verdict is Verdict.FAILED
    place.wire.accidents = []
    [outcome] = run(place, path, [note_step(place, key, "Say more.")], name="later")
    assert outcome.verdict is Verdict.DONE
    assert place.bodies(key) == [place.body("Say more.")]


def test_who_cannot_look_leaves_it_in_doubt_for_the_next_run(path: Path) -> None:
    """The token is revoked between a write and the look at what became of it."""
    place = OnJira()
    key, token = place.all_keys()[0], place.jira.token

    def revoked(request: httpx.Request, wire: Wire) -> httpx.Response:
        wire.deliver(request)
        place.jira.token = "another"
        return httpx.Response(502, request=request)

    place.wire.accidents = [revoked]
    with pytest.raises(TrackerError, match="did not accept the token"):
        run(place, path, [note_step(place, key, "Say more.")])
    assert [doubt.step.key for doubt in journal(place, path).in_doubt()] == [key]
    place.jira.token = token
    outcomes = run(place, path, [note_step(place, key, "Say more.")], name="next")
    assert [outcome.verdict for outcome in outcomes] == [Verdict.DONE, Verdict.ALREADY]
    assert place.bodies(key) == [place.body("Say more.")]


def test_an_app_knows_its_own_notes(path: Path) -> None:
    """A bot's login is written with `[bot]` by REST and without by GraphQL; another bot's notes are not ours."""
    place = OnGithub(items=1)
    place.hub.admit("ghp_x", "backlint[bot]")
    key = place.all_keys()[0]
    place.repo.issues[1].comment(place.body("Somebody else's."), by="other[bot]")
    run(place, path, [note_step(place, key, "Say more.")])
    for old, new in (("Say more.", "Say less."), ("Say less.", "Say nothing.")):
        [outcome] = run(place, path, [note_step(place, key, new, old)], name=new)
        assert outcome.verdict is Verdict.DONE
    assert place.bodies(key) == [place.body("Somebody else's."), place.body("Say nothing.")]
