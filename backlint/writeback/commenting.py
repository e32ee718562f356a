"""From findings to a plan: which notes to write, edit and remove."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2s

from backlint import note as notes
from backlint.finding import Finding
from backlint.manners import Manners, Settled, Silence, Spoken, Wish, wishes
from backlint.model import Backlog, Item
from backlint.transport import Json
from backlint.writeback.changes import NOTE, Kept, NoteChange
from backlint.writeback.journal import Journal
from backlint.writeback.plan import Plan, Step, obstacle
from backlint.writer import Markup, Opening, Standing, Writer

RENDERED: Mapping[Markup, Callable[[notes.Note], Json]] = {
    Markup.MARKDOWN: notes.to_markdown,
    Markup.ADF: notes.to_adf,
    Markup.WIKI: notes.to_wiki,
}


FRESH = timedelta(days=7)
"""How old the figures of a note may be. "Untouched for 41 days" is another text every night, and no news: who comes
back once a week, as teams refine, finds it right to the week, and the history of the comment stays short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A plan, and the items about which nothing is said; `refusal` is why the plan must not be applied."""

    plan: Plan
    silent: tuple[Silence, ...] = ()
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """A note that should be there, and the rules whose findings it tells of."""

    note: notes.Note
    rules: tuple[str, ...]
    about: str


@dataclass(frozen=True)
class Commenting:
    """Plans the notes of one source of a team."""

    journal: Journal
    manners: Manners

    async def plan(
        self, team: str, backlog: Backlog, findings: Collection[Finding], among: Collection[str], way: Opening
    ) -> Intent:
        """What to write, about items `among` these; the tracker is read, if there is anything to write at all."""
        wanted = self._wanted(backlog, findings, among)
        prints = self._prints(wanted, backlog.now)
        said = list(wishes(backlog, prints, self.manners, self._spoken(among)))
        wished = [each for each in said if isinstance(each, Wish)]
        silent = [each for each in said if isinstance(each, Silence)]
        refusal = self._refusal(len(wished))
        steps: list[Step] = []
        if wished and refusal is None:
            async with way as writer:
                found = [(wish, await self._step(wish, wanted.get(wish.item.id), writer)) for wish in wished]
            steps = [step for _, step in found if isinstance(step, Step)]
            silent += [Silence(item=wish.item, why=why) for wish, why in found if isinstance(why, str)]
        plan = Plan(team=team, source=self.journal.source, made_at=backlog.now, steps=tuple(steps))
        return Intent(plan=plan, silent=tuple(silent), refusal=refusal)

    def _prints(self, wanted: Mapping[str, Saying], now: datetime) -> Mapping[str, str]:
        """The fingerprint of each note that should be there: for a while that of the one that says the same."""
        last, prints = self.journal.last(wanted), {id_: saying.note.fingerprint for id_, saying in wanted.items()}
        for id_, saying in wanted.items():
            written = last.get((id_, NOTE))
            stands = written.step.change.after if written and isinstance(written.step.change, NoteChange) else None
            if written and stands and stands.about == saying.about and now - written.at < FRESH:
                prints[id_] = stands.fingerprint
        return prints

    def _wanted(self, backlog: Backlog, findings: Collection[Finding], among: Collection[str]) -> Mapping[str, Saying]:
        held: dict[str, list[Finding]] = {}
        for each in findings:
            if each.subject and each.subject.id in among and self.manners.heeds(each):
                held.setdefault(each.subject.id, []).append(each)
        pages, stays = self.manners.pages, self.manners.settled is Settled.FOLD
        return (self._settled(backlog, findings, among) if stays else {}) | {
            id_: Saying(
                notes.compose(backlog.by_id[id_], found, pages=pages, stays=stays),
                tuple(dict.fromkeys(each.rule for each in found)),
                _about(sorted(each.fingerprint for each in found), pages, stays),
            )
            for id_, found in held.items()
        }

    def _settled(self, backlog: Backlog, findings: Collection[Finding], among: Collection[str]) -> dict[str, Saying]:
        """The notes to tick and fold: nothing is held against their items any more, in whatever band these are now."""
        least = self.manners.severity.weight
        unsettled = {each.subject.id for each in findings if each.subject and each.severity.weight >= least}
        settled: dict[str, Saying] = {}
        for (id_, slot), written in self.journal.last(among).items():
            change, item = written.step.change, backlog.by_id.get(id_)
            stands = change.after if slot == NOTE and isinstance(change, NoteChange) else None
            if item and stands and id_ in among and id_ not in unsettled:
                note = notes.settled(item, stands.rules, pages=self.manners.pages)
                settled[id_] = Saying(note, stands.rules, note.fingerprint)
        return settled

    def _spoken(self, among: Collection[str]) -> Mapping[str, Spoken]:
        spoken: dict[str, Spoken] = {}
        for (item, slot), written in self.journal.last(among).items():
            change = written.step.change
            if slot == NOTE and item in among and isinstance(change, NoteChange):
                print_ = change.after.fingerprint if change.after else None
                spoken[item] = Spoken(at=written.at, fingerprint=print_)
        return spoken

    def _refusal(self, writes: int) -> str | None:
        most = self.manners.per_run
        if writes <= most:
            return None
        return (
            f"{writes} notes would be written, more than the {most} of one run, so none is. Narrow `comments.bands`, "
            "or raise `comments.per_run` once you have read them."
        )

    async def _step(self, wish: Wish, wanted: Saying | None, writer: Writer) -> Step | str | None:
        """The step; or why there is none, `None` where the note is as it should be already."""
        item = wish.item
        after = None
        if wanted:
            note = wanted.note
            body = RENDERED[writer.markup](note)
            after = Kept(fingerprint=note.fingerprint, body=body, rules=wanted.rules, about=wanted.about)
        step = _step(item, NoteChange(before=None, after=after), wish)
        standing = await writer.look(step.target)
        if standing is None or (reason := obstacle(step, standing)):
            return obstacle(step, standing)
        if reason := self._taken_over(item, standing):
            return reason
        there = standing.notes[0].note if standing.notes else None
        if (there.fingerprint if there else None) == (after.fingerprint if after else None):
            return None
        before = Kept(fingerprint=there.fingerprint, body=there.body) if there else None
        return _step(item, NoteChange(before=before, after=after), wish, standing.updated)

    def _taken_over(self, item: Item, standing: Standing) -> str | None:
        """What a person did to the note."""
        if any(posted.is_touched for posted in standing.notes):
            return "a person edited the note"
        said = self._spoken({item.id}).get(item.id)
        is_removed = said is not None and said.fingerprint is not None and not standing.notes
        return "a person removed the note" if is_removed else None


def _about(*told: object) -> str:
    return blake2s(json.dumps(told).encode(), digest_size=8).hexdigest()


def _step(item: Item, change: NoteChange, wish: Wish, seen: datetime | None = None) -> Step:
    why = "nothing is left to say" if change.after is None else "something was found"
    person = wish.person.id if wish.person else None
    return Step(item=item.id, key=item.key, url=item.url, change=change, why=why, person=person, seen=seen)
