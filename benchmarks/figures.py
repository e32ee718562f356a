"""Precision and recall, with how sure one may be of them."""

from dataclasses import dataclass
from math import sqrt

NORMAL = 1.96
"""Standard deviations either side that hold 95 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How often one claim of a rule is right."""

    claim: str
    rule: str
    data: str
    true: int
    false: int
    missed: int
    rest: int
    wrong: tuple[str, ...] = ()

    @property
    def precision(self) -> float | None:
        return self.true / (self.true + self.false) if self.true + self.false else None

    @property
    def recall(self) -> float | None:
        return self.true / (self.true + self.missed) if self.true + self.missed else None

    def __str__(self) -> str:
        right = _shown(self.precision, wilson(self.true, self.true + self.false))
        found = _shown(self.recall, wilson(self.true, self.true + self.missed))
        count = self.true + self.false + self.missed + self.rest
        return f"{self.claim:30} {self.data:13} {count:5} {self.true + self.missed:4}   P {right}   R {found}"


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), which stays honest where counts are small."""
    if not of:
        return 0.0, 1.0
    share, denominator = hits / of, 1 + NORMAL**2 / of
    middle = share + NORMAL**2 / (2 * of)
    half = NORMAL * sqrt(share * (1 - share) / of + NORMAL**2 / (4 * of * of))
    return max(0.0, (middle - half) / denominator), min(1.0, (middle + half) / denominator)


def _shown(share: float | None, interval: tuple[float, float]) -> str:
    return "-" if share is None else f"{share:.3f} [{interval[0]:.2f}, {interval[1]:.2f}]"
