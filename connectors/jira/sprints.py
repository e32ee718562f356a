"""Sprints, as objects (Cloud) and as the Java objects that Data Center prints into a field."""

import re
from datetime import datetime

from backlint.connectors.jira.payload import is_object, listed
from backlint.connectors.jira.times import moment
from backlint.model import Sprint, SprintState
from backlint.transport import Json

STATES = {"future": SprintState.FUTURE, "active": SprintState.ACTIVE, "closed": SprintState.CLOSED}

_PRINTED = re.compile(r"^[\w.]*Sprint@\w+\[(?P<said>.*)\]$", re.DOTALL)
_KEYS = (
    "id", "rapidViewId", "boardId", "state", "name", "goal", "startDate", "endDate", "completeDate", "activatedDate",
    "sequence", "synced", "autoStartStop", "incompleteIssuesDestinationId",
)  # fmt: skip
_NEXT_KEY = re.compile(rf"(?:^|,)({'|'.join(_KEYS)})=")


def sprint_values(value: Json) -> list[Json]:
    """What a sprint field, or the `sprint` and `closedSprints` of an Agile list, holds: a list of objects."""
    if value is None:
        return []
    read = [_printed(one) if isinstance(one, str) else one for one in listed(value) or [value]]
    return [it for it in read if is_object(it)]


def to_sprint(value: Json, prefix: str) -> Sprint | None:
    """A sprint, its id made unique by the prefix; `None` where the value has no id or no known state."""
    state = STATES.get(str(value.get("state") or "").lower())
    if value.get("id") is None or state is None:
        return None
    return Sprint(
        id=f"{prefix}/sprint/{value['id']}",
        name=str(value.get("name") or value["id"]),
        state=state,
        start=moment(value.get("startDate")),
        end=ended(value),
        goal=str(value["goal"]) if value.get("goal") else None,
    )


def ended(value: Json) -> datetime | None:
    """When a sprint was really over, or is planned to be."""
    return moment(value.get("completeDate")) or moment(value.get("endDate"))


def _printed(text: str) -> Json:
    """Read `...Sprint@1f[id=1,state=CLOSED,name=a, b,goal=x=y]`: any order of keys, commas and `=` inside values."""
    match = _PRINTED.match(text.strip())
    if not match:
        return None
    said = match["said"]
    keys = list(_NEXT_KEY.finditer(said))
    ends = [key.start() for key in keys[1:]] + [len(said)]
    found = {key[1]: said[key.end() : end] for key, end in zip(keys, ends, strict=True)}
    return {key: None if value in {"<null>", ""} else value for key, value in found.items()}
