"""What is proposed becomes the order of the tracker, whatever that was before; and what speaks against it is told."""

import asyncio
import shutil
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from backlint.errors import TrackerError
from backlint.example import NOW, item
from backlint.manners import Manners
from backlint.model import Backlog, Band, Framework, Link, LinkKind, Person, Score
from backlint.proposal import Proposal, propose
from backlint.writeback import Intent, Plan, Ranking, Verdict, undoing
from tests.writeback.places import PLACES, OnGithub, OnJira, Place
from tests.writeback.running import journal, run

MANY = Manners(per_run=400)


def rice(stored: float) -> Score:
    return Score(framework=Framework.RICE, stored=stored)


def waits_for(place: Place, keys: Sequence[str]) -> tuple[Link, ...]:
    return tuple(Link(kind=LinkKind.BLOCKED_BY, target=place.id_of(key), key=key) for key in keys)


def backlog_of(place: Place, scores: Sequence[float], waits: Collection[tuple[str, str]] = ()) -> Backlog:
    """The items of a place in its order, worth what `scores` say; the first of each pair in `waits` for the second."""
    worth = dict(zip(place.all_keys(), scores, strict=True))
    links = {key: waits_for(place, [other for this, other in sorted(waits) if this == key]) for key in worth}
    items = [
        item(at, id=place.id_of(key), key=key, score=rice(worth[key]), links=links[key])
        for at, key in enumerate(place.order(), 1)
    ]
    return Backlog(items, now=NOW)


def plan(place: Place, path: Path, backlog: Backlog, proposal: Proposal, manners: Manners = MANY) -> Intent:
    ranking = Ranking(journal(place, path), manners)
    among = {each.id for each in backlog}
    return asyncio.run(ranking.plan("Shop", backlog, proposal, among, place.writing()))


def proposed(backlog: Backlog, proposal: Proposal) -> list[str]:
    """The order that `backlint order` tells people to make."""
    order = [it.key for it in backlog.plannable]
    for move in proposal.moves:
        order.remove(move.item.key)
        order.insert(order.index(move.beside.key) + (not move.is_above), move.item.key)
    return order


@given(scores=st.lists(st.sampled_from([1, 2, 4, 8, 16, 32, 64]), min_size=2, max_size=9), data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", ["github", "jira-cloud"])
def test_the_plan_makes_the_order_that_was_proposed_and_undo_the_one_before(
    name: str, new_store: Path, scores: list[int], data: st.DataObject
) -> None:
    place = PLACES[name](items=len(scores))
    before = place.order()
    keys = st.sampled_from(before)
    backlog = backlog_of(place, scores, data.draw(st.sets(st.tuples(keys, keys), max_size=3)))
    proposal = propose(backlog, within=Band.ICEBOX)
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(new_store, folder))
        intent = plan(place, path, backlog, proposal)
        assert (intent.refusal, intent.silent, place.wire.writes) == (None, (), 0)
        outcomes = run(place, path, intent.plan.steps)
        assert {outcome.verdict for outcome in outcomes} <= {Verdict.DONE}
        assert place.order() == proposed(backlog, proposal)
        assert place.wire.writes == len(outcomes) == len(proposal.moves)
        undone = run(place, path, undoing(journal(place, path), "run", "Shop", NOW).steps, name="undo")
        assert {outcome.verdict for outcome in undone} <= {Verdict.DONE}
        assert place.order() == before


def test_an_order_that_is_not_as_it_was_read_is_left(place: Place, path: Path) -> None:
    backlog = backlog_of(place, [1, 8, 64])
    place.drag(place.order()[0], None)
    intent = plan(place, path, backlog, propose(backlog))
    assert intent.refusal == "The order of Shop changed since it was read; run it again."
    assert (intent.plan.steps, place.wire.writes) == ((), 0)


def test_what_is_new_in_the_tracker_does_not_matter(path: Path) -> None:
    place = OnJira()
    backlog = backlog_of(place, [1, 8, 64])
    place.jira.rank(place.jira.issue("SHOP", "New"), above="SHOP-2")
    intent = plan(place, path, backlog, propose(backlog))
    assert [str(step.change) for step in intent.plan.steps] == [
        "move it to the top, above SHOP-1",
        "move it between SHOP-3 and SHOP-1",
    ]
    run(place, path, intent.plan.steps)
    assert place.order() == ["SHOP-3", "SHOP-2", "SHOP-1", "SHOP-4"]


def test_above_the_cap_nothing_is_planned_and_nobody_is_asked(place: Place, path: Path) -> None:
    backlog = backlog_of(place, [1, 8, 64])
    intent = plan(place, path, backlog, propose(backlog), Manners(per_run=1))
    assert intent.refusal is not None
    assert intent.refusal.startswith("2 items would be moved, more than the 1 of one run, so none is.")
    assert place.wire.requests == 0


def test_without_figures_there_is_nothing_to_move(place: Place, path: Path) -> None:
    backlog = Backlog([item(1)], now=NOW)
    intent = plan(place, path, backlog, propose(backlog))
    assert intent.refusal == "Shop: no move can be proposed without priorities."


def test_an_order_that_is_right_asks_nobody(place: Place, path: Path) -> None:
    backlog = backlog_of(place, [64, 8, 1])
    assert plan(place, path, backlog, propose(backlog)) == Intent(
        plan=Plan(team="Shop", source=place.source, made_at=NOW)
    )
    assert place.wire.requests == 0


def test_who_asked_for_silence_is_not_moved(path: Path) -> None:
    place = OnJira()
    backlog = backlog_of(place, [1, 8, 64])
    quiet = Backlog(
        [replace(each, labels=frozenset({"no-backlint"}) if each.key == "SHOP-3" else None) for each in backlog],
        now=NOW,
    )
    intent = plan(place, path, quiet, propose(quiet))
    assert [(each.item.key, each.why) for each in intent.silent] == [("SHOP-3", "its labels ask for silence")]
    assert [step.key for step in intent.plan.steps] == ["SHOP-2"]


def test_a_move_does_not_lead_out_of_a_sprint(path: Path) -> None:
    """On a board the sprint comes first: rank alone takes nothing into it."""
    place = OnJira()
    board = place.jira.board("SHOP")
    place.jira.change("SHOP-1", sprints=[place.jira.sprint("Now", board=board)])
    place.settings = place.settings.model_copy(update={"board": board.id})
    backlog = backlog_of(place, [1, 8, 64])
    intent = plan(place, path, backlog, propose(backlog))
    assert {each.why for each in intent.silent} == {
        "SHOP-1 stands in another sprint or on another board, and a move does not lead there"
    }
    assert intent.plan.steps == ()


def test_within_a_boards_backlog_it_is_moved(path: Path) -> None:
    place = OnJira(items=4)
    board = place.jira.board("SHOP")
    place.jira.change("SHOP-1", sprints=[place.jira.sprint("Now", board=board)])
    place.settings = place.settings.model_copy(update={"board": board.id})
    backlog = backlog_of(place, [64, 8, 8, 32])
    intent = plan(place, path, backlog, propose(backlog))
    assert [outcome.verdict for outcome in run(place, path, intent.plan.steps)] == [Verdict.DONE]
    assert place.order() == ["SHOP-1", "SHOP-4", "SHOP-2", "SHOP-3"]


def test_without_a_project_there_is_no_order_to_write(path: Path) -> None:
    place = OnGithub()
    place.settings = place.settings.model_copy(update={"project": ()})
    backlog = backlog_of(place, [1, 8, 64])
    intent = plan(place, path, backlog, propose(backlog))
    assert {each.why for each in intent.silent} == {"it has no place in an order that can be written to"}


def test_a_project_that_is_hidden_is_told(path: Path) -> None:
    place = OnGithub()
    place.token.projects = False
    backlog = backlog_of(place, [1, 8, 64])
    with pytest.raises(TrackerError, match="GitHub did not show the order of project acme/4: Could not resolve"):
        plan(place, path, backlog, propose(backlog))


def test_a_project_may_have_a_token_of_its_own(path: Path) -> None:
    place = OnGithub()
    place.hub.admit("ghp_board", "backlint-tester")
    place.token.projects = False
    place.settings = place.settings.model_copy(update={"project_token": SecretStr("ghp_board")})
    backlog = backlog_of(place, [1, 8, 64])
    intent = plan(place, path, backlog, propose(backlog))
    run(place, path, intent.plan.steps)
    assert place.order() == [f"acme/shop#{number}" for number in (3, 2, 1)]


def test_a_project_of_many_pages_is_read_whole(path: Path) -> None:
    place = OnGithub(items=230)
    backlog = backlog_of(place, [8.0] * 229 + [64.0])
    intent = plan(place, path, backlog, propose(backlog))
    [step] = intent.plan.steps
    assert str(step.change) == "move it to the top, above acme/shop#1"
    assert [outcome.verdict for outcome in run(place, path, [step])] == [Verdict.DONE]
    assert place.order()[:2] == ["acme/shop#230", "acme/shop#1"]


def test_whose_owner_asked_for_silence_is_not_moved(path: Path) -> None:
    place = OnJira()
    waiting = backlog_of(place, [1, 8, 64])
    owned = Backlog(
        [replace(each, assignees=(Person(id="x", name=f"Owner of {each.key}"),)) for each in waiting], now=NOW
    )
    manners = MANY.model_copy(update={"opt_out_people": frozenset({"Owner of SHOP-3"})})
    intent = plan(place, path, owned, propose(owned), manners)
    assert [(each.item.key, each.why) for each in intent.silent] == [("SHOP-3", "its owner asked for silence")]
    assert [step.key for step in intent.plan.steps] == ["SHOP-2"]
