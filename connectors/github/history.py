"""A timeline entry as an event."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backlint.connectors.github.meaning import Meaning
from backlint.connectors.github.payload import part
from backlint.connectors.github.people import People
from backlint.model import Event, Happening, Stage
from backlint.transport import Json

MARKER = "<!-- backlint:"
"""Every comment of ours begins with it."""

CLOSED_AS = {"COMPLETED": Stage.DONE, "NOT_PLANNED": Stage.DROPPED, "DUPLICATE": Stage.DROPPED}


@dataclass(frozen=True, slots=True)
class Told:
    """What one type of entry says."""

    what: Happening
    field: str
    before: str | None = None
    after: str | None = None
    stage: Stage | None = None


@dataclass(frozen=True)
class History:
    """Reads timelines of one GitHub; a move on a project that is not among `projects` is none of ours."""

    people: People
    meaning: Meaning
    projects: frozenset[str] = frozenset()

    def events(self, entries: Sequence[Json]) -> Iterator[Event]:
        """The events of some entries; what GitHub gives no time for is left out."""
        for entry in entries:
            if part(entry).get("createdAt"):
                yield self._event(entry)

    def _event(self, entry: Json) -> Event:
        typename = str(entry.get("__typename"))
        if typename == "IssueComment":
            return self._comment(entry)
        read = _other if self._is_elsewhere(entry) else READERS.get(typename, _other)
        told = read(entry, self.meaning)
        automated = self.people.person({"login": "github", "__typename": "Bot"}) if entry.get("wasAutomated") else None
        return Event(
            at=entry["createdAt"],
            what=told.what,
            actor=automated or self.people.person(entry.get("actor")),
            field=told.field,
            before=told.before,
            after=told.after,
            stage=told.stage,
        )

    def _is_elsewhere(self, entry: Json) -> bool:
        project = part(entry, "project").get("id")
        return bool(self.projects and project and project not in self.projects)

    def _comment(self, entry: Json) -> Event:
        body = str(entry.get("body") or "")
        author = self.people.person(entry.get("author"), entry.get("authorAssociation"))
        is_ours = body.lstrip().startswith(MARKER) and bool(entry.get("viewerDidAuthor") or (author and author.is_bot))
        return Event(at=entry["createdAt"], what=Happening.COMMENTED, actor=author, text=body, is_ours=is_ours)


Reader = Callable[[Json, Meaning], Told]


def _other(entry: Json, _meaning: Meaning) -> Told:
    word = str(entry.get("__typename")).removesuffix("Event")
    return Told(Happening.OTHER, word)


def _closed(entry: Json, _meaning: Meaning) -> Told:
    reason = str(entry.get("stateReason") or "COMPLETED")
    return Told(Happening.STAGED, "state", "open", "closed", CLOSED_AS.get(reason, Stage.DONE))


def _reopened(_entry: Json, _meaning: Meaning) -> Told:
    return Told(Happening.STAGED, "state", "closed", "open", Stage.BACKLOG)


def _moved(entry: Json, meaning: Meaning) -> Told:
    after = entry.get("status") or None
    return Told(Happening.STAGED, "Status", entry.get("previousStatus") or None, after, meaning.stage(after or ""))


def _renamed(entry: Json, _meaning: Meaning) -> Told:
    return Told(Happening.WROTE, "title", entry.get("previousTitle"), entry.get("currentTitle"))


def _labelled(entry: Json, _meaning: Meaning) -> Told:
    return Told(Happening.LABELLED, "labels", after=_name(entry.get("label")))


def _unlabelled(entry: Json, _meaning: Meaning) -> Told:
    return Told(Happening.LABELLED, "labels", before=_name(entry.get("label")))


def _assigned(entry: Json, _meaning: Meaning) -> Told:
    return Told(Happening.ASSIGNED, "assignees", after=_name(entry.get("assignee")))


def _unassigned(entry: Json, _meaning: Meaning) -> Told:
    return Told(Happening.ASSIGNED, "assignees", before=_name(entry.get("assignee")))


def _milestoned(entry: Json, _meaning: Meaning) -> Told:
    return Told(Happening.THEMED, "milestone", after=entry.get("milestoneTitle"))


def _demilestoned(entry: Json, _meaning: Meaning) -> Told:
    return Told(Happening.THEMED, "milestone", before=entry.get("milestoneTitle"))


def _typed(entry: Json, _meaning: Meaning) -> Told:
    is_removed = entry.get("__typename") == "IssueTypeRemovedEvent"
    now, before = _name(entry.get("issueType")), _name(entry.get("prevIssueType"))
    return Told(Happening.OTHER, "type", now, None) if is_removed else Told(Happening.OTHER, "type", before, now)


def _filled(entry: Json, meaning: Meaning) -> Told:
    name = _name(entry.get("issueField")) or "field"
    removed = entry.get("__typename") == "IssueFieldRemovedEvent"
    now = entry.get("newValue") or entry.get("value") or _names(entry.get("newOptions") or entry.get("options"))
    before = entry.get("previousValue") or _names(entry.get("previousOptions"))
    return Told(_about(name, meaning), name, now if removed else before, None if removed else now)


def _about(field: str, meaning: Meaning) -> Happening:
    columns = meaning.columns
    for what, names in (
        (Happening.ESTIMATED, columns.estimate),
        (Happening.PRIORITISED, (*columns.priority, *columns.moscow)),
        (Happening.SCORED, (*columns.score, *columns.inputs.values())),
        (Happening.SPRINTED, columns.sprint),
        (Happening.DATED, columns.due),
        (Happening.STAGED, columns.status),
    ):
        if field in names:
            return what
    return Happening.OTHER


def _linked(entry: Json, _meaning: Meaning) -> Told:
    """A link to another issue or pull request; the word for it is the entry's own."""
    word = str(entry.get("__typename")).removesuffix("Event")
    others = ("blockingIssue", "blockedIssue", "parent", "subIssue", "source", "canonical")
    other = next((found for name in others if (found := part(entry, name))), None)
    key = key_of(other) if other else None
    is_removed = "Removed" in word or word == "Disconnected"
    return Told(Happening.LINKED, word, key, None) if is_removed else Told(Happening.LINKED, word, None, key)


def _transferred(entry: Json, _meaning: Meaning) -> Told:
    return Told(Happening.OTHER, "project", before=part(entry, "fromRepository").get("nameWithOwner"))


READERS: Mapping[str, Reader] = {
    "ClosedEvent": _closed,
    "ReopenedEvent": _reopened,
    "ProjectV2ItemStatusChangedEvent": _moved,
    "RenamedTitleEvent": _renamed,
    "LabeledEvent": _labelled,
    "UnlabeledEvent": _unlabelled,
    "AssignedEvent": _assigned,
    "UnassignedEvent": _unassigned,
    "MilestonedEvent": _milestoned,
    "DemilestonedEvent": _demilestoned,
    "IssueTypeAddedEvent": _typed,
    "IssueTypeChangedEvent": _typed,
    "IssueTypeRemovedEvent": _typed,
    "IssueFieldAddedEvent": _filled,
    "IssueFieldChangedEvent": _filled,
    "IssueFieldRemovedEvent": _filled,
    "TransferredEvent": _transferred,
} | dict.fromkeys(
    (
        "BlockedByAddedEvent", "BlockedByRemovedEvent", "BlockingAddedEvent", "BlockingRemovedEvent",
        "ParentIssueAddedEvent", "ParentIssueRemovedEvent", "SubIssueAddedEvent", "SubIssueRemovedEvent",
        "CrossReferencedEvent", "ConnectedEvent", "DisconnectedEvent", "MarkedAsDuplicateEvent",
    ),
    _linked,
)  # fmt: skip


def key_of(other: Json) -> str | None:
    """`acme/shop#12`; `None` for an issue that the token may not see."""
    name, number = part(other, "repository").get("nameWithOwner"), other.get("number")
    return f"{name}#{number}" if name and number else None


def _name(told: Json) -> str | None:
    return part(told).get("name") or part(told).get("login")


def _names(options: Json) -> str | None:
    return ", ".join(str(one.get("name")) for one in options) if options else None
