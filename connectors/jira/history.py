"""Changelogs and comments, told as events, oldest first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from backlint.connectors.jira.fields import FieldMap, Meaning
from backlint.connectors.jira.payload import part, several
from backlint.connectors.jira.people import People
from backlint.connectors.jira.times import moment
from backlint.connectors.jira.words import Words
from backlint.markup import Markup, to_markdown
from backlint.model import Event, Happening, Person
from backlint.model.taking_back import LONGEST_VALUE
from backlint.note import read_marker
from backlint.transport import Json

SYSTEM: Mapping[str, Happening] = {
    "summary": Happening.WROTE,
    "description": Happening.WROTE,
    "environment": Happening.WROTE,
    "attachment": Happening.WROTE,
    "status": Happening.STAGED,
    "rank": Happening.RANKED,
    "priority": Happening.PRIORITISED,
    "timeoriginalestimate": Happening.ESTIMATED,
    "timeestimate": Happening.ESTIMATED,
    "assignee": Happening.ASSIGNED,
    "labels": Happening.LABELLED,
    "component": Happening.LABELLED,
    "components": Happening.LABELLED,
    "link": Happening.LINKED,
    "issuelinks": Happening.LINKED,
    "remoteissuelink": Happening.LINKED,
    "sprint": Happening.SPRINTED,
    "fix version": Happening.THEMED,
    "fixversions": Happening.THEMED,
    "epic link": Happening.THEMED,
    "epic child": Happening.THEMED,
    "parent": Happening.THEMED,
    "issueparentassociation": Happening.THEMED,
    "duedate": Happening.DATED,
    "story points": Happening.ESTIMATED,
    "story point estimate": Happening.ESTIMATED,
}
"""What a change of a field is, by the field's id or its name in the history, which Jira does not translate."""

MEANINGS: Mapping[Meaning, Happening] = {
    Meaning.POINTS: Happening.ESTIMATED,
    Meaning.CRITERIA: Happening.WROTE,
    Meaning.RANK: Happening.RANKED,
    Meaning.SPRINT: Happening.SPRINTED,
    Meaning.EPIC: Happening.THEMED,
    Meaning.PARENT: Happening.THEMED,
    Meaning.MOSCOW: Happening.PRIORITISED,
}
SCORES = set(Meaning) - set(MEANINGS) - {Meaning.FLAGGED, Meaning.TEAM}


@dataclass(frozen=True)
class Historian:
    """Reads the histories of one site; `statuses` are its statuses by id."""

    fields: FieldMap
    words: Words
    people: People
    statuses: Mapping[str, Json]

    def events(
        self, issue: Json, author: Person | None, changes: Iterable[Json], comments: Iterable[Json]
    ) -> tuple[Event, ...]:
        """Everything that happened to an issue, its creation first."""
        said = [event for change in changes for event in self._changed(change)]
        said += [event for comment in comments for event in self._commented(comment)]
        created = moment(part(issue, "fields").get("created"))
        if created:
            said.append(Event(at=created, what=Happening.CREATED, actor=author))
        return tuple(sorted(said, key=lambda event: event.at))

    def _changed(self, change: Json) -> Iterator[Event]:
        at = moment(change.get("created"))
        if at is None:
            return
        actor = self.people.person(change.get("author"))
        for step in several(change, "items"):
            what = self._what(step)
            status = self.statuses.get(str(step.get("to") or "")) if what is Happening.STAGED else None
            yield Event(
                at=at,
                what=what,
                actor=actor,
                field=str(step.get("field") or "") or None,
                before=_value(what, step, "fromString", "from"),
                after=_value(what, step, "toString", "to"),
                stage=self.words.stage(status) if status else None,
            )

    def _commented(self, comment: Json) -> Iterator[Event]:
        at = moment(comment.get("created"))
        if at is not None:
            body = comment.get("body")
            text = to_markdown(body, Markup.JIRA_WIKI if isinstance(body, str) else Markup.ADF)
            author = self.people.person(comment.get("author"))
            is_ours = read_marker(text) is not None and self.people.may_write_for_us(author)
            yield Event(at=at, what=Happening.COMMENTED, actor=author, text=text, is_ours=is_ours)

    def _what(self, step: Json) -> Happening:
        id_, name = str(step.get("fieldId") or ""), str(step.get("field") or "")
        if id_.startswith("customfield_"):
            meaning = next((meaning for meaning, ids in self.fields.ids.items() if id_ in ids), None)
            if meaning:
                return MEANINGS.get(meaning, Happening.SCORED if meaning in SCORES else Happening.OTHER)
        return SYSTEM.get(id_.lower()) or SYSTEM.get(name.lower()) or Happening.OTHER


def _value(what: Happening, step: Json, shown: str, raw: str) -> str | None:
    """A value as people see it, no longer than histories keep; histories tell texts in wiki markup, also on Cloud."""
    value = step.get(shown) if step.get(shown) is not None else step.get(raw)
    text = None if value is None else str(value)[:LONGEST_VALUE]
    is_whole_text = text is not None and what is Happening.WROTE and len(text) < LONGEST_VALUE
    return to_markdown(text, Markup.JIRA_WIKI)[:LONGEST_VALUE] if text and is_whole_text else text
