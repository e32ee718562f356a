"""A site's own words for kinds, stages and links, turned into backlint's: by id and level where there is one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from backlint.connectors.jira.payload import part
from backlint.model import Kind, LinkKind, Stage
from backlint.transport import Json

T = TypeVar("T")

KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.BUG, r"\b(bug|defect|fault|error|incident bug|problem|issue report)\b"),
        (Kind.SPIKE, r"\b(spike|research|investigation|discovery|poc|proof of concept)\b"),
        (Kind.DEBT, r"\b(tech(nical)?[ -]?debt|debt|refactor(ing)?|chore|maintenance|clean[ -]?up)\b"),
        (Kind.QUALITY, r"\b(non[ -]?functional|nfr|performance|security|quality attribute)\b"),
        (Kind.OPERATION, r"\b(operations?|incident|service request|change request|release|deployment|support)\b"),
        (Kind.EPIC, r"\bepic\b"),
        (Kind.INITIATIVE, r"\b(initiative|theme|saga|legend|programme?|capability)\b"),
        (Kind.STORY, r"\b(story|user story|requirement|feature|new feature|improvement|enhancement|wish|idea)\b"),
        (Kind.TASK, r"\btask\b"),
    )
)
"""English names of issue types. A type that none of them knows is `unknown`, unless the settings say what it is."""

CATEGORIES = {"new": Stage.BACKLOG, "undefined": Stage.BACKLOG, "indeterminate": Stage.DOING, "done": Stage.DONE}

DROPPED = re.compile(
    r"won'?t|will not|duplicate|cannot reproduce|can'?t reproduce|declined|rejected|obsolete|invalid|incomplete|"
    r"not a bug|works as designed|abandoned|cancell?ed|not done|no change required|out of date",
    re.IGNORECASE,
)
"""Resolutions of work that was not done."""

INWARD_OF = {
    LinkKind.BLOCKS: LinkKind.BLOCKED_BY,
    LinkKind.BLOCKED_BY: LinkKind.BLOCKS,
    LinkKind.DUPLICATES: LinkKind.DUPLICATED_BY,
    LinkKind.DUPLICATED_BY: LinkKind.DUPLICATES,
}

LINKS: tuple[tuple[LinkKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (LinkKind.BLOCKED_BY, r"blocked by|depends (up)?on|\brequires\b|has to be done after"),
        (LinkKind.BLOCKS,
         r"\bblocks?\b|blocking|is (depended|required)|is a dependency of|is a prerequisite|has to be done before"),
        (LinkKind.DUPLICATED_BY, r"duplicated by|is cloned by"),
        (LinkKind.DUPLICATES, r"\bduplicates?\b"),
    )
)  # fmt: skip
"""What one end of a link says in English; a type of the site's own is named in the settings."""


@dataclass(frozen=True)
class Words:
    """What the settings say about this site's words; keys are ids or names, names without regard to case."""

    kinds: Mapping[str, Kind] = field(default_factory=dict[str, Kind])
    stages: Mapping[str, Stage] = field(default_factory=dict[str, Stage])
    links: Mapping[str, LinkKind] = field(default_factory=dict[str, LinkKind])
    selected: frozenset[str] = frozenset()
    """Ids of statuses that a board shows right of its first column though nobody has begun."""

    def kind(self, type_: Json) -> Kind:
        """What sort of work an issue type is: the settings, its level, and for level 0 its untranslated name."""
        names = [str(type_.get(key) or "") for key in ("id", "untranslatedName", "name")]
        told = _told(self.kinds, names)
        if told:
            return told
        level = type_.get("hierarchyLevel")
        if type_.get("subtask") or level == -1:
            return Kind.SUBTASK
        if isinstance(level, int) and level > 0:
            return Kind.EPIC if level == 1 else Kind.INITIATIVE
        kind = _kind_called(*names[1:])
        is_wrong = level == 0 and kind.contains_items
        return Kind.UNKNOWN if is_wrong else kind

    def stage(self, status: Json, resolution: Json = None, *, is_in_sprint: bool = False) -> Stage:
        """Where a status stands. A resolution decides only how something ended: real sites set it on open issues."""
        told = _told(self.stages, [str(status.get("id") or ""), str(status.get("name") or "")])
        if told:
            return told
        category = part(status, "statusCategory").get("key")
        if category is None:  # Jira before 6.2 knows no categories, only whether something was resolved
            category = "done" if resolution else "undefined"
        stage = CATEGORIES.get(category, Stage.BACKLOG)
        if stage is Stage.DONE and resolution and DROPPED.search(str(resolution.get("name") or "")):
            return Stage.DROPPED
        if stage is Stage.BACKLOG and (is_in_sprint or str(status.get("id")) in self.selected):
            return Stage.SELECTED
        return stage

    def link(self, type_: Json, *, is_outward: bool) -> LinkKind:
        """What a link says at this end. The settings name the outward end."""
        told = _told(self.links, [str(type_.get("id") or ""), str(type_.get("name") or "")])
        if told:
            return told if is_outward else INWARD_OF.get(told, told)
        outward, inward = str(type_.get("outward") or ""), str(type_.get("inward") or "")
        if outward == inward:
            return LinkKind.RELATES
        said = outward if is_outward else inward
        return next((kind for kind, pattern in LINKS if pattern.search(said)), LinkKind.RELATES)


@lru_cache(1024)
def _kind_called(*names: str) -> Kind:
    return next((kind for kind, pattern in KINDS for name in names if pattern.search(name)), Kind.UNKNOWN)


def _told(told: Mapping[str, T], names: list[str]) -> T | None:
    if not told:
        return None
    by_name = {key.casefold(): value for key, value in told.items()}
    return next((by_name[name.casefold()] for name in names if name and name.casefold() in by_name), None)
