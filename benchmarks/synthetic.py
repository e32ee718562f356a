"""Issues that nobody wrote, of texts as people write them, for measuring what work costs.

Five in a hundred are near-duplicates of an earlier one: 4 % of the words of the body are changed and one of the title.
`issues` gives them as GitHub's REST API does, `as_item` maps one to an item. The same seed gives the same issues.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Any, NamedTuple

from backlint.example import NOW, ago
from backlint.model import EMPTY, Estimate, Event, Happening, Item, Kind, Person, Priority, Stage
from benchmarks.phrases import (
    ACTORS,
    BENEFITS,
    CONDITIONS,
    FAILURES,
    GERMAN,
    NOTES,
    PLACES,
    SENTENCES,
    SYSTEMS,
    THINGS,
    VERBS,
)

Json = dict[str, Any]

PLANTED = 0.05
CHANGED_WORDS = 0.04
SHORTEST_CHANGED = 3
PEOPLE = 400
LABELS = {
    Kind.STORY: "type: story", Kind.TASK: "type: task", Kind.BUG: "bug", Kind.DEBT: "debt", Kind.SPIKE: "spike",
    Kind.QUALITY: "quality", Kind.OPERATION: "operations", Kind.UNKNOWN: "needs triage",
}  # fmt: skip


class Written(NamedTuple):
    """One issue's words."""

    kind: Kind
    title: str
    body: str


class Made(NamedTuple):
    """One issue, and the number of the one that it was copied from, if any."""

    payload: Json
    written: Written
    copy_of: int | None


class Author:
    """Writes issues as people do: some with care, some with none."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.forms = {
            self.bug: 24, self.failing: 8, self.story: 16, self.feature: 12, self.checklist: 9, self.prose: 9,
            self.log: 5, self.german: 7, self.short: 5, self.nothing: 3, self.template: 2,
        }  # fmt: skip

    def write(self) -> Written:
        """One issue in one of the forms."""
        (form,) = self.random.choices(list(self.forms), weights=list(self.forms.values()))
        return form()

    def pick(self, words: Sequence[str]) -> str:
        return self.random.choice(words)

    def name(self) -> str:
        """A name out of a program: `OrderImporter.update_price`."""
        thing, verb = self.pick(THINGS).title().replace(" ", ""), self.pick(VERBS)
        return f"{thing}{self.pick(PLACES).title().replace(' ', '')}.{verb}_{self.pick(THINGS).replace(' ', '_')}"

    def sentence(self) -> str:
        return self.pick(SENTENCES).format(
            actor=self.pick(ACTORS), verb=self.pick(VERBS), thing=self.pick(THINGS), place=self.pick(PLACES),
            other=self.pick(THINGS), failure=self.pick(FAILURES), condition=self.pick(CONDITIONS), name=self.name(),
            count=self.random.randrange(2, 5000), system=self.pick(SYSTEMS), benefit=self.pick(BENEFITS),
        )  # fmt: skip

    def paragraph(self, most: int = 6) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randrange(1, most)))

    def items(self, most: int, mark: str = "- ") -> str:
        return "\n".join(mark + self.sentence() for _ in range(self.random.randrange(2, most)))

    def code(self, most: int = 14) -> str:
        lines = (
            f"{' ' * self.random.choice((0, 4, 8))}{self.pick(VERBS)} = {self.name()}({self.random.randrange(99)})"
            for _ in range(self.random.randrange(2, most))
        )
        return "```\n" + "\n".join(lines) + "\n```"

    def trace(self, most: int = 40) -> str:
        lines = (
            f"\tat com.{self.pick(SYSTEMS).lower()}.{self.name()}({self.pick(THINGS).replace(' ', '')}.java:"
            f"{self.random.randrange(900)})"
            for _ in range(self.random.randrange(4, most))
        )
        return f"```\njava.lang.IllegalStateException: {self.sentence()}\n" + "\n".join(lines) + "\n```"

    def failure_title(self) -> str:
        return f"{self.pick(THINGS).capitalize()} {self.pick(FAILURES)} in {self.name()} {self.pick(CONDITIONS)}"

    def bug(self) -> Written:
        """A report that follows its template."""
        random = self.random
        steps = "\n".join(f"{n}. {self.sentence()}" for n in range(1, self.random.randrange(3, 7)))
        parts = [
            f"### Describe the bug\n\n{self.paragraph()}",
            f"### Steps to reproduce\n\n{steps}",
            f"### Expected behavior\n\n{self.paragraph(3)}",
            f"### Actual behavior\n\n{self.paragraph(4)}",
            f"### Environment\n\n- OS: {self.pick(SYSTEMS)}\n- Version: {random.randrange(9)}.{random.randrange(40)}",
        ]
        if self.random.random() < 0.5:
            parts.append(f"### Logs\n\n{self.trace(20)}")
        if self.random.random() < 0.3:
            parts.append(f"**Additional context**\n{self.paragraph()}")
        return Written(Kind.BUG, self.failure_title(), "\n\n".join(parts))

    def failing(self) -> Written:
        """A report in free words."""
        return Written(
            self.random.choice((Kind.BUG, Kind.UNKNOWN)),
            self.failure_title(),
            f"{self.paragraph()}\n\n{self.code()}\n\n{self.paragraph()}",
        )

    def story(self) -> Written:
        """A user story with its criteria."""
        actor, verb, thing = self.pick(ACTORS), self.pick(VERBS), self.pick(THINGS)
        benefit = f", so that {self.pick(BENEFITS)}" if self.random.random() < 0.6 else ""
        told = f"As a {actor} I want to {verb} the {thing} in {self.pick(PLACES)}{benefit}."
        criteria = (
            "## Acceptance criteria\n\n" + self.items(8, "- [ ] ")
            if self.random.random() < 0.6
            else "**Scenario**\n"
            f"Given {self.sentence()}\nWhen the {actor} has to {verb} the {thing}\nThen {self.sentence()}"
        )
        title = f"{verb.capitalize()} the {thing} for the {actor} {self.pick(CONDITIONS)}"
        return Written(Kind.STORY, title, f"{told}\n\n{self.paragraph()}\n\n{criteria}\n\n{self.pick(NOTES)}")

    def feature(self) -> Written:
        """A request, by a template of its own."""
        body = (
            f"**Is your feature request related to a problem?**\n{self.paragraph()}\n\n"
            f"**Describe the solution you'd like**\n{self.paragraph()}\n\n"
            f"**Describe alternatives you've considered**\n{self.paragraph(4)}\n\n<!-- Thank you! -->"
        )
        title = (
            f"Support {self.pick(THINGS)} of {self.pick(SYSTEMS)} when we {self.pick(VERBS)} the {self.pick(THINGS)}"
        )
        return Written(self.random.choice((Kind.STORY, Kind.UNKNOWN)), title, body)

    def checklist(self) -> Written:
        """A task of many steps."""
        title = (
            f"{self.pick(VERBS).capitalize()} {self.pick(THINGS)} and {self.pick(THINGS)} of the {self.pick(PLACES)}"
        )
        return Written(
            self.random.choice((Kind.TASK, Kind.DEBT, Kind.OPERATION)),
            title,
            f"{self.paragraph(3)}\n\n### Tasks\n{self.items(16, '- [ ] ')}\n\nSee [the plan](https://wiki.example/{self.name()}).",
        )

    def prose(self) -> Written:
        """A long letter."""
        title = f"{self.sentence()[:90].rstrip('.')}"
        kind = self.random.choice((Kind.STORY, Kind.TASK, Kind.SPIKE, Kind.QUALITY, Kind.UNKNOWN))
        return Written(kind, title, "\n\n".join(self.paragraph(9) for _ in range(self.random.randrange(1, 9))))

    def log(self) -> Written:
        """A log, and a line above it."""
        return Written(Kind.BUG, self.failure_title(), f"{self.sentence()}\n\n{self.trace(90)}"[:8000])

    def german(self) -> Written:
        """A story or a report in German."""
        body = "\n\n".join(
            self.pick(GERMAN).format(
                thing=self.pick(THINGS),
                other=self.pick(THINGS),
                place=self.pick(PLACES),
                count=self.random.randrange(90),
            )
            for _ in range(self.random.randrange(2, 9))
        )
        title = f"{self.pick(THINGS).capitalize()} in {self.name()} für {self.pick(PLACES)} prüfen"
        return Written(self.random.choice((Kind.STORY, Kind.BUG)), title, body)

    def short(self) -> Written:
        return Written(self.random.choice((Kind.TASK, Kind.UNKNOWN)), self.failure_title(), self.sentence())

    def nothing(self) -> Written:
        return Written(Kind.UNKNOWN, f"{self.pick(VERBS).capitalize()} {self.pick(THINGS)} {self.name()}", "")

    def template(self) -> Written:
        """A template that nobody filled."""
        body = (
            "## What\n<!-- What do you want? -->\n\nTBD\n\n## Why\n\n...\n\n## Acceptance criteria\n- [ ] \n- [ ] TODO"
        )
        return Written(Kind.STORY, f"{self.pick(THINGS).capitalize()} for {self.name()}", body)


def changed(written: Written, author: Author) -> Written:
    """The same again, told a little differently."""
    title = written.title.split(" ")
    longer = [at for at, word in enumerate(title) if word.isalpha() and len(word) > SHORTEST_CHANGED]
    if longer:
        title[author.random.choice(longer)] = author.pick(VERBS)
    body = [
        author.pick(VERBS) if author.random.random() < CHANGED_WORDS and word.isalpha() else word
        for word in written.body.split(" ")
    ]
    return Written(written.kind, " ".join(title), " ".join(body))


def issues(count: int, seed: int = 11) -> Iterator[Made]:
    """So many issues, each with the bulk around it that GitHub's answers have."""
    random = Random(seed)  # noqa: S311 - it is no secret
    author = Author(random)
    earlier: list[tuple[int, Written]] = []
    for number in range(1, count + 1):
        if earlier and random.random() < PLANTED:
            copy_of, original = random.choice(earlier)
            written = changed(original, author)
        else:
            copy_of, written = None, author.write()
            if written.body and len(earlier) < count:
                earlier.append((number, written))
        yield Made(payload(number, written, random), written, copy_of)


def payload(number: int, written: Written, random: Random) -> Json:
    """One issue as `GET /repos/acme/shop/issues` gives it."""
    url = f"https://api.github.com/repos/acme/shop/issues/{number}"
    opened = random.uniform(1, 900)
    assigned = [_user(random.randrange(PEOPLE))] if random.random() < 0.4 else []
    return {
        "url": url, "repository_url": url.rpartition("/issues")[0], "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments", "events_url": f"{url}/events",
        "html_url": f"https://github.com/acme/shop/issues/{number}", "id": 10**9 + number,
        "node_id": f"I_kwDN{number:08d}", "number": number, "title": written.title,
        "user": _user(random.randrange(PEOPLE)), "labels": [_label(LABELS[written.kind])], "state": "open",
        "locked": False, "assignee": assigned[0] if assigned else None, "assignees": assigned, "milestone": None,
        "comments": random.randrange(4), "created_at": f"{ago(opened):%Y-%m-%dT%H:%M:%SZ}",
        "updated_at": f"{ago(opened * random.random()):%Y-%m-%dT%H:%M:%SZ}", "closed_at": None,
        "author_association": "CONTRIBUTOR", "active_lock_reason": None, "body": written.body,
        "reactions": {"url": f"{url}/reactions", "total_count": 0, "+1": random.randrange(9), "-1": 0, "laugh": 0,
                      "hooray": 0, "confused": 0, "heart": 0, "rocket": 0, "eyes": 0},
        "timeline_url": f"{url}/timeline", "performed_via_github_app": None, "state_reason": None,
    }  # fmt: skip


def _user(number: int) -> Json:
    url = f"https://api.github.com/users/user-{number}"
    more = ("followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events")
    return {
        "login": f"user-{number}", "id": number, "node_id": f"U_{number:08d}", "gravatar_id": "", "url": url,
        "avatar_url": f"https://avatars.example/u/{number}", "html_url": f"https://github.com/user-{number}",
        **{f"{each}_url": f"{url}/{each}" for each in more}, "type": "User", "site_admin": False,
    }  # fmt: skip


def _label(name: str) -> Json:
    url = f"https://api.github.com/repos/acme/shop/labels/{name}"
    return {"id": len(name), "node_id": f"L_{name}", "url": url, "name": name, "color": "d73a4a", "default": False,
            "description": None}  # fmt: skip


def as_item(made: Made) -> Item:
    """The item, with what a board and its history say of it: a rank, an estimate, a priority, three events."""
    told, number = made.payload, made.payload["number"]
    opened, touched = _moment(told["created_at"]), _moment(told["updated_at"])
    random = Random(number)  # noqa: S311 - it is no secret
    author = _person(told["user"])
    return Item(
        id=f"github:{told['node_id']}",
        key=f"acme/shop#{number}",
        url=told["html_url"],
        title=told["title"],
        project="acme/shop",
        body=told["body"],
        kind=made.written.kind,
        kind_name=told["labels"][0]["name"],
        stage=random.choices((Stage.BACKLOG, Stage.SELECTED, Stage.DOING), weights=(80, 15, 5))[0],
        status="Open",
        rank=number,
        priority=Priority(level=random.randrange(1, 5), name="P") if random.random() < 0.7 else EMPTY,
        estimate=Estimate(value=random.choice((1, 2, 3, 5, 8, 13))) if random.random() < 0.6 else EMPTY,
        labels=frozenset(label["name"] for label in told["labels"]),
        assignees=tuple(map(_person, told["assignees"])),
        author=author,
        parent=EMPTY,
        themes=("q1",) if random.random() < 0.5 else (),
        links=(),
        sprints=(),
        due=EMPTY,
        votes=told["reactions"]["+1"],
        created=opened,
        updated=touched,
        events=(
            Event(at=opened, what=Happening.CREATED, actor=author),
            Event(at=opened + (touched - opened) / 2, what=Happening.LABELLED, actor=author, field="label", after="x"),
            Event(at=touched, what=Happening.COMMENTED, actor=author, text="I see this too, on our side."),
        ),
    )


def _person(user: Mapping[str, Any]) -> Person:
    return Person(id=f"github:{user['id']}", name=user["login"], on_team=user["id"] % 3 == 0)


def _moment(written: str) -> datetime:
    return min(datetime.fromisoformat(written), NOW)


def items(count: int) -> Iterator[Item]:
    """The same issues as items."""
    return map(as_item, issues(count))
