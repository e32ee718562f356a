"""A refinement agenda: what to talk about, in which order, for how long, and who prepares what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backlint.finding import Finding
from backlint.health.actions import MINUTES, OTHERWISE
from backlint.model import Item
from backlint.planning.planning import Coming, Planning

QUESTIONS: Mapping[str, str] = {
    "missing-description": "What is wanted, for whom, and why now?",
    "missing-acceptance-criteria": "How will we see that it is done?",
    "untestable-criteria": "How would we test each criterion?",
    "unfilled-template": "What belongs where the template still stands?",
    "missing-estimate": "How large is it, next to the last ones we finished?",
    "estimate-outlier": "Why should it take so much more or less than those like it?",
    "oversized-item": "Which part of it would already help somebody?",
    "too-many-criteria": "Which criteria make an item of their own?",
    "compound-item": "Which of its goals comes first?",
    "unresolved-dependency": "When will what it waits for be done, and who asks?",
    "open-question": "Who answers the open question, and by when?",
    "bug-report": "How can it be seen, and what should happen instead?",
    "missing-owner": "Who looks after it?",
}
"""What to ask, by rule; for any other rule the finding's own next step is the question."""

LONGEST = 25
"""Minutes: what takes longer is not refined in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One item to talk about: what is asked, and about how many minutes it takes."""

    item: Item
    place: int
    minutes: int
    questions: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What one person prepares."""

    person: int
    topics: tuple[Topic, ...]

    @property
    def minutes(self) -> int:
        """About how long that takes."""
        return sum(topic.minutes for topic in self.topics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is talked about, and what there was no time for."""

    topics: tuple[Topic, ...]
    shares: tuple[Share, ...]
    left: tuple[Topic, ...]

    @property
    def minutes(self) -> int:
        """About how long all of it takes."""
        return sum(topic.minutes for topic in self.topics)


def agenda(planning: Planning, *, minutes: int = 60, people: int = 1) -> Agenda:
    """What the next items lack, from the top, as far as the time goes, split evenly among so many people.

    An item that does not fit any more is left, and the next that fits is taken: an hour is not ended early for an item
    of twenty minutes. Each topic goes to whoever has least to do so far, so the top of the order is spread over all.
    """
    topics: list[Topic] = []
    left: list[Topic] = []
    spent = 0
    for coming in planning.coming:
        if coming.lacks:
            topic = _topic(coming)
            fits = spent + topic.minutes <= minutes
            (topics if fits else left).append(topic)
            spent += topic.minutes if fits else 0
    return Agenda(topics=tuple(topics), shares=_split(topics, people), left=tuple(left))


def _topic(coming: Coming) -> Topic:
    minutes = sum(MINUTES.get(finding.family, OTHERWISE) for finding in coming.lacks)
    return Topic(
        item=coming.item,
        place=coming.place,
        minutes=min(minutes, LONGEST),
        questions=tuple(_each_once(QUESTIONS.get(finding.rule, finding.fix) for finding in coming.lacks)),
        findings=coming.lacks,
    )


def _each_once(questions: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(questions)


def _split(topics: Sequence[Topic], people: int) -> tuple[Share, ...]:
    hands: list[list[Topic]] = [[] for _ in range(people)]
    for topic in topics:
        min(hands, key=lambda hand: sum(each.minutes for each in hand)).append(topic)
    return tuple(Share(number, tuple(hand)) for number, hand in enumerate(hands, 1))
