"""The score: how much of the backlog is in order, the top counting for more than the rest.

Each open item loses by its findings, at most all that it counts for; each band counts by a fixed share however many
items it holds, so that a long tail never hides the state of the top. What is held against the backlog itself takes
points directly. Every loss is somebody's: the families' losses and the score add up to 100.

The shares and weights are this project's choice (docs/decisions.md), not a measurement. A change of any of them is a
new `VERSION`, and reports do not compare scores of two versions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from backlint.finding import Confidence, Finding, Severity
from backlint.health.health import Grade, Loss, Tone
from backlint.model import Backlog, Band, Item, Kind

VERSION = 1

SHARE: Mapping[Band | None, float] = {
    Band.NEXT: 0.40,
    Band.SOON: 0.30,
    Band.LATER: 0.15,
    Band.ICEBOX: 0.05,
    None: 0.10,
}
"""How much each band counts; `None` are items without a place. Shares of bands without items go to the others."""

OF_AN_ITEM: Mapping[Severity, float] = {Severity.ERROR: 0.6, Severity.WARNING: 0.3, Severity.INFO: 0.05}
"""The part of an item that a finding takes."""

OF_THE_BACKLOG: Mapping[Severity, float] = {Severity.ERROR: 6.0, Severity.WARNING: 3.0, Severity.INFO: 0.5}
"""The points that a finding about the backlog itself takes."""

SURENESS: Mapping[Confidence, float] = {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.8, Confidence.LOW: 0.5}

GOOD_FROM = 80
FAIR_FROM = 60


class Scale:
    """What each finding weighs in one backlog."""

    def __init__(self, backlog: Backlog) -> None:
        groups: dict[Band | None, list[Item]] = defaultdict(list)
        for item in backlog.open:
            if item.kind is not Kind.SUBTASK:  # a subtask is planned with what contains it
                groups[backlog.band(item)].append(item)
        whole = sum(SHARE[band] for band in groups)
        self.groups = groups
        self._worth = {
            item.id: 100 * SHARE[band] / whole / len(items) for band, items in groups.items() for item in items
        }

    def cost(self, findings: Iterable[Finding]) -> float:
        """Points that these findings take together; all must be of one item, or all of the backlog itself."""
        return sum(self.costs(list(findings)))

    def costs(self, findings: Sequence[Finding]) -> list[float]:
        """The points that each finding takes beside the others of the same item, in their order."""
        about = findings[0].subject if findings else None
        if about is None:
            return [OF_THE_BACKLOG[it.severity] * SURENESS[it.confidence] for it in findings]
        parts = [OF_AN_ITEM[it.severity] * SURENESS[it.confidence] for it in findings]
        too_much = max(sum(parts), 1.0)
        return [self._worth.get(about.id, 0.0) * part / too_much for part in parts]


def by_subject(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    """Findings by the id of their item; those of the backlog itself under the empty word."""
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[finding.subject.id if finding.subject else ""].append(finding)
    return grouped


def grade(scale: Scale, findings: Sequence[Finding]) -> Grade | None:
    """The score of the backlog and what took from it, the greatest loss first; `None` where no item is open."""
    if not scale.groups:
        return None
    lost: dict[str, float] = defaultdict(float)
    grouped = by_subject(findings)
    for of_one in grouped.values():
        for finding, cost in zip(of_one, scale.costs(of_one), strict=True):
            lost[finding.family] += cost
    fits = min(1.0, 100 / (sum(lost.values()) or 1))  # a backlog cannot lose more than it has
    losses = sorted((_loss(family, points * fits, findings) for family, points in lost.items()), key=_greatest_first)
    value = round(100 - sum(loss.points for loss in losses), 1)
    bands = {band: _of_band(items, grouped) for band, items in scale.groups.items() if band}
    ordered = {band: bands[band] for band in Band if band in bands}
    return Grade(value=max(value, 0.0), losses=tuple(losses), bands=ordered, version=VERSION, tone=tone(value))


def tone(score: float) -> Tone:
    """How good a score is."""
    if score >= GOOD_FROM:
        return Tone.GOOD
    return Tone.FAIR if score >= FAIR_FROM else Tone.BAD


def _loss(family: str, points: float, findings: Sequence[Finding]) -> Loss:
    of_family = [finding for finding in findings if finding.family == family]
    items = {finding.subject.id for finding in of_family if finding.subject}
    return Loss(family=family, points=round(points, 1), items=len(items), findings=len(of_family))


def _of_band(items: Sequence[Item], grouped: Mapping[str, list[Finding]]) -> float:
    kept = [1 - _part(grouped.get(item.id, ())) for item in items]
    return round(100 * sum(kept) / len(kept), 1)


def _part(findings: Iterable[Finding]) -> float:
    return min(1.0, sum(OF_AN_ITEM[it.severity] * SURENESS[it.confidence] for it in findings))


def _greatest_first(loss: Loss) -> tuple[float, str]:
    return -loss.points, loss.family
