"""An item is moved once, only while its neighbours are as they were, and what people moved since stays."""

from pathlib import Path

import httpx
import pytest

from backlint.example import NOW
from backlint.writeback import Outcome, Step, Verdict, undoing
from tests.writeback.places import OnGithub, OnJira, Place, move_step
from tests.writeback.running import journal, let_the_lease_end, run
from tests.writeback.test_faults import ACCIDENTS
from tests.writeback.wires import Accident, Died, Life, Wire, delays, says


def reversing(place: Place) -> list[Step]:
    """The steps that turn the order of the first three items round: 3, 2, 1."""
    first, second, third, *rest = place.order()
    orders = [
        [first, second, third, *rest],
        [third, first, second, *rest],
        [third, second, first, *rest],
    ]
    return [
        move_step(place, orders[0], orders[1], third),
        move_step(place, orders[1], orders[2], second),
    ]


def turned(keys: list[str]) -> list[str]:
    return [*keys[2::-1], *keys[3:]]


def verdicts(outcomes: list[Outcome]) -> list[Verdict]:
    return [outcome.verdict for outcome in outcomes]


def undo(place: Place, path: Path, name: str = "undo") -> list[Outcome]:
    return run(place, path, undoing(journal(place, path), "run", "Shop", NOW).steps, name=name)


def test_run_twice_moves_once(place: Place, path: Path) -> None:
    steps, before = reversing(place), place.order()
    assert verdicts(run(place, path, steps)) == [Verdict.DONE] * 2
    assert place.order() == turned(before)
    writes = place.wire.writes
    assert verdicts(run(place, path, steps, name="again")) == [Verdict.ALREADY] * 2
    assert place.wire.writes == writes == 2
    assert [each.step for each in journal(place, path).written()] == steps
    assert not journal(place, path).is_introduced, "the first notes are told of before they are written"


@pytest.mark.parametrize("fault", ACCIDENTS)
def test_whatever_happens_to_the_answer_it_is_moved(place: Place, path: Path, fault: Accident) -> None:
    before, steps = place.order(), reversing(place)
    place.wire.accidents = [fault] * 3
    assert verdicts(run(place, path, steps)) == [Verdict.DONE] * 2
    assert place.order() == turned(before)
    assert [each.step for each in journal(place, path).written()] == steps
    assert journal(place, path).in_doubt() == ()


@pytest.mark.parametrize("kind", [OnGithub, OnJira])
def test_killed_at_any_step(kind: type[Place], path: Path) -> None:
    assert killed_at_every_step(kind, path) > 15


def test_killed_at_any_step_of_a_bad_day(path: Path) -> None:
    assert killed_at_every_step(OnJira, path, says(502), delays(30)) > 20


def killed_at_every_step(kind: type[Place], path: Path, *accidents: Accident) -> int:
    died = 0
    while True:
        fresh = path.with_name(f"{died}.db")
        fresh.write_bytes(path.read_bytes())
        place = kind()
        before, steps = place.order(), reversing(place)
        place.wire.accidents = list(accidents)
        try:
            run(place, fresh, steps, life=Life(died))
        except Died:
            died += 1
        else:
            return died
        let_the_lease_end(place)
        assert Verdict.LEFT not in verdicts(run(place, fresh, steps, name="next"))
        assert place.order() == turned(before)
        assert sorted(each.step.key for each in journal(place, fresh).written()) == sorted(step.key for step in steps)
        assert journal(place, fresh).in_doubt() == ()


def test_what_people_moved_meanwhile_is_left(place: Place, path: Path) -> None:
    first, _, _ = place.order()
    steps = reversing(place)
    place.drag(first, None)
    now = place.order()
    outcomes = run(place, path, steps)
    assert verdicts(outcomes) == [Verdict.LEFT] * 2
    assert [each.why for each in outcomes] == [
        "what stands beside it changed since the plan was made",
        "it was moved since",
    ]
    assert (place.order(), place.wire.writes) == (now, 0)


def test_another_item_in_the_gap_is_seen(path: Path) -> None:
    place = OnGithub(items=4)
    one, two, three, four = place.order()
    step = move_step(place, [one, two, three, four], [two, one, three, four], one)
    place.drag(four, three)
    [outcome] = run(place, path, [step])
    assert (outcome.verdict, outcome.why) == (Verdict.LEFT, "where it should go, the order changed since")


def test_what_was_closed_has_no_place(place: Place, path: Path) -> None:
    steps = reversing(place)
    place.close(steps[0].key)
    outcomes = run(place, path, steps[:1])
    assert [(each.verdict, each.why) for each in outcomes] == [(Verdict.LEFT, "it has no place in the order any more")]
    assert place.wire.writes == 0


def test_undo_puts_everything_back(place: Place, path: Path) -> None:
    before = place.order()
    run(place, path, reversing(place))
    assert verdicts(undo(place, path)) == [Verdict.DONE] * 2
    assert place.order() == before
    assert undo(place, path, "again") == []


def test_undo_leaves_what_people_moved_since(path: Path) -> None:
    place = OnGithub(items=6)
    one, two, three, four, five, six = place.order()
    run(place, path, reversing(place))
    place.drag(three, None)
    assert place.order() == [two, one, four, five, six, three]
    assert verdicts(undo(place, path)) == [Verdict.DONE, Verdict.LEFT]
    assert place.order() == [one, two, four, five, six, three]


def test_undo_finds_its_way_beside_what_is_new(place: Place, path: Path) -> None:
    first, second, third = place.order()
    steps = reversing(place)[:1]
    run(place, path, steps)
    place.close(second)
    assert verdicts(undo(place, path)) == [Verdict.DONE]
    assert [key for key in place.order() if key != second] == [first, third]


def test_a_refusal_of_one_issue_is_told(path: Path) -> None:
    """Jira answers 207 and says of each issue what became of it: a 5xx is asked about, a 4xx is final."""
    place = OnJira()
    place.jira.unrankable = {"SHOP-3": 403}
    [outcome] = run(place, path, reversing(place)[:1])
    assert outcome.verdict is Verdict.REFUSED
    assert outcome.why.startswith("Jira did not move SHOP-3 (403): JIRA Agile cannot execute the rank operation")
    place.jira.unrankable = {"SHOP-3": 503}
    [outcome] = run(place, path, reversing(place)[:1], name="busy")
    assert outcome.verdict is Verdict.FAILED
    place.jira.unrankable = {}
    assert verdicts(run(place, path, reversing(place)[:1], name="later")) == [Verdict.DONE]
    assert [each.run for each in journal(place, path).written()] == ["later"]


def test_a_token_that_may_not_move_is_told_so(place: Place, path: Path) -> None:
    before = place.order()
    place.forbid()
    [outcome] = run(place, path, reversing(place)[:1])
    assert outcome.verdict is Verdict.REFUSED
    assert (place.order(), place.wire.writes) == (before, 1)
    assert journal(place, path).in_doubt() == ()


def test_what_is_shown_late_is_waited_for(path: Path) -> None:
    """Jira Cloud's search shows a new rank a moment after it was accepted."""
    place = OnJira()

    def late(request: httpx.Request, wire: Wire) -> httpx.Response:
        wire.later(request, 3)
        return httpx.Response(204, request=request)

    place.wire.accidents = [late]
    assert verdicts(run(place, path, reversing(place)[:1])) == [Verdict.DONE]
    assert place.wire.writes == 1


def test_closed_issues_and_pull_requests_stand_between(path: Path) -> None:
    """GitHub's order holds more than the backlog: what goes above an item goes behind what stands above that."""
    place = OnGithub(items=4)
    one, two, three, four = place.order()
    place.board.add(place.repo.issue("A change", is_pull=True, at=NOW))
    place.board.move(place.board.cards[-1])
    place.close(two)
    steps = [
        move_step(place, [one, three, four], [four, one, three], four),
        move_step(place, [four, one, three], [four, three, one], three),
    ]
    assert verdicts(run(place, path, steps)) == [Verdict.DONE] * 2
    assert [key for key in place.order() if key != "acme/shop#5"] == [four, three, one, two]
    assert place.order()[0] == "acme/shop#5"
