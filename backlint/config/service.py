"""What `backlint serve` is told about its door to the network."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

SHORTEST = 16
"""Characters of a token or a secret: fewer can be tried out."""

Seconds = Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)]
Limit = Annotated[float, Field(gt=0, le=300, allow_inf_nan=False)]


class ServiceSettings(BaseModel):
    """Where `backlint serve` listens, who is let in, and how it takes webhooks."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    host: str = Field(
        default="127.0.0.1",
        min_length=1,
        description="The address to listen on. Beyond this machine (`0.0.0.0`) a token is needed.",
    )
    port: Annotated[int, Field(ge=0, le=65535)] = Field(default=8080, description="The port to listen on.")
    token: SecretStr | None = Field(
        default=None,
        description="What opens the pages and the metrics: as a bearer token, or as the password of any user.",
    )
    hosts: tuple[str, ...] = Field(
        default=(),
        description="Other names that the service is called by, where it listens on this machine alone: a proxy's.",
    )
    hooks: Mapping[str, SecretStr] = Field(
        default_factory=dict[str, SecretStr],
        description="The secret of each tracker's webhooks, by connector; without one they are not heard.",
    )
    settle_seconds: Seconds = Field(
        default=120, description="How long an item must rest after a webhook before it is read: people are writing."
    )
    most_hints: Annotated[int, Field(ge=1, le=100_000)] = Field(
        default=1000, description="How many items may wait to be read; what comes beyond is left to the nightly run."
    )
    largest_call: Annotated[int, Field(ge=1024, le=26_214_400)] = Field(
        default=2_097_152, description="How many bytes a webhook may send."
    )
    call_seconds: Limit = Field(default=10, description="How long a webhook may take to send them.")
    late_hours: Annotated[float, Field(gt=0, le=168, allow_inf_nan=False)] = Field(
        default=3, description="How long after a nightly job was due a team without a good one makes `/healthz` fail."
    )

    @field_validator("token")
    @classmethod
    def _long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and len(secret.get_secret_value()) < SHORTEST:
            raise ValueError(f"expected at least {SHORTEST} characters: `openssl rand -hex 32` makes a good one")
        return secret

    @field_validator("hooks")
    @classmethod
    def _each_long_enough(cls, secrets: Mapping[str, SecretStr]) -> Mapping[str, SecretStr]:
        for secret in secrets.values():
            cls._long_enough(secret)
        return secrets

    @property
    def is_local(self) -> bool:
        """Whether it listens on this machine alone."""
        try:
            return ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return self.host == "localhost"

    def on(self, host: str | None, port: int | None) -> Self:
        """The same at another address."""
        told = {"host": host, "port": port}
        return self.model_validate(dict(self) | {name: value for name, value in told.items() if value is not None})
