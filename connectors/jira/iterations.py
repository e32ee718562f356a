"""Which sprints are open, from one pull to the next.

A board lists the sprints that run or are to come. One that was closed is merely missing from the list, and the issues
that still name it need not have changed: so the open ones are remembered, and what is missing is asked for by its id.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from backlint.connectors.jira.door import checked
from backlint.connectors.jira.payload import is_object
from backlint.connectors.jira.sprints import to_sprint
from backlint.connectors.jira.together import together
from backlint.errors import TrackerError
from backlint.model import Sprint, SprintState
from backlint.transport import Json, Site

MOST = 20
"""So many sprints are asked for by themselves in one pull; the next one asks for the rest."""


@dataclass
class Iterations:
    """The sprints of one source.

    Attributes:
        prefix: What their ids begin with.
        before: The numbers of those that were open when the last pull ended.
        seen: What this pull was told, by number.
    """

    site: Site
    prefix: str
    before: Sequence[str] = ()
    seen: dict[str, Sprint] = field(default_factory=dict[str, Sprint])

    def note(self, sprints: Iterable[Sprint]) -> None:
        """Take what an answer says of some sprints; all of one pull's answers are of one age."""
        self.seen |= {_number(sprint): sprint for sprint in sprints}

    @property
    def open(self) -> tuple[str, ...]:
        """The numbers of those that are open as far as we know, for the next pull."""
        unseen = [number for number in self.before if number not in self.seen]
        running = [number for number, sprint in self.seen.items() if sprint.state is not SprintState.CLOSED]
        return tuple(sorted({*unseen, *running}, key=lambda number: (len(number), number)))

    @property
    def is_all_seen(self) -> bool:
        """Whether those that were open have all been named since; one that was closed would be missing."""
        return all(number in self.seen for number in self.before)

    async def ask_for_unseen(self) -> None:
        """Learn what became of those that were open and that nothing has named since; what is deleted is forgotten."""
        missing = [number for number in self.before if number not in self.seen][:MOST]
        told = await together([self._one(number) for number in missing])
        self.before = [number for number in self.before if number not in missing]
        self.note(sprint for value in told if value and (sprint := to_sprint(value, self.prefix)))

    async def _one(self, number: str) -> Json:
        """A sprint; `None` where it is deleted, or is not to be seen any more."""
        answer = await self.site.get(f"rest/agile/1.0/sprint/{number}")
        if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}:
            return None
        body = checked(answer, f"sprint {number}")
        if not is_object(body):
            raise TrackerError(f"Jira answered for sprint {number} with something that is no sprint.", retryable=True)
        return body


def _number(sprint: Sprint) -> str:
    return sprint.id.rpartition("/")[2]
