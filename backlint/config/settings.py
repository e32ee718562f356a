"""The settings that are no plugin's: what may stand in `backlint.toml` beside rules, reports and sources."""

from collections.abc import Mapping
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from backlint.config.overrides import OverrideSettings
from backlint.config.service import ServiceSettings
from backlint.config.tables import Table
from backlint.finding import Severity
from backlint.manners import Manners
from backlint.model import BandWidths
from backlint.model.people import People
from backlint.planning import Demands
from backlint.timetable import Timetable
from backlint.timetable.when import when


def _known_zone(name: object) -> object:
    try:
        ZoneInfo(str(name))
    except (LookupError, OSError, ValueError):
        raise ValueError('expected the name of a time zone, such as "Europe/Berlin"') from None
    return name


WORKDAYS = frozenset({1, 2, 3, 4, 5})
"""As cron counts them: Sunday is 0."""

Zone = Annotated[str, BeforeValidator(_known_zone)]


class TeamSettings(BaseModel):
    """A team is one ordered backlog. Its sources stand beside these settings, each under its connector's name."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    velocity: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = Field(
        default=None,
        description="What the team finishes in a sprint, in the unit of its estimates. Left out: the tracker's own.",
    )
    bands: BandWidths = Field(default=BandWidths(), description="How far each band reaches.")
    people: People = Field(default=People(), description="Who is a machine, who is on the team, who owns the backlog.")
    ready: Demands = Field(default=Demands(), description="What an item must pass before it is planned.")
    time_zone: Zone = Field(default="UTC", description="The team's time zone, for the dates in reports.")
    write: bool = Field(default=False, description="Whether `--apply` may write to the team's trackers at all.")
    comments: Manners = Field(default=Manners(), description="When backlint may comment on an item.")
    dashboard: bool = Field(
        default=False,
        description="Whether the nightly job keeps an issue on GitHub that shows how the backlog is. Needs `write`.",
    )
    schedule: Timetable = Field(
        default=Timetable(), description="When the team's jobs are due; what is left out is as for all teams."
    )

    @model_validator(mode="after")
    def _in_time(self) -> Self:
        """A bot that comes when nothing may be written would fail every day."""
        bot = when(self.schedule.nightly if self.schedule.is_bot_nightly else self.schedule.bot)
        hours, is_weekday = self.comments.hours, bot is None or bot.is_either or bool(bot.weekdays & WORKDAYS)
        if self.write and bot and hours and not (is_weekday and hours[0] <= bot.time.hour < hours[1]):
            raise ValueError("schedule.bot comes outside of comments.hours, so that it would never write")
        return self


class Settings(BaseSettings):
    """The configuration as it was written, checked as far as that is possible without the plugins."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        env_prefix="BACKLINT_",
        env_nested_delimiter="__",
        enable_decoding=False,
    )

    extend: str | None = Field(
        default=None, description="Another file that is read first, relative to this one; what stands here wins."
    )
    store: str = Field(
        default="backlint.db",
        description="The file that keeps what was read, relative to this file; or a database URL.",
    )
    baseline: str = Field(
        default="backlint-baseline.json",
        description="The file of what is forgiven, relative to this file; it need not be there.",
    )
    fail_on: Severity = Field(default=Severity.ERROR, description="The least severity that makes `check` exit with 1.")
    select: tuple[str, ...] = Field(
        default=("recommended",), description="The rules that run: profiles, families or rules by name."
    )
    extend_select: tuple[str, ...] = Field(default=(), description="Rules that run beside those selected.")
    ignore: Mapping[str, str] = Field(
        default_factory=dict[str, str],
        description="Families or rules that do not run: a list, or a table that says of each why.",
    )
    schedule: Timetable = Field(
        default=Timetable(), description="When the jobs of `backlint serve` are due, for teams that say nothing else."
    )
    pages: str | None = Field(
        default=None, description="The folder that jobs write a page for each team into, relative to this file."
    )
    teams: Mapping[str, Table] = Field(
        default_factory=dict[str, Table], repr=False, description="The backlogs, by team."
    )
    minutes: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = Field(
        default=None,
        description="How long reading the trackers may take; what is not read by then is read by the next run.",
    )
    keep_days: Annotated[int, Field(ge=1)] = Field(
        default=400,
        description="How many days runs, and items that the trackers deleted, are kept. The last run of a team stays, "
        "and so does all that was ever written to a tracker.",
    )
    past_weeks: Annotated[int, Field(ge=0, le=52)] = Field(
        default=12,
        description="How many weeks before a team's first run are rebuilt from the items' histories, so that the first "
        "report has a past; 0 for none.",
    )
    overrides: tuple[OverrideSettings, ...] = Field(
        default=(), description="Other settings for some of the items; the last that matches an item counts."
    )
    rules: Mapping[str, Table] = Field(default_factory=dict[str, Table], description="Settings of rules, by rule.")
    reports: Mapping[str, Table] = Field(
        default_factory=dict[str, Table], description="Settings of reports, by report."
    )
    channels: Mapping[str, Table] = Field(
        default_factory=dict[str, Table], repr=False, description="Where reports are sent, by channel."
    )

    service: ServiceSettings = Field(
        default=ServiceSettings(), description="Where `backlint serve` listens, and to whom."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Nothing but what is handed in: `layers` has read every source already, and knows what came from where."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)
