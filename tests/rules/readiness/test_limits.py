"""At its limit a rule about readiness is silent; one step beyond it speaks."""

from backlint.catalog import load
from backlint.example import item
from backlint.model import EMPTY, Link, LinkKind, Stage
from backlint.rule import Rule
from tests.rules.asking import facts, findings, missing
from tests.rules.readiness.test_planning import ready

RUNWAY = load(Rule, "short-runway")
WAITS = load(Rule, "unresolved-dependency")
TEMPLATE = load(Rule, "unfilled-template")


def test_two_to_six_sprints_of_ready_work_are_enough() -> None:
    def told(count: int) -> list[str]:
        return facts(RUNWAY(), *(ready(n) for n in range(1, count + 1)), velocity=5)

    assert told(1) == ["1 item is ready, which is 1.0 sprints of work"]
    assert told(2) == told(6) == []
    assert told(7) == ["7 sprints of work are ready, down to rank 7"]
    (found,) = findings(RUNWAY(), ready(1), velocity=5)
    assert found.evidence == {"sprints": 1.0, "items": 1, "velocity": 5}


def test_the_last_that_is_ready_is_named_by_its_rank() -> None:
    items = [*(ready(n) for n in range(1, 10)), item(10, body="", estimate=EMPTY, links=(), parent=EMPTY)]
    assert facts(RUNWAY(), *items, velocity=5) == ["9 sprints of work are ready, down to rank 9"]


def blocked_by(*stages: Stage | None) -> tuple[Link, ...]:
    return tuple(
        Link(kind=LinkKind.BLOCKED_BY, target=f"elsewhere:{n}", key=f"OTHER-{n}", stage=stage)
        for n, stage in enumerate(stages, 1)
    )


def test_what_it_waits_for_is_counted() -> None:
    one, two = ((Stage.BACKLOG,) * n for n in (1, 2))
    assert facts(WAITS(), item(1, parent=EMPTY, links=blocked_by(*one))) == [
        "SHOP-1 waits for OTHER-1, which nothing here brings first"
    ]
    (found,) = findings(WAITS(), item(1, parent=EMPTY, links=blocked_by(*two)))
    assert found.fact == "waits for OTHER-1 and 1 more, which nothing here brings first"
    assert found.evidence == {"waits_for": ["OTHER-1", "OTHER-2"]}
    assert facts(WAITS(), item(1, parent=EMPTY, links=blocked_by(Stage.DONE))) == []
    assert missing(WAITS(), item(1, parent=EMPTY, links=blocked_by(None))) == ["whether what blocks it is done"]
    assert missing(WAITS(), item(1, parent=EMPTY, links=None)) == ["what blocks it"]


def test_a_flag_is_told_beside() -> None:
    (found,) = findings(WAITS(), item(1, parent=EMPTY, links=(), flagged=True))
    assert (found.part, found.fact) == ("flag", "is flagged as impeded")
    assert found.fix == "Find out what the flag is about, and remove it or move the item down."


def test_what_is_left_of_a_template_is_quoted_thrice() -> None:
    sections = ("Proposal", "Next steps", "Possible fixes", "Links")
    body = "## Goal\nSort the list.\n\n" + "\n\n".join(f"## {title}" for title in sections)
    (found,) = findings(TEMPLATE(), item(body=body))
    assert found.evidence == {"quotes": [f"## {title}" for title in sections[:3]], "count": 4}


def test_two_sorts_of_what_is_left_are_named() -> None:
    told = "## Goal\nSort the list.\n\n## Proposal\n\n## Criteria\n- [ ] ..."
    body = f"{told}\n\n> Add technical implementation details here."
    assert facts(TEMPLATE(), item(body=body)) == ["SHOP-1 still has a placeholder and an instruction of its template"]
