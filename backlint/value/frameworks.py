"""The frameworks: what each is made of, on which scales, and by which formula."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log

from backlint.model import Framework, Item, Score

Inputs = Mapping[str, float]

STEPS = 16
WORTHLESS = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What an input may be. `above` is a bound that it must exceed: nothing can be divided by zero."""

    least: float | None = None
    most: float | None = None
    above: float | None = None

    def holds(self, value: float) -> bool:
        """Whether the value is on the scale."""
        return (
            (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
            and (self.above is None or value > self.above)
        )

    def __str__(self) -> str:
        """The words that a finding shows: `0.25 to 3`, `more than 0`."""
        if self.above is not None:
            return f"more than {self.above:g}"
        if self.most is None:
            return f"{self.least:g} or more"
        return f"{self.least:g} to {self.most:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A framework: its scales by input, and how the inputs make the score.

    `variants` are other scores that the same inputs give where a team reads the framework in another usual way: a
    confidence in percent that is not divided by a hundred, an average in place of a product.
    """

    name: str
    scales: Mapping[str, Scale]
    score: Callable[[Inputs], float]
    variants: Callable[[Inputs], tuple[float, ...]] = lambda _: ()
    source: str


@dataclass(frozen=True, slots=True)
class Computed:
    """What a score's inputs give: by the book, and as some teams reckon it."""

    value: float
    variants: tuple[float, ...] = ()

    def agrees_with(self, stored: float, tolerance: float) -> bool:
        """Whether a stored score is one of them, but for rounding; the tolerance is a share of the stored score."""
        return any(abs(each - stored) <= tolerance * max(abs(stored), 1) for each in (self.value, *self.variants))


def _share(percent_or_share: float) -> float:
    """A confidence of 80 and one of 0.8 say the same."""
    return percent_or_share / 100 if percent_or_share > 1 else percent_or_share


def _rice(given: Inputs) -> float:
    return given["reach"] * given["impact"] * _share(given["confidence"]) / given["effort"]


def _rice_in_percent(given: Inputs) -> tuple[float, ...]:
    return (100 * _rice(given), given["reach"] * given["impact"] * given["confidence"] / given["effort"])


def _ice(given: Inputs) -> float:
    return given["impact"] * given["confidence"] * given["ease"]


def _ice_average(given: Inputs) -> tuple[float, ...]:
    return ((given["impact"] + given["confidence"] + given["ease"]) / 3,)


def _wsjf(given: Inputs) -> float:
    return (given["value"] + given["urgency"] + given["risk"]) / given["size"]


def _delay(given: Inputs) -> float:
    return given["cost"] / given["duration"]


POSITIVE = Scale(above=0)
TENTH = Scale(least=1, most=10)
RELATIVE = Scale(least=1, most=20)

FRAMEWORKS: Mapping[Framework, Formula] = {
    Framework.RICE: Formula(
        name="RICE",
        scales={
            "reach": Scale(least=0),
            "impact": Scale(least=0.25, most=3),
            "confidence": Scale(least=0, most=100),
            "effort": POSITIVE,
        },
        score=_rice,
        variants=_rice_in_percent,
        source="Intercom: reach x impact x confidence / effort",
    ),
    Framework.WSJF: Formula(
        name="WSJF",
        scales={"value": RELATIVE, "urgency": RELATIVE, "risk": RELATIVE, "size": RELATIVE},
        score=_wsjf,
        source="SAFe: (value + urgency + risk) / size, each 1, 2, 3, 5, 8, 13 or 20",
    ),
    Framework.ICE: Formula(
        name="ICE",
        scales={"impact": TENTH, "confidence": TENTH, "ease": TENTH},
        score=_ice,
        variants=_ice_average,
        source="Ellis: impact x confidence x ease, each 1 to 10",
    ),
    Framework.COST_OF_DELAY: Formula(
        name="cost of delay",
        scales={"cost": Scale(least=0), "duration": POSITIVE},
        score=_delay,
        source="Reinertsen: cost of delay / duration",
    ),
}


def computed(score: Score) -> Computed | None:
    """What the inputs give; `None` where one is missing, or is what cannot be divided by."""
    formula = FRAMEWORKS[score.framework]
    divisors = [name for name, scale in formula.scales.items() if scale.above is not None or name == "size"]
    if any(name not in score.inputs for name in formula.scales) or any(score.inputs[name] <= 0 for name in divisors):
        return None
    return Computed(formula.score(score.inputs), formula.variants(score.inputs))


def value(score: Score) -> float | None:
    """What the item is worth: the score that the tracker stores, else what its inputs give."""
    if score.stored is not None:
        return score.stored
    made = computed(score)
    return made.value if made else None


def level_of(worth: float, clearly: float = 1.25) -> int:
    """A level, lower for more, on a scale of ratios: what is worth `clearly` times as much is `STEPS` levels better.

    Scores are made of guesses, so a quarter more is the least that is called a difference.
    """
    return -round(STEPS * log(max(worth, WORTHLESS)) / log(clearly))


def out_of_scale(score: Score) -> Iterator[tuple[str, float, Scale]]:
    """The inputs that are not on their scale."""
    for name, scale in FRAMEWORKS[score.framework].scales.items():
        given = score.inputs.get(name)
        if given is not None and not scale.holds(given):
            yield name, given, scale


def framework_in_use(items: Iterable[Item]) -> Framework | None:
    """The framework that most items are scored by; scores of two frameworks cannot be compared."""
    used = Counter(it.score.framework for it in items if isinstance(it.score, Score) and value(it.score) is not None)
    return min(used, key=lambda framework: (-used[framework], framework), default=None)
