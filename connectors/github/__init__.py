"""Issues and projects of GitHub.com and GitHub Enterprise Server."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from hashlib import blake2s
from typing import ClassVar
from urllib.parse import urlsplit

from pydantic import Field, PrivateAttr, SecretStr

from backlint.connector import Absence, Batch, Connector, Hint, Hook, Observation
from backlint.connectors.github import absent
from backlint.connectors.github.access import App, Bearer, Installation
from backlint.connectors.github.doctor import Doctor
from backlint.connectors.github.graph import Graph
from backlint.connectors.github.hooks import HOOK
from backlint.connectors.github.limits import pause
from backlint.connectors.github.ordering import By, Ordering
from backlint.connectors.github.pulling import Pull, census
from backlint.connectors.github.settings import CLOUD, Base, Columns, Names, Projects, Repositories
from backlint.connectors.github.state import read_mark
from backlint.errors import ConfigError
from backlint.model import Kind, Stage
from backlint.transport import Authorise, Gate, Site
from backlint.writer import Opening

API_VERSION = "2022-11-28"

HEADERS = {
    "accept": "application/vnd.github+json",
    "user-agent": "backlint",
    "x-github-api-version": API_VERSION,
}


class Github(Connector):
    """Reads issues of GitHub repositories, and their order from a project.

    Issues come by REST, their history and links by GraphQL, the backlog's order from a project (v2): the order of its
    items is the backlog's. Without a project there is no order, and the rules that need one say so.

    A token needs to read issues and metadata, and projects where one is named. `GITHUB_TOKEN` in Actions may not read
    projects: give `project_token` one that may.
    """

    wants: ClassVar[str] = "GitHub"
    hook: ClassVar[Hook | None] = HOOK
    usual_variables: ClassVar[Mapping[str, tuple[str, ...]]] = {"token": ("GITHUB_TOKEN", "GH_TOKEN")}

    repository: Repositories = Field(
        default=(),
        description="The repository as owner/name, or several; where none is given, those of the project's issues.",
    )
    project: Projects = Field(
        default=(),
        description="The project whose order is the backlog's: its number, owner/number, its URL, or several.",
    )
    url: Base = Field(default=CLOUD, description="The address of an Enterprise Server, or of its API.")
    token: SecretStr | None = Field(default=None, description="A token that may read the issues.")
    project_token: SecretStr | None = Field(
        default=None, description="A token that may read the project, where the other one may not."
    )
    app: App | None = Field(default=None, description="A GitHub App to read with, instead of a token.")
    columns: Columns = Field(
        default_factory=Columns, description="What the columns of the project and the issue fields are called."
    )
    kinds: Mapping[str, Kind] = Field(
        default_factory=dict[str, Kind],
        description="What an issue type, a label or a title prefix means, beyond the usual.",
    )
    stages: Mapping[str, Stage] = Field(
        default_factory=dict[str, Stage], description="What a status or a label means, beyond the usual."
    )
    priorities: Names = Field(default=(), description="The priorities, highest first, where their names do not say it.")
    sizes: Mapping[str, float] = Field(
        default_factory=dict[str, float], description="How many points a T-shirt size stands for: `M = 3`."
    )
    order_by: By | None = Field(
        default=None, description="What gives the order where there is no project: the milestones' dates, or labels."
    )
    order_labels: Names = Field(default=(), description="The labels that give the order, best first.")

    _just_read: tuple[Gate, frozenset[str]] | None = PrivateAttr(None)

    @property
    def source(self) -> str:
        """`github:acme/shop`; an Enterprise Server is named before it."""
        what = "+".join(self.repository) or "+".join(f"{owner}/projects/{number}" for owner, number in self.projects())
        return self.name_in_store or self.prefix + what

    @property
    def prefix(self) -> str:
        """What every id begins with: ids of two servers may be alike."""
        return "github:" if self.url == CLOUD else f"github:{urlsplit(self.url).netloc}:"

    def projects(self) -> tuple[tuple[str, int], ...]:
        """The owner and number of each project; a bare number belongs to the owner of the first repository."""
        owner = self.repository[0].partition("/")[0] if self.repository else ""
        found: list[tuple[str, int]] = []
        for given in self.project:
            before, _, number = given.rpartition("/")
            if not (before or owner):
                raise ConfigError(f"Whose project is {given}? Write it as owner/{given}.")
            found.append((before or owner, int(number)))
        return tuple(found)

    async def pull(self, gate: Gate, cursor: str | None) -> AsyncIterator[Batch]:
        """Read what changed since the cursor, in batches that can each be kept."""
        async with self._open(gate) as (graph, project_graph):
            ordering = Ordering(self.order_by, self.order_labels) if self.order_by and not self.project else None
            mark = read_mark(cursor, self._digest())
            pull = Pull(self, graph.site, graph, project_graph, gate.clock.now(), mark, ordering)
            async for batch in pull.batches():
                yield batch
            self._just_read = (gate, pull.everything) if pull.everything is not None else None

    async def census(self, gate: Gate) -> frozenset[str] | None:
        """Every issue and note that GitHub still shows; what the same run has just read whole is not asked again."""
        if self._just_read and self._just_read[0] is gate:
            return self._just_read[1]
        async with self._open(gate) as (graph, project_graph):
            return await census(self, graph, project_graph)

    async def confirm(self, gate: Gate, missing: Mapping[str, str]) -> Mapping[str, Absence]:
        """Ask for each by its number: deleted (410) and moved elsewhere (301) are told from hidden (404)."""
        async with self.open_site(gate) as site:
            return await absent.confirm(site, self.prefix, missing)

    def may_hold(self, hint: Hint) -> bool:
        """By the repository where both are named; a project may hold issues of any."""
        if not hint.key or not self.repository:
            return bool(self.project)
        return hint.key.partition("#")[0].casefold() in {name.casefold() for name in self.repository}

    async def reread(self, gate: Gate, hints: Sequence[Hint]) -> Batch:
        """One issue costs a request, and some for the project that says where it stands."""
        from backlint.connectors.github.rereading import Rereading  # noqa: PLC0415 - only the service needs it

        async with self._open(gate) as (graph, project_graph):
            mark = read_mark(None, self._digest())
            return await Rereading(self, graph.site, graph, project_graph, gate.clock.now(), mark, None).some(hints)

    async def examine(self, gate: Gate) -> AsyncIterator[Observation]:
        """What `doctor` shows: who the token is, what it may see, what columns, labels and statuses are taken for."""
        async with self._open(gate) as (graph, project_graph):
            async for observation in Doctor(self, gate, graph, project_graph).observations():
                yield observation

    def writing(self, gate: Gate) -> Opening:
        """The way to write to it, with the same token."""
        from backlint.connectors.github.writing import writing  # noqa: PLC0415 - loaded only where something is written

        return writing(self, gate)

    @asynccontextmanager
    async def _open(self, gate: Gate) -> AsyncGenerator[tuple[Graph, Graph]]:
        """The GraphQL of the issues and that of the projects: two where projects need a credential of their own."""
        if not self.repository and not self.project:
            raise ConfigError('GitHub needs a `repository = "owner/name"`, or a `project`.')
        if self.order_by is By.LABEL and not self.order_labels:
            raise ConfigError('`order_by = "label"` needs `order_labels`, best first.')
        async with AsyncExitStack() as stack:
            site = await stack.enter_async_context(self.open_site(gate))
            graph = project_graph = Graph(site, self.graphql)
            if other := self.open_project_site(gate):
                project_graph = Graph(await stack.enter_async_context(other), self.graphql)
            yield graph, project_graph

    def _authorise(self, gate: Gate) -> Authorise:
        if not self.app:
            return Bearer(self.token)
        where = self.repository[0] if self.repository else self.projects()[0][0]
        return Installation(self.app, self.url, where, gate)

    def open_site(self, gate: Gate) -> Site:
        """Where the issues are, to be used with `async with`."""
        return self._site(gate, self._authorise(gate))

    def open_project_site(self, gate: Gate) -> Site | None:
        """The same for the projects, where these need a credential of their own."""
        return self._site(gate, Bearer(self.project_token)) if self.project_token else None

    def _site(self, gate: Gate, authorise: Authorise) -> Site:
        return gate.site(self.wants, self.url, authorise=authorise, headers=HEADERS, pause=pause)

    def _digest(self) -> str:
        """What the items depend on besides GitHub: with other settings everything is read anew."""
        said = self.model_dump_json(
            include={"project", "columns", "kinds", "stages", "priorities", "sizes", "order_by"}
        )
        return blake2s(said.encode(), digest_size=6).hexdigest()

    @property
    def graphql(self) -> str:
        """GraphQL stands beside REST; on an Enterprise Server REST has a version in its path and GraphQL has none."""
        return self.url.removesuffix("/v3") + "/graphql"
