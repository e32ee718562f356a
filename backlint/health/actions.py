"""The ten best things to do: what raises the score most, one step each, no item twice."""

from collections.abc import Iterator, Mapping, Sequence

from backlint.finding import Finding
from backlint.health.health import Action
from backlint.health.score import Scale, by_subject
from backlint.model import Backlog, Item
from backlint.model.people import People

SHOWN = 10
"""More is a list; ten is an agenda."""

MINUTES: Mapping[str, int] = {
    "ordering": 5,
    "staleness": 5,
    "readiness": 10,
    "size": 15,
    "content": 10,
    "roadmap": 5,
    "flow": 20,
    "waivers": 2,
}
"""About how long one step takes a team that knows the item. A rough guess, shown as one."""

OTHERWISE = 10
WHOLE_BACKLOG = 30
"""A step for the backlog as a whole is a talk, whatever it is about."""


def best_actions(backlog: Backlog, findings: Sequence[Finding], scale: Scale) -> tuple[Action, ...]:
    """What to do next: the greatest gain first, the quicker of two that gain the same, then the item nearer the top."""
    actions = [action for of_one in by_subject(findings).values() for action in _best_for_one(of_one, backlog, scale)]
    place = {finding.fingerprint: number for number, finding in enumerate(findings)}
    actions.sort(key=lambda it: (-it.gain, it.minutes, place[it.findings[0].fingerprint]))
    return tuple(actions[:SHOWN])


def _best_for_one(findings: Sequence[Finding], backlog: Backlog, scale: Scale) -> Iterator[Action]:
    """The best step for one item; for the backlog itself, each step: they have nothing to do with one another."""
    steps: dict[str, list[Finding]] = {}
    for finding in findings:
        steps.setdefault(finding.fix, []).append(finding)
    actions = [_action(step, mended, findings, backlog, scale) for step, mended in steps.items()]
    if findings[0].subject is None:
        yield from actions
    else:
        yield max(actions, key=lambda it: it.gain)


def _action(
    step: str, mended: Sequence[Finding], findings: Sequence[Finding], backlog: Backlog, scale: Scale
) -> Action:
    left = [finding for finding in findings if finding not in mended]
    about = mended[0].subject
    item = backlog.by_id.get(about.id) if about else None
    return Action(
        findings=tuple(mended),
        step=step,
        gain=round(scale.cost(findings) - scale.cost(left), 1),
        minutes=MINUTES.get(mended[0].family, OTHERWISE) if about else WHOLE_BACKLOG,
        who=who(item, backlog.people) if item else (),
        more=len(left) if about else 0,
    )


def who(item: Item, people: People) -> tuple[str, ...]:
    """Whose the item is: the assignees' names, else the author's, unless that is a machine."""
    if item.assignees:
        return tuple(person.name for person in item.assignees)
    return (item.author.name,) if item.author and not people.is_bot(item.author) else ()
