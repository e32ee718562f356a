"""The rule untriaged-inbox."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import PERSON, ago, example, happened, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Happening, Item, Person, Stage
from backlint.model.activity import TRIAGE
from backlint.rule import BacklogRule, SeverityByBand, Verdict

_BLANK = {"labels": frozenset[str](), "assignees": (), "themes": (), "parent": EMPTY, "author": PERSON}


class UntriagedInbox(BacklogRule):
    """Items wait for a first look, and nobody takes it.

    A new item that nobody but its author has touched, without a label, an owner, a theme or a parent, and to which even
    its author gave no priority and no status, is not yet in the backlog: it is in the inbox. A few are normal; many,
    for weeks, mean that what users report is not read, and that the backlog is not the whole of the work. What somebody
    of the team wrote has been looked at. Go through them once a week, oldest first: take, ask, or close.
    """

    flags = (example(*(item(n, **_BLANK, created=ago(20 + n), events=()) for n in range(1, 8))),)
    passes = (
        example(*(item(n, **_BLANK, created=ago(n), events=()) for n in range(1, 8)), note="All are fresh."),
        example(
            *(
                item(
                    n,
                    **_BLANK,
                    created=ago(20 + n),
                    events=(happened(Happening.COMMENTED, 9, actor=Person(id="example:kim", name="Kim")),),
                )
                for n in range(1, 8)
            ),
            note="Kim has looked at each.",
        ),
    )
    undecided = (example(*(item(n, **_BLANK, created=ago(20 + n), events=None) for n in range(1, 8))),)

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    days: int = Field(default=14, ge=0, description="How long an item may wait for a first look.")
    at_most: int = Field(default=5, ge=0, description="How many items may wait for longer.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Count what nobody but its author has touched."""
        old = [
            item
            for item in backlog.open
            if item.stage is Stage.BACKLOG
            and not item.kind.contains_items
            and (backlog.now - item.created).days > self.days
        ]
        looks = [(item, _was_looked_at(item, backlog)) for item in old]
        waiting = [item for item, was_looked_at in looks if was_looked_at is False]
        if len(waiting) > self.at_most:
            eldest = min(waiting, key=lambda item: (item.created, item.id))
            yield Fault(
                fact=f"{len(waiting)} items wait for a first look, {eldest.key} since {eldest.created:%Y-%m-%d}",
                limit=f"{self.at_most} for longer than {self.days} days",
                fix="Go through them, oldest first: take, ask, or close.",
                evidence={"keys": [item.key for item in sorted(waiting, key=lambda item: item.created)[:20]]},
            )
        elif len(waiting) + sum(answer is None for _, answer in looks) > self.at_most:
            yield Undecidable(missing="histories, labels, owners, themes and parents of all items")


def _was_looked_at(item: Item, backlog: Backlog) -> bool | None:
    """Whether anybody but the author did anything about it, or anybody gave it a place."""
    if item.labels or item.assignees or item.themes or isinstance(item.parent, str):
        return True
    if backlog.activity.on_team(item.author):
        return True
    fields = (item.labels, item.assignees, item.themes, item.parent)
    if any(field is None for field in fields) or item.events is None or item.author is None:
        return None
    author = item.author.id
    return any(
        event.what in TRIAGE or event.actor is None or event.actor.id != author
        for event in backlog.activity.events(item)
    )
