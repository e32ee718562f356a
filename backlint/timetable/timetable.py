"""The settings that say when a team's jobs are due."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

from backlint.timetable.when import NEVER, NIGHTLY, checked, checked_or_nightly

TO = ".."


def _written(value: object) -> object:
    """TOML knows dates, and knows no spans of them."""
    return value.isoformat() if isinstance(value, date) else value


def _span(text: str) -> tuple[date, date]:
    first, dots, last = text.partition(TO)
    try:
        begin = date.fromisoformat(first.strip())
        return begin, date.fromisoformat(last.strip()) if dots else begin
    except ValueError:
        raise ValueError(f'expected a date such as "2026-12-24", or "2026-12-24{TO}2027-01-06"') from None


def _known_days(text: str) -> str:
    first, last = _span(text)
    if first > last:
        raise ValueError("the first day must come before the last")
    return text


def _web_address(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value().startswith(("https://", "http://")):
        raise ValueError("expected a web address")
    return secret


Address = Annotated[SecretStr, AfterValidator(_web_address)]
Written = Annotated[str, AfterValidator(checked)]
Days = Annotated[str, BeforeValidator(_written), AfterValidator(_known_days)]


class Timetable(BaseModel):
    """When which job is due, in the team's time zone."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    nightly: Written = Field(
        default="04:10",
        description='When the backlog is read, checked and reported: "04:10", "04:10 mon-fri", cron\'s form, "never".',
    )
    planning: Written = Field(default=NEVER, description="When the team is told whether it can plan, by the calendar.")
    planning_hours: Annotated[float, Field(gt=0, le=240, allow_inf_nan=False)] | None = Field(
        default=None, description="How many hours before each sprint's start, as the tracker gives it, it is told so."
    )
    bot: Annotated[str, AfterValidator(checked_or_nightly)] = Field(
        default=NEVER,
        description='When the notes on items are kept: a time, or "nightly" for after the report. Counts only where '
        "`write` is true.",
    )
    blackout: tuple[Days, ...] = Field(
        default=(), description=f'Dates on which nothing is done: "2026-12-24", "2026-12-24{TO}2027-01-06".'
    )
    jitter_minutes: Annotated[int, Field(ge=0, le=240)] = Field(
        default=0, description="How much later a job may begin, so that many teams do not ask one tracker at once."
    )
    late_hours: Annotated[float, Field(gt=0, le=168, allow_inf_nan=False)] = Field(
        default=20, description="How late a job that was missed is still done; only the newest one is."
    )
    ping: Address | None = Field(
        default=None,
        description="An address that hears how a job went: itself after a good one, with /start before and /fail after "
        "a bad one, as at healthchecks.io. `{team}` and `{job}` in it are filled in; without `{job}` it hears of the "
        "nightly job alone.",
    )

    @property
    def is_bot_nightly(self) -> bool:
        """Whether the nightly job keeps the notes."""
        return self.bot.strip().lower() == NIGHTLY

    def without_bot(self) -> Self:
        """The same for a team whose tracker is not written to."""
        return self.model_copy(update={"bot": NEVER})

    def is_blacked_out(self, day: date) -> bool:
        """Whether nothing is done on that day."""
        return any(first <= day <= last for first, last in self._blackout())

    def _blackout(self) -> Iterator[tuple[date, date]]:
        return map(_span, self.blackout)
