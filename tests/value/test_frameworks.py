import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.example import item
from backlint.model import Framework, Score
from backlint.value import FRAMEWORKS, STEPS, computed, framework_in_use, level_of, out_of_scale, value

RICE = {"reach": 400.0, "impact": 2.0, "confidence": 0.8, "effort": 4.0}


def made(framework: Framework, **inputs: float) -> float | None:
    found = computed(Score(framework=framework, inputs=inputs))
    return found.value if found else None


def test_formulas() -> None:
    assert made(Framework.RICE, **RICE) == 160
    assert made(Framework.RICE, **RICE | {"confidence": 80}) == 160
    assert made(Framework.WSJF, value=8, urgency=5, risk=3, size=4) == 4
    assert made(Framework.ICE, impact=8, confidence=5, ease=2) == 80
    assert made(Framework.COST_OF_DELAY, cost=900, duration=3) == 300


@pytest.mark.parametrize("framework", list(Framework))
def test_without_an_input_or_with_a_zero_below_the_line_there_is_no_score(framework: Framework) -> None:
    names = list(FRAMEWORKS[framework].scales)
    assert made(framework, **dict.fromkeys(names[1:], 1.0)) is None
    if framework is not Framework.ICE:
        assert made(framework, **dict.fromkeys(names, 0.0)) is None


def test_usual_ways_to_reckon_agree() -> None:
    rice = computed(Score(framework=Framework.RICE, inputs=RICE))
    ice = computed(Score(framework=Framework.ICE, inputs={"impact": 8, "confidence": 5, "ease": 2}))
    assert rice
    assert ice
    assert [rice.agrees_with(stored, 0.01) for stored in (160, 16_000, 161, 200)] == [True, True, True, False]
    assert [ice.agrees_with(stored, 0.01) for stored in (80, 5, 6)] == [True, True, False]


def test_the_stored_score_wins() -> None:
    assert value(Score(framework=Framework.RICE, stored=7, inputs=RICE)) == 7
    assert value(Score(framework=Framework.RICE, inputs=RICE)) == 160
    assert value(Score(framework=Framework.RICE)) is None


def test_out_of_scale_says_which_and_what_the_scale_is() -> None:
    score = Score(framework=Framework.WSJF, inputs={"value": 40, "urgency": 5, "risk": 0, "size": 3})
    assert [(name, given, str(scale)) for name, given, scale in out_of_scale(score)] == [
        ("value", 40, "1 to 20"),
        ("risk", 0, "1 to 20"),
    ]
    assert [str(scale) for scale in FRAMEWORKS[Framework.RICE].scales.values()] == [
        "0 or more",
        "0.25 to 3",
        "0 to 100",
        "more than 0",
    ]


def test_the_framework_of_most_items_is_in_use() -> None:
    scores = [Score(framework=it, stored=1) for it in (Framework.ICE, Framework.RICE, Framework.RICE)]
    assert framework_in_use(item(n, score=score) for n, score in enumerate(scores, 1)) is Framework.RICE
    assert framework_in_use([item(1)]) is None


@given(st.floats(0.01, 1e6), st.floats(1.01, 50))
def test_levels_are_apart_when_scores_are_clearly_different(score: float, times: float) -> None:
    apart = level_of(score) - level_of(score * times)
    assert apart >= 0
    assert apart > STEPS if times > 1.35 else True
    assert apart <= STEPS if times < 1.15 else True
