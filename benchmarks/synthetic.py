"""Issues that nobody wrote, of texts as people write them, for measuring what work costs.

Five in a hundred are near-duplicates of an earlier one: 4 % of the words of the body are changed and one of the title.
`issues` gives them as GitHub's REST API does, `as_item` maps one to an item. The same seed gives the same issues.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from random import Random
from typing import Any, NamedTuple

from backlint.example import NOW, ago
from backlint.model import EMPTY, Estimate, Event, Happening, Item, Kind, Person, Priority, Stage
from benchmarks.author import Author, Written, changed

Json = dict[str, Any]

PLANTED = 0.05
PEOPLE = 400
LABELS = {
    Kind.STORY: "type: story", Kind.TASK: "type: task", Kind.BUG: "bug", Kind.DEBT: "debt", Kind.SPIKE: "spike",
    Kind.QUALITY: "quality", Kind.OPERATION: "operations", Kind.UNKNOWN: "needs triage",
}  # fmt: skip


class Made(NamedTuple):
    """One issue, and the number of the one that it was copied from, if any."""

    payload: Json
    written: Written
    copy_of: int | None


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
