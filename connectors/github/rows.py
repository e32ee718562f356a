"""An issue's list row of REST, its details of GraphQL and its card on a project, put together into an item."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from backlint.connectors.github.history import History, key_of
from backlint.connectors.github.meaning import Held, Meaning, Sources
from backlint.connectors.github.payload import part, several
from backlint.connectors.github.people import People
from backlint.model import EMPTY, Event, Happening, Item, Link, LinkKind, Person, Stage, Theme
from backlint.model.words import Empty
from backlint.note import is_dashboard
from backlint.transport import Json

DROPPED = {"not_planned", "duplicate"}
KEPT_BODY = 262_144
"""The longest text that GitHub takes, in characters; what is longer is no text of a person's."""


@dataclass(frozen=True, slots=True)
class OnBoard:
    """What a project says of one issue. `held` has every column that was asked for, `EMPTY` where it is not filled."""

    held: Mapping[str, Held | Empty] = field(default_factory=dict[str, Held | Empty])
    sprint: str | None = None
    updated: datetime | None = None
    is_archived: bool = False
    is_finished: bool = False

    def filled_up(self, other: "OnBoard") -> "OnBoard":
        """With what another project says beyond it."""
        said = {name: value for name, value in self.held.items() if value is not EMPTY}
        return replace(self, held={**self.held, **other.held, **said}, sprint=self.sprint or other.sprint)


@dataclass(frozen=True)
class Rows:
    """Makes items of one GitHub.

    `fields` are the organisation's issue fields, `has_sprints` whether a project has an iteration column, `projects`
    the node ids of the projects that are read: a status on any other is no stage of ours.
    """

    prefix: str
    people: People
    meaning: Meaning
    fields: frozenset[str] = frozenset()
    has_sprints: bool = False
    projects: frozenset[str] = frozenset()

    def item(self, row: Json, details: Json | None = None, card: OnBoard | None = None) -> Item:
        """The item. Without details its history, links and parent are unknown; without a card so are its columns."""
        author = self.people.person(row.get("user"), row.get("author_association"))
        says = self.sources(row["title"], row.get("body") or "", labels_of(row), card, row)
        kind, kind_name = self.meaning.kind(says)
        stage, status = self._standing(row, says)
        repository = repository_of(row)
        return Item(
            id=self.prefix + id_of(row),
            key=f"{repository}#{row['number']}",
            url=row["html_url"],
            title=row["title"],
            project=repository,
            body=says.body,
            kind=kind,
            kind_name=kind_name,
            stage=stage,
            status=status,
            priority=self.meaning.priority(says),
            estimate=self.meaning.estimate(says),
            score=self.meaning.score(says),
            moscow=self.meaning.moscow(says),
            labels=frozenset(says.labels),
            assignees=self._assignees(row),
            author=author,
            parent=self._parent(row, details),
            themes=(self.prefix + id_of(row["milestone"]),) if row.get("milestone") else (),
            links=None if details is None else tuple(_once(self._links(details))),
            sprints=self.sprints(card),
            due=self.meaning.due(says),
            votes=_votes(row),
            created=row["created_at"],
            updated=row["updated_at"],
            closed=row.get("closed_at"),
            events=None if details is None else self._events(row, details, author),
        )

    def sources(
        self, title: str, body: str, labels: tuple[str, ...], card: OnBoard | None, row: Json | None = None
    ) -> Sources:
        """What an item says of itself; the project's own columns come before the issue's fields of the same name."""
        held: dict[str, Held | Empty] = dict.fromkeys(self.fields, EMPTY) if row else {}
        told = several(row, "issue_field_values")
        held |= {one["issue_field_name"]: _held(one) for one in told if _is_filled(one)}
        for name, value in (card or OnBoard()).held.items():
            if value is not EMPTY or name not in held:
                held[name] = value
        kind = part(row, "type").get("name")
        return Sources(title=title, body=body[:KEPT_BODY], labels=labels, held=held, type=kind)

    def sprints(self, card: OnBoard | None) -> tuple[str, ...] | None:
        """The one iteration that the column names: GitHub keeps no record of the ones before."""
        if not self.has_sprints or card is None:
            return None
        return (self.prefix + card.sprint,) if card.sprint else ()

    def _standing(self, row: Json, says: Sources) -> tuple[Stage, str]:
        """Closed or open is what the issue says; what sort of open, what the status says.

        An open issue in a column that means done is still to be closed by somebody: it counts as being worked on.
        """
        named = self.meaning.status(says)
        if row["state"] == "closed":
            dropped = row.get("state_reason") in DROPPED
            return (Stage.DROPPED if dropped else Stage.DONE), named or "closed"
        stage = self.meaning.stage(named) if named else Stage.BACKLOG
        return (stage if stage and stage.is_open else Stage.DOING if stage else Stage.BACKLOG), named or "open"

    def _assignees(self, row: Json) -> tuple[Person, ...]:
        """`assignee` alone is what older payloads have; the API of 2026 has `assignees` alone."""
        told = row.get("assignees") or [row.get("assignee")]
        return tuple(person for one in told if (person := self.people.person(one)))

    def _parent(self, row: Json, details: Json | None) -> str | Empty | None:
        if details is not None and "parent" in details:
            parent = details["parent"]
            return self.prefix + parent["id"] if parent else EMPTY
        return EMPTY if "sub_issues_summary" in row and "parent_issue_url" not in row and details is not None else None

    def _events(self, row: Json, details: Json, author: Person | None) -> tuple[Event, ...]:
        history = History(self.people, self.meaning, self.projects)
        told = [Event(at=row["created_at"], what=Happening.CREATED, actor=author)]
        told += history.events(several(details, "timelineItems", "nodes"))
        if edited := details.get("lastEditedAt"):
            told.append(
                Event(at=edited, what=Happening.WROTE, field="body", actor=self.people.person(details.get("editor")))
            )
        return tuple(sorted(told, key=lambda event: event.at))

    def _links(self, details: Json) -> Iterator[Link]:
        for name, kind in (("blockedBy", LinkKind.BLOCKED_BY), ("blocking", LinkKind.BLOCKS)):
            for other in several(details, name, "nodes"):
                yield self._link(kind, other)
        for pull in several(details, "closedByPullRequestsReferences", "nodes"):
            yield _pull_link(LinkKind.PULL_REQUEST, pull)
        if details.get("duplicateOf"):
            yield self._link(LinkKind.DUPLICATES, details["duplicateOf"])
        for entry in several(details, "timelineItems", "nodes"):
            source = part(entry, "source")
            if entry.get("__typename") == "CrossReferencedEvent" and source.get("number"):
                is_pull = source.get("__typename") == "PullRequest"
                yield (
                    _pull_link(LinkKind.MENTIONED_BY, source) if is_pull else self._link(LinkKind.MENTIONED_BY, source)
                )

    def _link(self, kind: LinkKind, other: Json) -> Link:
        return Link(
            kind=kind,
            target=self.prefix + other["id"],
            key=key_of(other) or other["id"],
            url=other.get("url"),
            title=other.get("title"),
            stage=_stage_of(other),
        )


def id_of(row: Json) -> str:
    """The node id, which GraphQL knows it by too; payloads of before 2017 have a number, and imitations an address."""
    return str(row.get("node_id") or row.get("id") or row["url"])


def repository_of(row: Json) -> str:
    """`acme/shop`, from the row's own address: after a rename or a transfer it says where the issue is now."""
    url = row.get("repository_url") or str(row["url"]).partition("/issues/")[0]
    return "/".join(str(url).rstrip("/").split("/")[-2:])


def labels_of(row: Json) -> tuple[str, ...]:
    """The names of its labels; GitHub's description allows plain names and objects."""
    labels: Sequence[Json] = row.get("labels") or ()
    return tuple(str(part(one).get("name", one)) for one in labels)


def is_issue(row: Json) -> bool:
    """Whether it is an issue of the backlog: GitHub lists pull requests among them, and a dashboard of ours is none."""
    return not row.get("pull_request") and not is_dashboard(row.get("body"))


def theme(told: Json, prefix: str) -> Theme:
    """A milestone, from REST or GraphQL."""
    due = told.get("due_on") or told.get("dueOn")
    return Theme(
        id=prefix + id_of(told),
        key=told["title"],
        title=told["title"],
        is_open=not told["closed"] if "closed" in told else told.get("state") == "open",
        due=due[:10] if due else None,
        url=told.get("html_url") or told.get("url"),
    )


def _is_filled(one: Json) -> bool:
    return one.get("issue_field_name") is not None and one.get("value") not in (None, "", [])


def _held(one: Json) -> Held:
    if one.get("data_type") == "multi_select":
        options = one.get("multi_select_options")
        return tuple(each["name"] for each in options) if options else (str(one["value"]),)
    value = part(one, "single_select_option").get("name") or one["value"]
    return float(value) if one.get("data_type") == "number" else str(value)


def _votes(row: Json) -> int | None:
    return part(row, "reactions").get("+1")


def _stage_of(other: Json) -> Stage | None:
    if other.get("state") == "CLOSED":
        return Stage.DROPPED if str(other.get("stateReason")).lower() in DROPPED else Stage.DONE
    return Stage.BACKLOG if other.get("state") == "OPEN" else None


def _pull_link(kind: LinkKind, pull: Json) -> Link:
    stages = {"MERGED": Stage.DONE, "CLOSED": Stage.DROPPED, "OPEN": Stage.DOING}
    return Link(
        kind=kind,
        target=pull["url"],
        key=key_of(pull) or pull["url"],
        url=pull["url"],
        title=pull.get("title"),
        stage=stages.get(str(pull.get("pullState"))),
    )


def _once(links: Iterator[Link]) -> Iterator[Link]:
    """Each link once: an issue may be mentioned by another many times."""
    seen: set[tuple[LinkKind, str]] = set()
    for link in links:
        if (link.kind, link.target) not in seen:
            seen.add((link.kind, link.target))
            yield link
