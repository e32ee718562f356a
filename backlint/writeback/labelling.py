"""From what was found to labels: which to put on, and which to take off again, never one that a person put there."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from backlint.finding import Finding
from backlint.manners import Manners, Silence, Spoken, reason_for_silence, whose
from backlint.model import Backlog, Item
from backlint.planning import Planning
from backlint.writeback.changes import LabelChange
from backlint.writeback.commenting import Intent
from backlint.writeback.journal import Journal, Written
from backlint.writeback.plan import Plan, Step, obstacle
from backlint.writer import Opening, Writer

CANDIDACY = frozenset({"removal-candidate", "unlikely-item"})
"""The rules whose findings say that an item may be dropped."""


@dataclass(frozen=True)
class Labels:
    """The labels that a run keeps, and which of them each item should have. An item not named stays as it is."""

    names: tuple[str, ...]
    wanted: Mapping[str, frozenset[str]]


def of_readiness(backlog: Backlog, planning: Planning, manners: Manners) -> Labels:
    """One label for what can be planned and one for what cannot, in the bands next and soon; no item has both."""
    wanted = {item.id: frozenset[str]() for item in backlog}
    for each in planning.coming:
        if each.lacks:
            wanted[each.item.id] = frozenset({manners.unready_label})
        elif each.unknown:
            del wanted[each.item.id]
        else:
            wanted[each.item.id] = frozenset({manners.ready_label})
    return Labels((manners.unready_label, manners.ready_label), wanted)


def of_candidacy(backlog: Backlog, findings: Collection[Finding], manners: Manners) -> Labels:
    """A label for what may be dropped. Nothing is ever closed: that is for people to do."""
    found = {each.subject.id for each in findings if each.subject and each.rule in CANDIDACY}
    name = frozenset({manners.removal_label})
    wanted = {item.id: name if item.id in found else frozenset[str]() for item in backlog}
    return Labels((manners.removal_label,), wanted)


@dataclass(frozen=True)
class Labelling:
    """Plans the labels of one source of a team."""

    journal: Journal
    manners: Manners

    async def plan(self, team: str, backlog: Backlog, labels: Labels, among: Collection[str], way: Opening) -> Intent:
        """What to put on and take off, about items `among` these; the tracker is read, if there is anything to do."""
        last = self.journal.last(among)
        wished: list[tuple[Item, LabelChange]] = []
        silent: list[Silence] = []
        for item in backlog:
            changes = list(_changes(item, labels, last)) if item.id in among else []
            why = self._silence(item, backlog, labels, last) if changes else None
            if why:
                silent.append(Silence(item=item, why=why))
            else:
                wished += [(item, change) for change in changes]
        refusal = self._refusal(len(wished))
        steps: list[Step] = []
        if wished and refusal is None:
            async with way as writer:
                found = [await _step(item, change, writer) for item, change in wished]
            steps = [each for each in found if isinstance(each, Step)]
            silent += [each for each in found if isinstance(each, Silence)]
        plan = Plan(team=team, source=self.journal.source, made_at=backlog.now, steps=tuple(steps))
        return Intent(plan=plan, silent=tuple(silent), refusal=refusal)

    def _silence(
        self, item: Item, backlog: Backlog, labels: Labels, last: Mapping[tuple[str, str], Written]
    ) -> str | None:
        """Labels keep the same manners as notes."""
        writes = [written for name in labels.names if (written := last.get((item.id, _slot(name))))]
        said = None
        if writes:
            ours = [written.step.change.slot for written in writes if _is_on(written)]
            said = Spoken(at=max(written.at for written in writes), fingerprint="|".join(ours) or None)
        return reason_for_silence(item, backlog, self.manners, said, whose(item))

    def _refusal(self, writes: int) -> str | None:
        most = self.manners.per_run
        if writes <= most:
            return None
        return (
            f"{writes} labels would be changed, more than the {most} of one run, so none is. Raise "
            "`comments.per_run` once you have read what is found."
        )


def _changes(item: Item, labels: Labels, last: Mapping[tuple[str, str], Written]) -> Iterator[LabelChange]:
    """What is to be done: a label that we put and that is gone was taken off by a person, and stays off."""
    wanted = labels.wanted.get(item.id)
    if wanted is None:
        return
    there = {name.casefold() for name in item.labels or ()}
    for name in labels.names:
        written = last.get((item.id, _slot(name)))
        is_ours, is_there = written is not None and _is_on(written), name.casefold() in there
        if name not in wanted and is_ours and is_there:
            yield LabelChange(name=name, after=False)
        elif name in wanted and not is_ours and not is_there:
            yield LabelChange(name=name, after=True)


async def _step(item: Item, change: LabelChange, writer: Writer) -> Step | Silence | None:
    """The step; `None` where a person did it since the item was read."""
    why = "what was found says so" if change.after else "that is not so any more"
    person = whose(item)
    step = Step(item=item.id, key=item.key, url=item.url, change=change, why=why, person=person.id if person else None)
    standing = await writer.look(step.target)
    reason = obstacle(step, standing)
    if standing is None or reason:
        return Silence(item=item, why=reason or "it is gone")
    if change.is_so(standing.labels):
        return None
    return Step(
        item=step.item,
        key=step.key,
        url=step.url,
        change=change,
        why=why,
        person=step.person,
        seen=standing.updated,
    )


def _is_on(written: Written) -> bool:
    return isinstance(written.step.change, LabelChange) and written.step.change.after


def _slot(name: str) -> str:
    return LabelChange(name=name, after=True).slot
