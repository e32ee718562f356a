"""How we are let in: a token, or a GitHub App whose installation token is renewed while a long run goes on."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from backlint.errors import ConfigError, TrackerError
from backlint.transport import Gate

if TYPE_CHECKING:
    from github import GithubIntegration
    from github.InstallationAuthorization import InstallationAuthorization

EARLY = timedelta(minutes=5)
"""An installation token lives an hour; it is renewed so long before its end, since a request may take minutes."""

RETRIES = 3
SECONDS = 30


class App(BaseModel):
    """A GitHub App, installed where the repositories are."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: int | str = Field(description="The App's id, or its client id.")
    key: SecretStr = Field(description="Its private key, in PEM.")
    installation: int | None = Field(
        default=None, description="The id of the installation; looked up by the repository where it is not given."
    )


@dataclass
class Installation:
    """The installation token of an App: made by PyGithub, in a thread, and kept until shortly before its end.

    `where` is a repository (owner/name) or an organisation that the App is installed in.
    """

    app: App
    url: str
    where: str
    gate: Gate
    _token: str | None = field(default=None, init=False)
    _until: datetime | None = field(default=None, init=False)
    _number: int | None = field(default=None, init=False)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def __post_init__(self) -> None:
        """An installation that is named need not be looked up."""
        self._number = self.app.installation

    async def __call__(self) -> Mapping[str, str]:
        """The headers that let a request in."""
        async with self._lock:
            if self._until is None or self.gate.clock.now() >= self._until - EARLY:
                self.gate.requests += 1 if self._number else 2
                made = await asyncio.to_thread(self._make)
                self._token, self._until = made.token, made.expires_at
        return {"authorization": f"Bearer {self._token}"}

    def _make(self) -> "InstallationAuthorization":
        from github import GithubException  # noqa: PLC0415 - loaded only where an App is used
        from jwt import PyJWTError  # noqa: PLC0415

        try:
            integration = self._integration()
            self._number = self._number or self._found(integration)
            return integration.get_access_token(self._number)
        except GithubException as error:
            raise TrackerError(
                f"GitHub gave the App {self.app.id} no token for {self.where} ({error.status}): check its id, its "
                "key, and that it is installed there.",
                status=error.status,
            ) from None
        except (OSError, ValueError, TypeError, PyJWTError) as error:
            raise ConfigError(f"The GitHub App {self.app.id} cannot be used: {type(error).__name__}.") from None

    def _found(self, integration: "GithubIntegration") -> int:
        owner, _, name = self.where.partition("/")
        return (integration.get_repo_installation(owner, name) if name else integration.get_org_installation(owner)).id

    def _integration(self) -> "GithubIntegration":
        """PyGithub, told not to do what it does by default: no throttle, no repeated POST that creates something."""
        from github import Auth, GithubIntegration, GithubRetry  # noqa: PLC0415 - loaded only where an App is used

        return GithubIntegration(
            auth=Auth.AppAuth(self.app.id, self.app.key.get_secret_value()),
            base_url=self.url,
            timeout=SECONDS,
            per_page=100,
            seconds_between_requests=0,
            seconds_between_writes=1,
            retry=GithubRetry(total=RETRIES, backoff_factor=1, allowed_methods={"GET", "HEAD"}),
        )


@dataclass(frozen=True)
class Bearer:
    """A token as it was given; without one GitHub still shows what is public, sixty requests an hour."""

    token: SecretStr | None

    async def __call__(self) -> Mapping[str, str]:
        """The headers that let a request in."""
        return {"authorization": f"Bearer {self.token.get_secret_value()}"} if self.token else {}
