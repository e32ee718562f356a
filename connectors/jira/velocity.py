"""What the team finished in each of its last sprints, from the issues that were resolved while a sprint ran."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from backlint.connectors.jira import values as of
from backlint.connectors.jira.fields import FieldMap, Meaning
from backlint.connectors.jira.payload import part
from backlint.connectors.jira.sprints import ended, sprint_values
from backlint.connectors.jira.times import moment
from backlint.model import Estimate, Unit
from backlint.transport import Json

LOOK_BACK = timedelta(days=180)
SPRINTS = 6


def finished(issues: Iterable[Json], fields: FieldMap) -> tuple[float, ...] | None:
    """The sums of the last closed sprints, oldest first; `None` where no sprint was closed or nothing was estimated.

    An issue that was carried through several sprints counts in the one that ran when it was resolved, and only there.
    """
    done: dict[str, float] = defaultdict(float)
    over: dict[str, datetime] = {}
    units: set[Unit] = set()
    for issue in issues:
        told = part(issue, "fields")
        size, at = of.estimate(told, fields), moment(told.get("resolutiondate"))
        for id_, start, end in _closed(told, fields):
            over[id_] = end
            if at and isinstance(size, Estimate) and start <= at <= end:
                done[id_] += size.value
                units.add(size.unit)
    last = sorted(over, key=lambda id_: over[id_])[-SPRINTS:]
    return tuple(done[id_] for id_ in last) if units else None


def _closed(told: Json, fields: FieldMap) -> Iterator[tuple[str, datetime, datetime]]:
    """Closed sprints: id, start, end."""
    for sprint in (sprint for id_ in fields.of(Meaning.SPRINT) for sprint in sprint_values(told.get(id_))):
        start, end = moment(sprint.get("startDate")), ended(sprint)
        if str(sprint.get("state")).lower() == "closed" and start and end:
            yield str(sprint.get("id")), start, end
