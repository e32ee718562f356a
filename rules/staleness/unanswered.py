"""The rule unanswered."""

import re
from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from backlint.example import ago, example, happened
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Happening, Item, Kind, Person, Stage
from backlint.model.activity import LastWord, Turn
from backlint.rule import EVERY_KIND, WAITING, ItemRule, SeverityByBand, Verdict

_VISITOR = Person(id="example:sam", name="Sam", on_team=False)
_MEMBER = Person(id="example:kim", name="Kim", on_team=True)
_ASKED = happened(Happening.COMMENTED, 40, actor=_VISITOR, text="Is anybody looking at this?")

_NOT_THEIR_WORDS = re.compile(
    r"^(```|~~~).*?(?:^\1|\Z)|^[ \t]*>[^\n]*|`[^`\n]*`|https?://\S+", re.MULTILINE | re.DOTALL
)
_QUESTION = re.compile(r"[?？؟]")  # noqa: RUF001 - the full-width and the Arabic one are questions too


class Unanswered(ItemRule):
    """Somebody asked, and nobody on the team has answered.

    An item that waits for the team is not stale, it is forgotten; and whoever asked learns that asking is no use. It is
    the team's turn when somebody from outside asked a question, or brought the item, and nobody on the team has done
    anything about it since. One sentence is an answer, "not now" among them.
    """

    flags = (
        example(created=ago(90), author=_MEMBER, events=(_ASKED,)),
        example("It fails.", created=ago(40), author=_VISITOR, events=(), note="Nobody has looked at it yet."),
    )
    passes = (
        example(created=ago(90), author=_MEMBER, events=(_ASKED, happened(Happening.COMMENTED, 39, actor=_MEMBER))),
        example(
            created=ago(90),
            author=_MEMBER,
            events=(happened(Happening.COMMENTED, 40, actor=_VISITOR, text="Thank you!"),),
            note="Nothing was asked.",
        ),
        example("It fails.", created=ago(3), author=_VISITOR, events=()),
    )
    undecided = (
        example(created=ago(90), author=_VISITOR, events=None),
        example(created=ago(90), author=Person(id="example:lee", name="Lee"), events=()),
    )

    confidence: ClassVar[Confidence] = Confidence.MEDIUM

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    kinds: frozenset[Kind] = Field(default=EVERY_KIND, description="The kinds of item it looks at.")
    stages: frozenset[Stage] = Field(default=WAITING | {Stage.DOING}, description="The stages it looks at.")
    days: int = Field(default=14, ge=0, description="How long an answer may take.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """The last word is an outsider's question."""
        if item.events is None:
            yield Undecidable(missing="the item's history")
            return
        last = backlog.activity.last_word(item)
        if last is None:
            yield Undecidable(missing="who is on the team")
            return
        waited = (backlog.now - last.at).days
        if last.turn is not Turn.TEAM or waited <= self.days:
            return
        asks = _asks(last)
        if asks is None:
            yield Undecidable(missing="the text of the comments")
        elif asks:
            yield Fault(
                fact=f"has kept {last.person.name} waiting for an answer for {waited} days",
                limit=f"{self.days} days",
                fix=f"Answer {last.person.name}; one sentence is enough.",
                evidence={"waiting_days": waited, "limit_days": self.days},
            )


def _asks(last: LastWord) -> bool | None:
    """Whether the last word wants an answer: an item that was brought does, a comment if it holds a question."""
    if last.what is Happening.CREATED:
        return True
    return None if last.text is None else bool(_QUESTION.search(_NOT_THEIR_WORDS.sub(" ", last.text)))
