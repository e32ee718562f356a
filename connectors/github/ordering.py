"""An order where there is no project: by the milestones' dates, or by labels; coarse, so only where asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from backlint.connectors.github.rows import id_of, labels_of
from backlint.transport import Json

UNDATED = "9999-12-31"


class By(StrEnum):
    """What gives the order."""

    MILESTONE = "milestone"
    LABEL = "label"


@dataclass
class Ordering:
    """Collects open issues; what has no milestone, or none of the labels, has no place."""

    by: By
    labels: Sequence[str] = ()
    _places: dict[str, tuple[str, int, int]] = field(default_factory=dict[str, tuple[str, int, int]], init=False)

    def note(self, rows: Sequence[Json]) -> None:
        """Take a page of the list; a row that comes again has changed since."""
        for row in rows:
            self._places.pop(id_of(row), None)
            if row["state"] == "open" and (place := self._place(row)):
                self._places[id_of(row)] = (*place, row["number"])

    def _place(self, row: Json) -> tuple[str, int] | None:
        if self.by is By.MILESTONE:
            milestone = row.get("milestone")
            return (milestone.get("due_on") or UNDATED, milestone["number"]) if milestone else None
        names = {*labels_of(row)}
        return next((("", at) for at, label in enumerate(self.labels) if label in names), None)

    def ranking(self) -> tuple[str, ...]:
        """The node ids, best first; within a milestone or a label the older issue comes first."""
        return tuple(sorted(self._places, key=self._places.__getitem__))
