"""The same backlog by what its items serve: epics, milestones, roadmap themes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from backlint.finding import Finding
from backlint.health.figures import ThemeHealth
from backlint.health.score import by_subject
from backlint.model import EMPTY, Backlog, Item, Kind

UNSERVED = ""
"""What items without a theme are gathered under."""


def themes(backlog: Backlog, findings: Iterable[Finding]) -> tuple[ThemeHealth, ...]:
    """Each theme with open items, the one with most of them first, what serves none last; none where none is known."""
    open_items: dict[str, list[Item]] = defaultdict(list)
    for item in backlog.open:
        if not item.kind.contains_items and item.kind is not Kind.SUBTASK:
            for served in tuple(_served(item, backlog)) or (UNSERVED,):
                open_items[served].append(item)
    if not open_items.keys() - {UNSERVED}:
        return ()
    found = by_subject(findings)
    told = [_theme(served, items, found, backlog) for served, items in open_items.items()]
    return tuple(sorted(told, key=lambda it: (it.key is None, -it.open_items, it.title)))


def _served(item: Item, backlog: Backlog) -> Iterator[str]:
    """The ids of the themes, else of the nearest epic above it."""
    known = [each for each in item.themes or () if each in backlog.themes]
    if known:
        yield from known
    else:
        yield from [each.id for each in backlog.ancestors(item) if each.kind.contains_items][:1]


def _theme(served: str, items: list[Item], found: Mapping[str, list[Finding]], backlog: Backlog) -> ThemeHealth:
    with_findings = sum(bool(found.get(item.id)) for item in items)
    findings = sum(len(found.get(item.id, ())) for item in items)
    counts = {"open_items": len(items), "with_findings": with_findings, "findings": findings}
    if served in backlog.themes:
        theme = backlog.themes[served]
        return ThemeHealth(key=theme.key, title=theme.title, url=theme.url, due=theme.due, **counts)
    epic = backlog.by_id.get(served)
    if epic is None:
        return ThemeHealth(key=None, title="", url=None, due=None, **counts)
    due = None if epic.due is EMPTY else epic.due
    return ThemeHealth(key=epic.key, title=epic.title, url=epic.url, due=due, **counts)
