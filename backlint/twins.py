"""The same piece of work in two trackers: one item with two faces.

A link that says so is sure. Else two items of different trackers are taken for one when one's text holds the other's
address and their titles are alike, or when a person gave both the same title of some length: titles are copied when
work is carried over. An address alone is only a mention.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from backlint.finding import Confidence
from backlint.model import Backlog, Item, LinkKind

ALIKE = 0.7
"""How alike two titles are that say the same: 1 is equal. Two titles of one project are seldom above a half."""

WORDS = 4
"""A title of fewer words ("Update dependencies") is given twice by chance."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Twins:
    """Two items that are one, and what shows it."""

    one: Item
    other: Item
    sign: str
    confidence: Confidence


def twins(backlog: Backlog) -> tuple[Twins, ...]:
    """Every pair once, by its surest sign, in the backlog's order."""
    found: dict[frozenset[str], Twins] = {}
    for pair in (*_linked(backlog), *_named(backlog), *_same_change(backlog), *_same_title(backlog)):
        found.setdefault(frozenset((pair.one.id, pair.other.id)), pair)
    place = {item.id: at for at, item in enumerate(backlog)}
    return tuple(sorted(found.values(), key=lambda pair: (place[pair.one.id], place[pair.other.id])))


def tracker(item: Item) -> str:
    """The tracker that an item stands in, by the host of its address."""
    return urlsplit(item.url).netloc


def _linked(backlog: Backlog) -> Iterator[Twins]:
    by_url = _by_url(backlog)
    for item in backlog:
        for link in item.linked(LinkKind.TWIN):
            other = backlog.by_id.get(link.target) or by_url.get((link.url or link.target).rstrip("/"))
            if other and other.id != item.id:
                yield Twins(item, other, "a link says so", Confidence.HIGH)


def _by_url(backlog: Backlog) -> dict[str, Item]:
    return {item.url.rstrip("/"): item for item in backlog}


def _named(backlog: Backlog) -> Iterator[Twins]:
    by_url = _by_url(backlog)
    for item in backlog:
        for url in re.findall(r"https?://[^\s)\]>\"'|]+", item.body or ""):
            other = by_url.get(url.rstrip("/.,;"))
            if other and tracker(other) != tracker(item) and _are_alike(item.title, other.title):
                yield Twins(item, other, f"{item.key} names its address, and the titles are alike", Confidence.HIGH)


def _same_change(backlog: Backlog) -> Iterator[Twins]:
    by_change: dict[str, list[Item]] = defaultdict(list)
    for item in backlog:
        for link in item.linked(LinkKind.PULL_REQUEST):
            by_change[link.url or link.target].append(item)
    for items in by_change.values():
        for at, item in enumerate(items):
            for other in items[at + 1 :]:
                if tracker(other) != tracker(item) and _are_alike(item.title, other.title):
                    yield Twins(item, other, "one pull request belongs to both", Confidence.MEDIUM)


def _same_title(backlog: Backlog) -> Iterator[Twins]:
    by_title: dict[str, list[Item]] = defaultdict(list)
    for item in backlog:
        words = _words(item.title)
        if len(words.split()) >= WORDS:
            by_title[words].append(item)
    for items in by_title.values():
        if len(items) == 2 and tracker(items[0]) != tracker(items[1]):  # noqa: PLR2004 - of three, who knows which
            yield Twins(items[0], items[1], "the titles are the same", Confidence.MEDIUM)


def _are_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, _words(one), _words(other)).ratio() >= ALIKE


def _words(title: str) -> str:
    return " ".join(_WORD.findall(title.casefold()))
