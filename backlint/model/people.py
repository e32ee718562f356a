"""Who is who: which accounts are machines, and who is on the team."""

import re
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from backlint.model.item import Person

BOTS = ("*[bot]", "*-bot", "*github bot", "automation for jira", "github-actions", "hudson", "jenkins")
"""Machines that act under an ordinary account; only names that nobody's parents give."""


class People(BaseModel):
    """What a team says about the accounts in its trackers, where the trackers do not say it themselves.

    A name is an account's id or the name that it shows, in any case; `*` stands for any letters.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    bots: tuple[str, ...] = Field(default=BOTS, description="Accounts that are machines: what they do is no activity.")
    team: tuple[str, ...] = Field(default=(), description="The team. Empty: as the tracker says, if it says.")
    owners: tuple[str, ...] = Field(default=(), description="Who answers for the order of the backlog.")

    def is_bot(self, person: Person | None) -> bool:
        """Whether a machine did it; an unknown actor is taken for a person."""
        return person is not None and (person.is_bot or _are_among(person.name, person.id, self.bots))

    def on_team(self, person: Person | None) -> bool | None:
        """Whether the person is on the team; `None` where neither the tracker nor the team says."""
        if person is None:
            return None
        return _is_among(person, self.team) if self.team else person.on_team

    def is_owner(self, person: Person | None) -> bool | None:
        """Whether the person answers for the backlog's order; `None` where the team names nobody."""
        return _is_among(person, self.owners) if person and self.owners else None


def _is_among(person: Person, names: tuple[str, ...]) -> bool:
    return _are_among(person.name, person.id, names)


@lru_cache(maxsize=4096)
def _are_among(name: str, id_: str, names: tuple[str, ...]) -> bool:
    pattern = _pattern(names)
    return bool(pattern.fullmatch(name) or pattern.fullmatch(id_))


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    wildcards = (".*".join(map(re.escape, name.strip().split("*"))) for name in names)
    return re.compile("|".join(wildcards) or r"(?!)", re.IGNORECASE)
