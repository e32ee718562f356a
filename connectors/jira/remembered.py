"""What a site says of itself and hardly ever changes: its fields, statuses, priorities and board, kept in the cursor.

It is asked for anew once a week, with other settings, and as soon as an issue names a status or a priority that is not
in it. So an unchanged night asks for the order, the changes and the sprints, and for nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2s
from typing import TYPE_CHECKING

from backlint.connectors.jira.fields import FieldMap, Meaning
from backlint.connectors.jira.mapping import Mapper
from backlint.connectors.jira.payload import part, several
from backlint.connectors.jira.times import milliseconds
from backlint.transport import Json

if TYPE_CHECKING:
    from backlint.connectors.jira import Jira

FOR = timedelta(days=7)
ME = ("accountId", "key", "name", "displayName", "accountType", "timeZone")
MOST = 2_000
"""A site with more statuses is asked each time, for the cursor has to stay small."""


class UnfamiliarError(Exception):
    """An issue names what is not remembered: the site is to be asked what it is, and the pull begun anew."""


@dataclass(frozen=True)
class Remembered:
    """What was said.

    Attributes:
        at: When, in milliseconds since 1970.
        meaning: A digest of the settings that it was asked for with.
        fields: The ids of the fields behind each meaning.
        statuses: By id, no more of each than is looked at.
        priorities: The level of each, by id.
        board: The number of the board, and what its configuration says.
    """

    at: int
    meaning: str
    is_cloud: bool
    version: str
    me: Json
    fields: Mapping[str, tuple[str, ...]]
    told_by: Mapping[str, str]
    statuses: Mapping[str, Json]
    priorities: Mapping[str, int]
    board_id: int | None = None
    board: Json = field(default=None)

    @property
    def field_map(self) -> FieldMap:
        """As it was found."""
        return FieldMap({Meaning(name): tuple(ids) for name, ids in self.fields.items()}, self.told_by)

    def written(self) -> Json:
        """For the cursor."""
        return asdict(self)


def recalled(told: Json, settings: "Jira", now: datetime) -> Remembered | None:
    """What is remembered, if it may still be believed."""
    try:
        found = Remembered(**told)
        age = timedelta(milliseconds=milliseconds(now) - found.at)
        _ = found.field_map
    except (TypeError, ValueError, AttributeError):
        return None
    return found if found.meaning == meaning_of(settings) and timedelta() <= age < FOR else None


def meaning_of(settings: "Jira") -> str:
    """A digest of the settings that say what is to be asked, and of whom: another token may see other fields."""
    said = settings.model_dump_json(include={"url", "project", "board", "email", "fields", "cloud_id"})
    token = settings.token.get_secret_value() if settings.token else ""
    return blake2s(f"{said} {token}".encode(), digest_size=8).hexdigest()


def trimmed(me: Json, statuses: Iterable[Json], board: Json) -> tuple[Json, Mapping[str, Json], Json]:
    """No more of an account, the statuses and a board than is looked at."""
    kept = {
        str(status.get("id")): {
            "id": status.get("id"),
            "name": status.get("name"),
            "statusCategory": {"key": part(status, "statusCategory").get("key")},
        }
        for status in statuses
    }
    columns = [
        {"statuses": [{"id": status.get("id")} for status in several(column, "statuses")]}
        for column in several(board, "columnConfig", "columns")
    ]
    told = part(board)
    configuration = {"type": told.get("type"), "columnConfig": {"columns": columns}} if told else None
    return {key: part(me)[key] for key in ME if part(me).get(key)}, kept, configuration


def is_familiar(mapper: Mapper, issue: Json) -> bool:
    """Whether the status and the priority of an issue are among those that are remembered."""
    told = part(issue, "fields")
    status, priority = part(told, "status").get("id"), part(told, "priority").get("id")
    return (status is None or not mapper.statuses or str(status) in mapper.statuses) and (
        priority is None or not mapper.priorities or str(priority) in mapper.priorities
    )
