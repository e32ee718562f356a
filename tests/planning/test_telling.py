"""A planning in sentences."""

from backlint.example import item
from backlint.model import EMPTY, Estimate, Sprint, SprintState
from backlint.planning.telling import because, size
from tests.planning.test_planning import planned, ready


def test_why_the_team_can_plan_is_said_in_a_sentence_each() -> None:
    planning = planned(ready(1), ready(2, body=""), ready(3))
    assert list(because(planning)) == [
        "Of the next 2, 1 is ready.",
        "Ready work for 1 sprints; there should be 2.",
    ]
    assert next(because(planned(ready(1), ready(2)))) == "Of the next 2, 2 are ready."
    assert list(because(planned(pace=None)))[:1] == ["Nothing is near enough to be planned."]
    assert list(because(planned(ready(1), pace=None)))[-1] == "Not known: the team's velocity."


def test_a_sprint_that_holds_too_much_is_named() -> None:
    sprint = Sprint(id="s", name="Sprint 9", state=SprintState.ACTIVE)
    told = list(because(planned(ready(1, sprints=("s",), estimate=Estimate(value=40)), sprints=[sprint])))
    assert "Sprint 9 holds 40, and the team finishes 10 in a sprint." in told


def test_a_size_is_told_where_it_is_known() -> None:
    sizes = [size(item(1, estimate=it)) for it in (Estimate(value=5), EMPTY, None)]
    assert sizes == ["5 points", "no estimate", ""]
