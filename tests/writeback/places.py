"""Trackers to write to, each with what a test must ask of it: the same tests hold for all of them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import SecretStr

from backlint.connectors.github import Github
from backlint.connectors.github.writing import writing as writing_to_github
from backlint.connectors.jira import Jira
from backlint.connectors.jira.writing import writing as writing_to_jira
from backlint.example import NOW
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.github import FakeGithub
from backlint.testing.fakes.github.issues import Issue
from backlint.testing.fakes.jira import FakeJira
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, Reply
from backlint.writeback.changes import Kept, LabelChange, Neighbour, NoteChange, RankChange
from backlint.writeback.changes import Place as At
from backlint.writeback.plan import Step
from backlint.writer import Writer
from tests.connectors.github.harness import execution
from tests.connectors.jira.referee import Referee
from tests.shared import SHARED
from tests.writeback.wires import Wire


class Place(Protocol):
    """A tracker with a number of items, and the way to write to it."""

    clock: FakeClock
    wire: Wire

    @property
    def source(self) -> str: ...
    def writing(self) -> AbstractAsyncContextManager[Writer]: ...
    def all_keys(self) -> list[str]: ...
    def id_of(self, key: str) -> str: ...
    def bodies(self, key: str) -> list[Any]:
        """Every comment of an item, whoever wrote it."""
        ...

    def say(self, key: str, body: str) -> None:
        """A person says something."""
        ...

    def rewrite(self, key: str, body: Any) -> None:
        """A person edits the last comment."""
        ...

    def delete(self, key: str) -> None:
        """A person deletes the last comment."""
        ...

    def labels(self, key: str) -> list[str]: ...
    def label(self, key: str, name: str) -> None:
        """A person puts a label on."""
        ...

    def close(self, key: str) -> None: ...
    def order(self) -> list[str]:
        """The keys in the order that people see."""
        ...

    def drag(self, key: str, above: str | None) -> None:
        """A person moves an item above another one, or to the end."""
        ...

    def forbid(self) -> None:
        """The token may not write."""
        ...

    def body(self, text: str) -> Any:
        """A text as the tracker takes it, without a marker that this tracker keeps elsewhere."""
        ...


@dataclass
class OnGithub:
    items: int = 3
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.hub = FakeGithub(**execution, now=self.clock.now)
        self.token = self.hub.admit("ghp_x", "backlint-tester")
        self.repo = self.hub.repository("acme/shop")
        self.board = self.hub.project("acme", 4)
        for number in range(self.items):
            self.board.add(self.repo.issue(f"Item {number}", at=NOW))
        self.wire = Wire({"api.github.com": self.hub}, self.clock)
        self.settings = Github(repository=("acme/shop",), project=("4",), token=SecretStr("ghp_x"))

    @property
    def source(self) -> str:
        return self.settings.source

    def writing(self) -> AbstractAsyncContextManager[Writer]:
        return writing_to_github(self.settings, Gate(self.clock, wire=self.wire, jitter=lambda: 0.0))

    def all_keys(self) -> list[str]:
        return [f"acme/shop#{number}" for number in self.repo.issues]

    def id_of(self, key: str) -> str:
        return f"github:{self._issue(key).ids[1]}"

    def bodies(self, key: str) -> list[Any]:
        return [entry.facts["body"] for entry in self._comments(key)]

    def say(self, key: str, body: str) -> None:
        self._issue(key).comment(body, by="robin")

    def rewrite(self, key: str, body: Any) -> None:
        self._issue(key).rewrite(self._comments(key)[-1], body, by="robin")

    def delete(self, key: str) -> None:
        self._issue(key).retract(self._comments(key)[-1])

    def labels(self, key: str) -> list[str]:
        return list(self._issue(key).labels)

    def label(self, key: str, name: str) -> None:
        self._issue(key).label(name, by="robin")

    def close(self, key: str) -> None:
        self._issue(key).close(by="robin")

    def order(self) -> list[str]:
        return [f"acme/shop#{card.content.number}" for card in self.board.cards if isinstance(card.content, Issue)]

    def drag(self, key: str, above: str | None) -> None:
        card, other = self._card(key), self._card(above) if above else None
        self.board.cards.remove(card)
        self.board.cards.insert(self.board.cards.index(other) if other else len(self.board.cards), card)

    def _card(self, key: str) -> Any:
        return next(card for card in self.board.cards if card.content is self._issue(key))

    def forbid(self) -> None:
        self.token.writes = False

    def body(self, text: str) -> Any:
        return f"<!-- backlint:note v1 item=x fp={text.encode().hex()} -->\n{text}"

    def _issue(self, key: str) -> Any:
        return self.repo.issues[int(key.partition("#")[2])]

    def _comments(self, key: str) -> list[Any]:
        return [entry for entry in self._issue(key).history if entry.typename == "IssueComment"]


@dataclass
class OnJira:
    is_cloud: bool = True
    items: int = 3
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.jira = FakeJira(is_cloud=self.is_cloud)
        # Data Center's description takes the value of a property for a text; its own documentation sends objects.
        self.referee = Referee(self.jira) if SHARED.is_dir() and self.is_cloud else self.jira
        for number in range(self.items):
            self.jira.issue("SHOP", f"Item {number}")
        hosts = dict.fromkeys(self.jira.hosts, self._answer)
        self.wire = Wire(hosts, self.clock)
        email = {"email": self.jira.email} if self.is_cloud else {}
        token = SecretStr(self.jira.token)
        self.settings = Jira.model_validate({"url": self.jira.base, "project": "SHOP", "token": token, **email})

    @property
    def source(self) -> str:
        return self.settings.source

    def writing(self) -> AbstractAsyncContextManager[Writer]:
        return writing_to_jira(self.settings, Gate(self.clock, wire=self.wire, jitter=lambda: 0.0))

    def all_keys(self) -> list[str]:
        return [issue.key for issue in self.jira.issues.values()]

    def id_of(self, key: str) -> str:
        return f"jira:shop.example.net/{self.jira.find(key).id}"

    def bodies(self, key: str) -> list[Any]:
        return [remark.text for remark in self.jira.find(key).comments]

    def say(self, key: str, body: str) -> None:
        self.jira.now = self.clock.now()
        self.jira.comment(key, body)

    def rewrite(self, key: str, body: Any) -> None:
        remark = self.jira.find(key).comments[-1]
        remark.text, remark.editor = body, self.jira.person("Robin")

    def delete(self, key: str) -> None:
        self.jira.find(key).comments.pop()

    def labels(self, key: str) -> list[str]:
        return list(self.jira.find(key).labels)

    def label(self, key: str, name: str) -> None:
        self.jira.now = self.clock.now()
        self.jira.change(key, labels=[*self.labels(key), name])

    def close(self, key: str) -> None:
        self.jira.change(key, status="Done")

    def order(self) -> list[str]:
        return [self.jira.issues[id_].key for id_ in self.jira.order]

    def drag(self, key: str, above: str | None) -> None:
        self.jira.rank(key, above=above)

    def forbid(self) -> None:
        self.jira.may_write = False

    def body(self, text: str) -> Any:
        if not self.is_cloud:
            return text
        paragraph = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
        return {"type": "doc", "version": 1, "content": [paragraph]}

    def _answer(self, heard: Heard) -> Reply:
        self.jira.now = self.clock.now()
        return self.referee(heard)


def on_data_center(items: int = 3) -> OnJira:
    return OnJira(is_cloud=False, items=items)


PLACES: Mapping[str, Callable[..., Place]] = {
    "github": OnGithub,
    "jira-cloud": OnJira,
    "jira-server": on_data_center,
}


def move_step(place: Place, before: Sequence[str], after: Sequence[str], key: str) -> Step:
    """The step that makes one order of another, by moving one item."""
    change = RankChange(before=_stands(place, before, key), after=_stands(place, after, key))
    return Step(item=place.id_of(key), key=key, url="https://example.com", change=change, why="a test", seen=NOW)


def _stands(place: Place, keys: Sequence[str], key: str) -> At:
    at = keys.index(key)
    around = (keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None)
    above, below = (Neighbour(id=place.id_of(each), key=each) if each else None for each in around)
    return At(above=above, below=below)


def kept(place: Place, text: str) -> Kept:
    return Kept(fingerprint=text.encode().hex(), body=place.body(text))


def note_step(place: Place, key: str, after: str | None, before: str | None = None, **more: Any) -> Step:
    change = NoteChange(before=kept(place, before) if before else None, after=kept(place, after) if after else None)
    return Step(item=place.id_of(key), key=key, url="https://example.com", change=change, why="a test", **more)


def label_step(place: Place, key: str, name: str, *, after: bool = True) -> Step:
    change = LabelChange(name=name, after=after)
    return Step(item=place.id_of(key), key=key, url="https://example.com", change=change, why="a test")
