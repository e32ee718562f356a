"""Jira Cloud, and Jira Data Center from 8.20 on."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from backlint.connector import Absence, Batch, Connector, Hint, Hook, Observation
from backlint.connectors.jira import absent, query
from backlint.connectors.jira.cloud import Cloud
from backlint.connectors.jira.cursor import Cursor, Phase
from backlint.connectors.jira.doctor import examine
from backlint.connectors.jira.door import Door
from backlint.connectors.jira.facts import learn, recall, remember, shows_project
from backlint.connectors.jira.fields import Meaning
from backlint.connectors.jira.hooks import HOOK
from backlint.connectors.jira.payload import is_object, part
from backlint.connectors.jira.pulling import BARE, Pull
from backlint.connectors.jira.remembered import UnfamiliarError, recalled
from backlint.connectors.jira.server import Server
from backlint.connectors.jira.together import together
from backlint.errors import TrackerError
from backlint.model import Kind, LinkKind, Stage
from backlint.transport import Gate
from backlint.writer import Opening

GATEWAY = "https://api.atlassian.com"


def _site(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("write the whole address, as in https://example.atlassian.net")
    if parts.username or parts.password:
        raise ValueError("a password has no place in the address; set `token`")
    path = parts.path.partition("/browse")[0].partition("/secure")[0].partition("/jira/")[0].rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path}"


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _several_each(value: Any) -> Any:
    return {key: _several(one) for key, one in part(value).items()} if is_object(value) else value


Url = Annotated[str, AfterValidator(_site)]
Words = Annotated[tuple[str, ...], BeforeValidator(_several)]
Projects = Annotated[Words, Field(min_length=1)]
FieldNames = Annotated[Mapping[Meaning, tuple[str, ...]], BeforeValidator(_several_each)]


class Jira(Connector):
    """Reads the issues of one or several projects of a Jira site, their order, history and sprints.

    The backlog's order is the rank of the open issues, or the order of the `board` where one is named. Which field
    holds story points, sprints or acceptance criteria is found out; `backlint doctor` shows what was found.

    On Cloud a token needs `email` beside it; one with scopes, or of a service account, needs `cloud_id` too (it stands
    in `https://SITE/_edge/tenant_info`) and the scopes read:jira-work, read:board-scope:jira-software,
    read:sprint:jira-software, and read:board-scope.admin:jira-software for the board's estimates and columns. On Data
    Center a personal access token stands alone.
    """

    wants: ClassVar[str] = "Jira"
    hook: ClassVar[Hook | None] = HOOK
    usual_variables: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "token": ("JIRA_TOKEN", "JIRA_API_TOKEN"),
        "email": ("JIRA_EMAIL",),
    }

    url: Url = Field(description="The site as people open it, with its context path where it has one.")
    project: Projects = Field(description="The key of the project, or of several that make one backlog.")
    board: int | None = Field(
        default=None, ge=1, description="The board whose order is the backlog's; its number stands in its URL."
    )
    email: str | None = Field(default=None, description="Whose API token it is (Cloud).")
    token: SecretStr | None = Field(default=None, description="An API token (Cloud) or a personal access token.")
    cloud_id: str | None = Field(
        default=None, description="The site's cloud id, for tokens with scopes and of service accounts."
    )
    gateway: str = Field(default=GATEWAY, description="Where tokens with a cloud id are taken.")
    filter: str | None = Field(default=None, description="JQL that narrows the project to this backlog.")
    fields: FieldNames = Field(
        default_factory=dict[Meaning, tuple[str, ...]],
        description='Which field means what, by id or name, where it is not found: `points = "customfield_10026"`.',
    )
    kinds: Mapping[str, Kind] = Field(
        default_factory=dict[str, Kind],
        description="What an issue type is, by id or name, where its level or name does not say it.",
    )
    stages: Mapping[str, Stage] = Field(
        default_factory=dict[str, Stage],
        description="What a status is, by id or name, where its category does not say it.",
    )
    links: Mapping[str, LinkKind] = Field(
        default_factory=dict[str, LinkKind], description="What a link type says at its outward end, by id or name."
    )
    bots: Words = Field(default=(), description="Accounts of machines that Jira takes for people, by id or name.")

    @property
    def source(self) -> str:
        """`jira:example.atlassian.net/SHOP`, several projects joined by "+"."""
        return f"jira:{Door.of(self).host}/{'+'.join(self.project)}"

    @property
    def told_fields(self) -> Mapping[Meaning, tuple[str, ...]]:
        """What the settings say about fields."""
        return self.fields

    @property
    def _scope(self) -> str:
        """What a cursor holds for: these issues, mapped by these settings."""
        mapping = self.model_dump_json(include={"fields", "kinds", "stages", "links", "bots"})
        return f"{query.scope(self.project, self.filter)} {mapping}"

    async def pull(self, gate: Gate, cursor: str | None) -> AsyncIterator[Batch]:
        """Read what changed since the cursor, in batches that can each be kept."""
        now, scope = gate.clock.now(), self._scope
        kept = Cursor.of(cursor, scope, now)
        known = recalled(kept.site, self, now) if kept.phase is Phase.CHANGES else None
        door = Door.of(self)
        async with door.open(gate) as site:
            if known:
                facts = await recall(site, self, door, known)
                try:
                    async for batch in Pull(site, self, facts, kept, now, facts.server_time, known).batches():
                        yield batch
                except UnfamiliarError:
                    known = None
                else:
                    return
            facts = await learn(site, self, door)
            began = facts.server_time or now
            pulling = Pull(site, self, facts, Cursor.of(cursor, scope, began), began, began, remember(facts, self, now))
            async for batch in pulling.batches():
                yield batch

    async def census(self, gate: Gate) -> frozenset[str] | None:
        """Every id that the site still shows.

        Raises `TrackerError` where a project cannot be seen, or the list has no end: then what is missing from it is
        not gone.
        """
        door = Door.of(self)
        async with door.open(gate) as site:
            facts = await learn(site, self, door)
            for project in self.project:
                if not await shows_project(site, facts, project):
                    raise TrackerError(
                        f"The token may not see project {project} any more; nothing in it is taken for deleted."
                    )
            jql = f"{query.scope(self.project, self.filter)} ORDER BY key ASC"
            if facts.is_cloud:
                swept = await Cloud(site, []).sweep(jql, is_sure=True)
                if not swept.is_complete:
                    raise TrackerError("Jira gave the list of all issues only in part.", retryable=True)
                ids = list(swept.ids)
            else:
                ids = [str(it["id"]) async for page in Server(site, []).search(jql, fields=BARE) for it in page.issues]
            return frozenset(facts.mapper.item_id(id_) for id_ in ids)

    async def confirm(self, gate: Gate, missing: Mapping[str, str]) -> Mapping[str, Absence]:
        """Read each by its id: what moved to another project is gone from here, what is forbidden is hidden."""
        projects = {project.casefold() for project in self.project}
        async with Door.of(self).open(gate) as site:
            said = await together([absent.ask(site, id_.rpartition("/")[2], projects) for id_ in missing])
        return {id_: absence for id_, absence in zip(missing, said, strict=True) if absence}

    def may_hold(self, hint: Hint) -> bool:
        """By the project that the key begins with."""
        project = (hint.key or "").rpartition("-")[0].casefold()
        return project in {each.casefold() for each in self.project}

    async def reread(self, gate: Gate, hints: Sequence[Hint]) -> Batch:
        """A few issues cost two requests, and some for the site and its order."""
        from backlint.connectors.jira.rereading import Rereading  # noqa: PLC0415 - only the service needs it

        door = Door.of(self)
        async with door.open(gate) as site:
            facts = await learn(site, self, door)
            began = facts.server_time or gate.clock.now()
            cursor = Cursor.of(None, self._scope, began)
            return await Rereading(site, self, facts, cursor, began, began).some([hint.id for hint in hints])

    async def examine(self, gate: Gate) -> AsyncIterator[Observation]:
        """Which site, who the token is, what it may see, which fields were found; what to do where it is not well."""
        async for observation in examine(self, gate):
            yield observation

    def writing(self, gate: Gate) -> Opening:
        """The way to write to it, with the same token."""
        from backlint.connectors.jira.writing import writing  # noqa: PLC0415 - loaded only where something is written

        return writing(self, gate)
