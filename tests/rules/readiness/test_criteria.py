"""What counts as acceptance criteria, and what is said where there are none."""

import pytest

from backlint.catalog import load
from backlint.example import item
from backlint.finding import Confidence
from backlint.model import Kind
from backlint.rule import Rule
from tests.rules.asking import facts, findings

RULE = load(Rule, "missing-acceptance-criteria")
UNTOLD = "SHOP-1 has no acceptance criteria"


@pytest.mark.parametrize(
    ("title", "body", "kind", "told"),
    [
        ("The list is wrong", "Guests.", Kind.UNKNOWN, []),
        ("Problem with sorting", "Guests.", Kind.UNKNOWN, [UNTOLD]),
        ("Problem with sorting", "Guests.", Kind.BUG, []),
        ("Sorting", "Guests.", Kind.BUG, [UNTOLD]),
        ("The list is wrong", "Guests.", Kind.STORY, [UNTOLD]),
    ],
)
def test_a_report_of_a_failure_owes_no_criteria(title: str, body: str, kind: Kind, told: list[str]) -> None:
    assert facts(RULE(), item(kind=kind, title=title, body=body)) == told


def test_a_list_of_wishes_is_no_list_of_criteria() -> None:
    wishes = ["Show the total", "Round it to cents", "Add the currency", "Print it"]
    (found,) = findings(RULE(), item(body="\n".join(f"- {wish}" for wish in wishes)))
    assert found.fact == "lists 4 things to do, and not how to tell that they are done"
    assert (found.part, found.confidence) == ("wishes only", Confidence.MEDIUM)
    assert found.evidence == {"quotes": wishes[:3]}
    (found,) = findings(RULE(), item(body="- Show the total\n- Round it to cents"))
    assert found.fact.startswith("lists 2 things to do")


@pytest.mark.parametrize(
    "body",
    [
        "- Show the total",
        "Show the total.\n\n## Environment\n- Firefox 140\n- Debian 13",
        "Show the total.\n\n## Steps to reproduce\n- Open the cart\n- Pay",
        "Show the total.\n\n## Open questions\n- In which currency?\n- From when on?",
        "Show the total.\n\n## Definition of Ready\n- Estimated\n- Understood",
        "Show the total.\n\n## Actual behaviour\n- It is not shown\n- Nor is the tax",
    ],
)
def test_one_line_is_no_list_and_a_list_of_something_else_none_of_wishes(body: str) -> None:
    (found,) = findings(RULE(), item(body=body))
    assert (found.fact, found.part, found.confidence) == ("has no acceptance criteria", "", Confidence.HIGH)
    assert found.evidence == {"quotes": [body.partition("\n")[0]]}


def test_an_item_without_a_text_is_quoted_by_its_title() -> None:
    (found,) = findings(RULE(), item(title="Show the total", body=""))
    assert found.evidence == {"quotes": ["Show the total"]}
    assert found.fix == 'Add a list under "Acceptance criteria": what will be seen to work when it is done.'


def test_a_heading_with_nothing_below_it_is_named() -> None:
    body = "- Show the total\n- Round it to cents\n\n## Acceptance criteria\nTBD"
    (found,) = findings(RULE(), item(body=body))
    assert found.fact == 'has nothing below "Acceptance criteria"'
    assert (found.part, found.evidence) == ("", {"quotes": ["## Acceptance criteria"]})
