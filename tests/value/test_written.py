import pytest

from backlint.example import item
from backlint.model import EMPTY, Framework, Moscow, Score, Stage
from backlint.value import with_written_value
from backlint.value.written import moscow_in, score_in

RICE = {"reach": 500.0, "impact": 2.0, "confidence": 80.0, "effort": 3.0}


@pytest.mark.parametrize(
    "body",
    [
        "RICE: reach 500, impact 2, confidence 80 %, effort 3",
        "## RICE\n- Reach: 500\n- Impact: 2\n- Confidence: 80%\n- Effort: 3",
        "| **Reach** | 500 |\n| **Impact** | 2 |\n| **Confidence** | 80 % |\n| **Effort** | 3 |",
        "Some text.\n\nreach = 0.5k, impact = 2, confidence = 80, effort = 3 weeks",
        "Reach: 500\nImpact: 2.0\nConfidence: 80,0\nEffort: 3",
        "REACH: 500, IMPACT: 2, CONFIDENCE: 80, EFFORT: 3",
        "reach: 500, impact: 2, \N{KELVIN SIGN}, con\N{LATIN SMALL LIGATURE FI}dence, confidence: 80, effort: 3",
    ],
)
def test_reads_a_score_however_it_is_set_down(body: str) -> None:
    assert score_in(body) == Score(framework=Framework.RICE, inputs=RICE)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "The impact is high and the effort is 3.",
        "Reach: 500, impact: 2, confidence: 80",
        "This will reach 500 people with an effort of 3.",
    ],
)
def test_prose_is_no_score(body: str) -> None:
    assert score_in(body) is None


def test_reads_the_other_frameworks_and_their_synonyms() -> None:
    told = score_in("Business value: 8\nTime criticality: 5\nRisk reduction: 3\nJob size: 2")
    assert told == Score(framework=Framework.WSJF, inputs={"value": 8, "urgency": 5, "risk": 3, "size": 2})
    told = score_in("Cost of delay: 12,000 a week\nDuration: 3")
    assert told == Score(framework=Framework.COST_OF_DELAY, inputs={"cost": 12_000, "duration": 3})


@pytest.mark.parametrize(
    ("label", "moscow"),
    [
        ("must", Moscow.MUST),
        ("MoSCoW: Should", Moscow.SHOULD),
        ("moscow/could have", Moscow.COULD),
        ("Won't-have", Moscow.WONT),
        ("must-fix", None),
        ("wontfix", None),
    ],
)
def test_reads_a_class_from_a_label(label: str, moscow: Moscow | None) -> None:
    assert moscow_in([label, "ui"]) is moscow


def test_labels_that_disagree_say_nothing() -> None:
    assert moscow_in(["must", "could"]) is None


def test_what_a_field_says_wins_and_what_is_not_written_stays_as_it_was() -> None:
    scored = item(
        1, body="reach 500, impact 2, confidence 80, effort 3", score=Score(framework=Framework.ICE, stored=4)
    )
    assert with_written_value(scored) is scored
    assert with_written_value(item(1, score=EMPTY, labels=frozenset())).score is EMPTY
    filled = with_written_value(
        item(1, body="reach 500, impact 2, confidence 80, effort 3", labels=frozenset({"must"}))
    )
    assert filled.score == Score(framework=Framework.RICE, inputs=RICE)
    assert filled.moscow is Moscow.MUST


def test_a_closed_item_stays_as_it_is() -> None:
    closed = item(1, body="reach 500, impact 2, confidence 80, effort 3", score=EMPTY, stage=Stage.DONE)
    assert with_written_value(closed) is closed
