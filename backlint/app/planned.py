"""One team's answer before planning, as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from backlint.planning import Agenda, Planning
from backlint.planning.telling import because, size


@dataclass(frozen=True, slots=True)
class Planned:
    """The answer, and the team's agenda if one was asked for."""

    name: str
    planning: Planning
    agenda: Agenda | None = None

    @property
    def words(self) -> Mapping[str, object]:
        """What the templates show."""
        return {
            "name": self.name,
            "planning": self.planning,
            "because": tuple(because(self.planning)),
            "sizes": tuple(size(each.item) for each in self.planning.coming),
            "agendas": (self.agenda,) if self.agenda else (),
        }

    @property
    def verdict(self) -> str:
        """One line for a person."""
        return f"{'can plan' if self.planning.can_plan else 'cannot plan yet'}. {' '.join(because(self.planning))}"
