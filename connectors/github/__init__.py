"""Issues and projects of GitHub.com and GitHub Enterprise Server."""

from collections.abc import AsyncIterator, Mapping
from typing import ClassVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from backlint.connector import Batch, Connector, Observation
from backlint.connectors.github.access import App, Bearer, Installation
from backlint.connectors.github.graph import Graph
from backlint.connectors.github.limits import pause
from backlint.connectors.github.pulling import Pull
from backlint.connectors.github.settings import CLOUD, Base, Columns, Names, Projects, Repositories
from backlint.connectors.github.state import read_mark
from backlint.errors import ConfigError
from backlint.model import Kind, Stage
from backlint.transport import Gate, Site

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
    usual_variables: ClassVar[Mapping[str, tuple[str, ...]]] = {"token": ("GITHUB_TOKEN", "GH_TOKEN")}

    repository: Repositories = Field(
        default=(),
        description="The repository as owner/name, or several; where none is given, those whose issues stand in the project.",
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
    bots: Names = Field(default=(), description="Accounts of machines that GitHub takes for people.")

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
        if not self.repository and not self.project:
            raise ConfigError('GitHub needs a `repository = "owner/name"`, or a `project`.')
        async with self._site(gate) as site, self._project_site(gate) as projects:
            graph = Graph(site, self._graphql)
            project_graph = Graph(projects, self._graphql) if self.project_token else graph
            pull = Pull(self, site, graph, project_graph, gate.clock.now(), read_mark(cursor))
            async for batch in pull.batches():
                yield batch

    async def examine(self, gate: Gate) -> AsyncIterator[Observation]:
        """What `doctor` shows."""
        async with self._site(gate) as site:
            answer = await site.get("user")
            yield Observation(about="token", found=str(answer.status), is_well=answer.is_ok)

    def _site(self, gate: Gate) -> Site:
        first = self.repository[0] if self.repository else self.projects()[0][0]
        authorise = Installation(self.app, self.url, first, gate.clock) if self.app else Bearer(self.token)
        return gate.site(self.wants, self.url, authorise=authorise, headers=HEADERS, pause=pause)

    def _project_site(self, gate: Gate) -> Site:
        return gate.site(self.wants, self.url, authorise=Bearer(self.project_token), headers=HEADERS, pause=pause)

    @property
    def _graphql(self) -> str:
        """GraphQL stands beside REST; on an Enterprise Server REST has a version in its path and GraphQL has none."""
        return self.url.removesuffix("/v3") + "/graphql"
