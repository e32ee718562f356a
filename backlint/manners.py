"""When to speak: about which items the team is written to, and when it is better left alone.

Bots are hated for noise. A nudge that came only when something was due, stayed silent while it moved, and went to the
one person who could act was rated positive by 73 % (Maddila et al., Nudge, 2020); so does this.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from backlint.finding import Finding, Severity
from backlint.model import Backlog, Band, Item, Person

Label = Annotated[str, Field(pattern=r"^\S+$", max_length=50)]
"""A label that every tracker takes: Jira has none with spaces, GitHub none above 50 characters."""

Address = Annotated[str, Field(pattern=r"^https?://[^\s]+$", max_length=500)]

Hours = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Most = Annotated[int, Field(ge=1, le=400)]
Hour = Annotated[int, Field(ge=0, le=24)]

FRIDAY = 4


class Settled(StrEnum):
    """What becomes of a note when nothing is left to say."""

    REMOVE = "remove"
    FOLD = "fold"


class Manners(BaseModel):
    """When backlint may comment on an item."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bands: frozenset[Band] = Field(
        default=frozenset({Band.NEXT, Band.SOON}), description="The bands whose items are commented on."
    )
    severity: Severity = Field(default=Severity.WARNING, description="The least severity that is worth a comment.")
    grace_hours: Hours = Field(default=24, description="How long an item is left alone after it was written.")
    quiet_hours: Hours = Field(default=24, description="How long it is left alone after a person did something there.")
    cool_down_hours: Hours = Field(default=20, description="The least time between two writes to one note.")
    relapse_days: Hours = Field(default=7, description="How long a note that was removed stays away at least.")
    per_run: Most = Field(default=20, description="The most writes of one run; above that it writes nothing.")
    per_person: Most = Field(default=3, description="The most new notes for one person in one run; the rest waits.")
    opt_out_labels: frozenset[str] = Field(
        default=frozenset({"backlint:ignore", "no-backlint"}), description="Items with these labels are left alone."
    )
    opt_out_people: frozenset[str] = Field(
        default=frozenset[str](), description="Whose items are left alone, by name or account."
    )
    hours: tuple[Hour, Hour] | None = Field(
        default=None, description="From and to which hour on weekdays anything is written, in the team's time zone."
    )

    ready_label: Label = Field(default="ready", description="What `backlint label` puts on what can be planned.")
    unready_label: Label = Field(
        default="needs-refinement", description="What it puts on what is nearly planned and cannot be."
    )
    removal_label: Label = Field(
        default="close-candidate", description="What `backlint label --close-candidates` puts on what may be dropped."
    )

    pages: Address | None = Field(
        default=None,
        description="Where the pages of the rules are: a rule's name is put for `{rule}`, or added. "
        "Left out: notes name the rule and do not link it.",
    )

    settled: Settled = Field(
        default=Settled.REMOVE,
        description="What becomes of a note when all is settled: it goes, or is ticked and folded.",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.hours and self.hours[0] >= self.hours[1]:
            raise ValueError("the first hour must come before the second")
        return self

    def heeds(self, finding: Finding) -> bool:
        """Whether a finding is worth a comment."""
        return finding.band in self.bands and finding.severity.weight >= self.severity.weight

    def is_time(self, now: datetime, zone: str) -> bool:
        """Whether people are at work."""
        if self.hours is None:
            return True
        there = now.astimezone(ZoneInfo(zone))
        return there.weekday() <= FRIDAY and self.hours[0] <= there.hour < self.hours[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What was last done to the note of an item: when, and the note's fingerprint now; `None`: it was removed."""

    at: datetime
    fingerprint: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An item whose note should be written, edited or removed, and whose attention that takes."""

    item: Item
    person: Person | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """An item about which something could be said and is not, for now, and why."""

    item: Item
    why: str


def wishes(
    backlog: Backlog, wanted: Mapping[str, str], manners: Manners, spoken: Mapping[str, Spoken]
) -> Iterator[Wish | Silence]:
    """What to say, nearest to being planned first.

    `wanted` are the fingerprints of the notes that should be there, `spoken` what was said, both by item. Where the
    two agree nothing is to be done.
    """
    new: Counter[str] = Counter()
    for item in backlog:
        said = spoken.get(item.id)
        standing = said.fingerprint if said else None
        if wanted.get(item.id) == standing:
            continue
        person = whose(item)
        why = reason_for_silence(item, backlog, manners, said, person)
        if why is None and standing is None and person:
            new[person.id] += 1
            if new[person.id] > manners.per_person:
                why = f"{person.name} gets no more than {manners.per_person} new notes in a run"
        yield Silence(item=item, why=why) if why else Wish(item=item, person=person)


def whose(item: Item) -> Person | None:
    """The one person who can act: who has the item, or else who wrote it."""
    return item.assignees[0] if item.assignees else item.author


def reason_for_silence(
    item: Item, backlog: Backlog, manners: Manners, said: Spoken | None, person: Person | None
) -> str | None:
    """Why an item is left alone for now; `None`: nothing speaks against writing."""
    now = backlog.now
    last = backlog.activity.last(item)
    rest = timedelta(hours=manners.cool_down_hours)
    if said and said.fingerprint is None:
        rest = max(rest, timedelta(days=manners.relapse_days))
    names = {person.id, person.name} if person else set[str]()
    reasons = {
        "it is closed": not item.is_open,
        "it is confidential": item.confidential,
        "somebody works on it": item.is_open and not item.stage.is_waiting,
        "its labels ask for silence": bool((item.labels or frozenset()) & manners.opt_out_labels),
        "its owner asked for silence": bool(names & manners.opt_out_people),
        "it is new": now - item.created < timedelta(hours=manners.grace_hours),
        "somebody touched it lately": last is not None and now - last < timedelta(hours=manners.quiet_hours),
        "it was written to lately": said is not None and now - said.at < rest,
    }
    return next((why for why, is_so in reasons.items() if is_so), None)
