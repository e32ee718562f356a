"""What a team says about its GitHub: where the issues are, and what its columns, fields and labels mean."""

import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from backlint.model import Framework

CLOUD = "https://api.github.com"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
REPOSITORY = re.compile(r"(?:https://[^/]+/)?([\w.-]+/[\w.-]+?)(?:\.git)?/?")
PROJECT = re.compile(r"(?:https://[^/]+/(?:orgs|users)/([\w-]+)/projects/|([\w-]+)/)?#?(\d+)(?:/.*)?")


def _several(given: object) -> object:
    """One value, or a list of them."""
    return (given,) if isinstance(given, str | int) else given


def _repository(given: str) -> str:
    found = REPOSITORY.fullmatch(given.strip())
    if not found:
        raise ValueError("write the repository as owner/name")
    return found[1]


def _project(given: object) -> str:
    found = PROJECT.fullmatch(str(given).strip())
    if not found:
        raise ValueError("write the project as its number, as owner/number, or as its URL")
    owner = found[1] or found[2]
    return f"{owner}/{found[3]}" if owner else found[3]


def _base(given: str) -> str:
    """The base of the API, from what people write: GitHub's own address, an Enterprise Server's, or the API's."""
    parts = urlsplit(given.strip().rstrip("/"))
    if not parts.hostname or parts.scheme not in {"https", "http"}:
        raise ValueError("write the whole URL, with https://")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("a token is sent over https only")
    if parts.hostname in {"github.com", "www.github.com"}:
        return CLOUD
    is_bare = not parts.path and not parts.hostname.startswith("api.")
    return parts.geturl() + ("/api/v3" if is_bare else "")


Repositories = Annotated[tuple[Annotated[str, AfterValidator(_repository)], ...], BeforeValidator(_several)]
Projects = Annotated[tuple[Annotated[str, BeforeValidator(_project)], ...], BeforeValidator(_several)]
Base = Annotated[str, AfterValidator(_base)]
Names = Annotated[tuple[str, ...], BeforeValidator(_several)]


class Columns(BaseModel):
    """Which project column or issue field holds what; the first one of these names that exists is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Names = Field(default=("Status",), description="Where the item stands.")
    estimate: Names = Field(
        default=("Estimate", "Story Points", "Story points", "Points", "Effort", "SP"), description="How large it is."
    )
    priority: Names = Field(default=("Priority", "Prio", "Urgency"), description="How urgent it is.")
    sprint: Names = Field(default=("Sprint", "Iteration"), description="The iteration it is planned for.")
    due: Names = Field(
        default=("Due date", "Due", "Target date", "Deadline", "End date"), description="When it must be done."
    )
    kind: Names = Field(default=("Type", "Kind", "Work type"), description="What sort of work it is.")
    moscow: Names = Field(default=("MoSCoW",), description="Must, Should, Could or Won't.")
    score: Names = Field(
        default=("RICE", "RICE score", "WSJF", "WSJF score", "ICE", "ICE score", "Cost of Delay"),
        description="What the prioritisation framework gives.",
    )
    framework: Framework | None = Field(
        default=None, description="The framework of the score, where its column's name does not say."
    )
    inputs: Mapping[str, str] = Field(
        default_factory=dict[str, str],
        description='What the score is made of, by the framework\'s word: `reach = "Reach"`.',
    )
