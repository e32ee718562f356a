"""What must be known of a site before its issues can be read: who asks, which fields mean what, which board."""

from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from backlint.connectors.jira.door import Door, checked, reasons
from backlint.connectors.jira.fields import FieldMap, discover
from backlint.connectors.jira.mapping import Mapper
from backlint.connectors.jira.pages import by_place
from backlint.connectors.jira.payload import part, several
from backlint.connectors.jira.people import People
from backlint.connectors.jira.remembered import MOST, Remembered, meaning_of, trimmed
from backlint.connectors.jira.times import dated, milliseconds, moment
from backlint.connectors.jira.together import both, together
from backlint.connectors.jira.words import Words
from backlint.errors import ConfigError, TrackerError
from backlint.transport import Answer, Json, Site

if TYPE_CHECKING:
    from backlint.connectors.jira import Jira

BOARD = "rest/agile/1.0/board"
CLOUD = "Cloud"


@dataclass
class Facts:
    """A site as it is today.

    `board` is its configuration, where it may be read. `cannot` says what was not read, `guessed` what was therefore
    found out in a lesser way. `is_remembered` where most of this was not asked for now.
    """

    is_cloud: bool
    version: str
    server_time: datetime | None
    me: Json
    fields: FieldMap
    mapper: Mapper
    board_id: int | None = None
    board: Json = None
    sprints: list[Json] = field(default_factory=list[Json])
    boards: list[Json] = field(default_factory=list[Json])
    cannot: list[str] = field(default_factory=list[str])
    guessed: list[str] = field(default_factory=list[str])
    is_remembered: bool = False

    @property
    def api(self) -> str:
        """Cloud is read in version 3 (ADF), Data Center in version 2 (wiki markup)."""
        return "rest/api/3" if self.is_cloud else "rest/api/2"

    @property
    def zone(self) -> str | None:
        """The profile time zone of the token's owner, in which Jira reads bare times."""
        zone = part(self.me).get("timeZone")
        return str(zone) if zone else None


async def learn(site: Site, settings: "Jira", door: Door) -> Facts:
    """Ask the site what it is.

    Raises `TrackerError` where the token is not accepted: Jira answers an unknown caller as an anonymous one, to whom
    a site looks empty, so who we are is asked before anything else is believed.
    """
    info = checked(await site.get("rest/api/2/serverInfo"), "server information")
    if "deploymentType" not in part(info):
        raise ConfigError(f"{settings.url} does not answer as Jira does; is the URL right, and its context path?")
    is_cloud = info["deploymentType"] == CLOUD
    api = "rest/api/3" if is_cloud else "rest/api/2"
    me = await whoami(site, f"{api}/myself")
    (fields, statuses, priorities), found = await both(
        together(_list(site, f"{api}/{what}", what) for what in ("field", "status", "priority")), _board(site, settings)
    )
    field_map = discover(fields, settings.told_fields, *_of_board(found.configuration))
    mapper = Mapper(
        site=settings.url,
        host=door.host,
        fields=field_map,
        words=Words(settings.kinds, settings.stages, settings.links, _selected(found.configuration)),
        people=People(frozenset(settings.bots), me),
        statuses={str(status.get("id")): status for status in statuses},
        priorities={str(priority.get("id")): level for level, priority in enumerate(priorities, 1)},
    )
    return Facts(
        is_cloud=is_cloud,
        version=str(info.get("version") or ""),
        server_time=moment(info.get("serverTime")),
        me=me,
        fields=field_map,
        mapper=mapper,
        board_id=found.id,
        board=found.configuration,
        sprints=found.sprints,
        boards=found.boards,
        cannot=found.cannot,
        guessed=found.guessed,
    )


async def recall(site: Site, settings: "Jira", door: Door, kept: Remembered) -> Facts:
    """The same from memory. Sprints come and go and are asked for, and on Data Center who we are: its times are ours.

    On Cloud every answer says whether the token was taken, so nobody has to ask.
    """
    me, at = kept.me, None
    if not kept.is_cloud:
        answer = await site.get("rest/api/2/myself")
        me, at = _account(answer), dated(answer.headers)
    found = _Board(id=kept.board_id, configuration=kept.board)
    if found.id is not None and part(found.configuration).get("type") != "kanban":
        found.sprints = await _sprints(site, found)
    mapper = Mapper(
        site=settings.url,
        host=door.host,
        fields=kept.field_map,
        words=Words(settings.kinds, settings.stages, settings.links, _selected(found.configuration)),
        people=People(frozenset(settings.bots), me),
        statuses=kept.statuses,
        priorities=kept.priorities,
    )
    return Facts(
        is_cloud=kept.is_cloud,
        version=kept.version,
        server_time=at,
        me=me,
        fields=kept.field_map,
        mapper=mapper,
        board_id=found.id,
        board=found.configuration,
        sprints=found.sprints,
        cannot=found.cannot,
        is_remembered=True,
    )


def remember(facts: Facts, settings: "Jira", now: datetime) -> Remembered | None:
    """What need not be asked for the next time; nothing where something could not be read."""
    mapper = facts.mapper
    if facts.cannot or facts.guessed or len(mapper.statuses) > MOST:
        return None
    me, statuses, board = trimmed(facts.me, mapper.statuses.values(), facts.board)
    return Remembered(
        at=milliseconds(now),
        meaning=meaning_of(settings),
        is_cloud=facts.is_cloud,
        version=facts.version,
        me=me,
        fields={meaning.value: ids for meaning, ids in facts.fields.ids.items()},
        told_by=facts.fields.told_by,
        statuses=statuses,
        priorities=mapper.priorities,
        board_id=facts.board_id,
        board=board,
    )


async def shows_project(site: Site, facts: Facts, key: str) -> bool:
    """Whether the token may see a project."""
    if facts.is_cloud:
        page = checked(await site.get(f"{facts.api}/project/search", {"keys": key}), "the projects")
        return any(str(it.get("key")).casefold() == key.casefold() for it in several(page, "values"))
    answer = await site.get(f"{facts.api}/project/{key}")
    if answer.status in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
        return False
    checked(answer, f"project {key}")
    return True


@dataclass
class _Board:
    id: int | None = None
    configuration: Json = None
    boards: list[Json] = field(default_factory=list[Json])
    sprints: list[Json] = field(default_factory=list[Json])
    cannot: list[str] = field(default_factory=list[str])
    guessed: list[str] = field(default_factory=list[str])


async def _board(site: Site, settings: "Jira") -> _Board:
    """The board that was named, or the project's only scrum board, or its only board."""
    found = _Board(id=settings.board)
    if found.id is None:
        found.boards = await _boards(site, settings.project[0], found.guessed)
        scrum = [board for board in found.boards if board.get("type") == "scrum"]
        only = scrum if len(scrum) == 1 else found.boards
        found.id = int(only[0]["id"]) if len(only) == 1 else None
    if found.id is None:
        return found
    answer = await site.get(f"{BOARD}/{found.id}/configuration")
    if answer.status == HTTPStatus.NOT_FOUND and settings.board is not None:
        checked(answer, f"board {found.id}")
    if answer.is_ok:
        found.configuration = answer.body
    else:
        found.guessed.append(
            f"The configuration of board {found.id} may not be read{reasons(answer.body)}; its field of estimates "
            "and its columns are guessed. A scoped token needs read:board-scope.admin:jira-software."
        )
    if part(found.configuration).get("type") != "kanban":
        found.sprints = await _sprints(site, found)
    return found


async def _boards(site: Site, project: str, guessed: list[str]) -> list[Json]:
    answer = await site.get(BOARD, {"projectKeyOrId": project, "maxResults": 50})
    if not answer.is_ok:
        guessed.append(
            f"The boards of {project} may not be read{reasons(answer.body)}; order is taken from the rank alone."
        )
        return []
    return several(answer.body, "values")


async def _sprints(site: Site, board: _Board) -> list[Json]:
    """Sprints that run or are to come; a board without sprints answers 400 and simply has none."""
    path = f"{BOARD}/{board.id}/sprint"
    query: dict[str, str | int] = {"state": "active,future", "maxResults": 50}
    try:
        pages = [page async for page in by_place(site, path, query, "sprints")]
    except ConfigError:
        return []
    except TrackerError as error:
        if error.retryable:
            raise
        board.cannot.append(f"The sprints of board {board.id} were not read: {error}")
        return []
    return [sprint for page in pages for sprint in several(page, "values")]


async def whoami(site: Site, path: str) -> Json:
    """The account of the token; nothing where the site does not tell."""
    return _account(await site.get(path))


def _account(answer: Answer) -> Json:
    me = part(None if answer.status == HTTPStatus.NOT_FOUND else checked(answer, "the token's own account"))
    if answer.is_ok and not (me.get("accountId") or me.get("key") or me.get("name")):
        raise TrackerError("Jira takes this token for an anonymous caller; give `token` and, on Cloud, `email`.")
    return me


async def _list(site: Site, path: str, what: str) -> list[Json]:
    """A list of the site; empty where it has no such list, which costs the names in it and nothing else."""
    answer = await site.get(path)
    body = None if answer.status == HTTPStatus.NOT_FOUND else checked(answer, f"the list of {what}")
    return several(body)


def _of_board(configuration: Json) -> tuple[str | None, str | None]:
    """The fields that the board estimates and ranks with."""
    told = part(configuration)
    estimate = part(told, "estimation", "field").get("fieldId")
    rank = part(told, "ranking").get("rankCustomFieldId")
    return estimate, f"customfield_{rank}" if rank else None


def _selected(configuration: Json) -> frozenset[str]:
    """Statuses right of the first column of a kanban board: work that was chosen, whether or not anybody began it."""
    told = part(configuration)
    columns = several(told, "columnConfig", "columns")
    if told.get("type") != "kanban":
        return frozenset()
    return frozenset(str(status.get("id")) for column in columns[1:-1] for status in several(column, "statuses"))
