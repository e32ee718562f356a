"""Which field of a site means what: told by the settings, by the field's type, by the board, and last by its name.

Names are no key: they are translated to the language of the token's owner, changed by administrators, and given twice.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from backlint.connectors.jira.payload import part
from backlint.model import Framework
from backlint.transport import Json


class Meaning(StrEnum):
    """What backlint reads from fields that each site calls by another id."""

    SPRINT = "sprint"
    RANK = "rank"
    POINTS = "points"
    EPIC = "epic"
    PARENT = "parent"
    FLAGGED = "flagged"
    TEAM = "team"
    CRITERIA = "criteria"
    MOSCOW = "moscow"
    RICE = "rice"
    WSJF = "wsjf"
    ICE = "ice"
    COST_OF_DELAY = "cost-of-delay"
    REACH = "reach"
    IMPACT = "impact"
    CONFIDENCE = "confidence"
    EFFORT = "effort"
    EASE = "ease"
    VALUE = "value"
    URGENCY = "urgency"
    RISK = "risk"
    SIZE = "size"
    COST = "cost"
    DURATION = "duration"


GREENHOPPER = "com.pyxis.greenhopper.jira:"

TYPES: Mapping[str, Meaning] = {
    f"{GREENHOPPER}gh-sprint": Meaning.SPRINT,
    f"{GREENHOPPER}gh-lexo-rank": Meaning.RANK,
    f"{GREENHOPPER}gh-global-rank": Meaning.RANK,
    f"{GREENHOPPER}jsw-story-points": Meaning.POINTS,
    f"{GREENHOPPER}gh-epic-link": Meaning.EPIC,
    "com.atlassian.jpo:jpo-custom-field-parent": Meaning.PARENT,
    "com.atlassian.teams:rm-teams-custom-field-team": Meaning.TEAM,
}
"""The plugin's own type of a field; it never changes, whatever the field is called."""

NUMBER, PROSE, OPTION = {"number"}, {"string", "any", "array"}, {"option", "string", "array"}

NAMES: tuple[tuple[Meaning, set[str], re.Pattern[str]], ...] = tuple(
    (meaning, types, re.compile(pattern, re.IGNORECASE))
    for meaning, types, pattern in (
        (Meaning.POINTS, NUMBER, r"story ?points?( estimate)?|estimat(e|ion)( points?)?|points"),
        (Meaning.FLAGGED, {"array"}, r"flagged|impediment"),
        (Meaning.CRITERIA, PROSE,
         r"acceptance[ _-]?criteri(a|on)( checklist)?|akzeptanzkriterien|conditions of satisfaction"),
        (Meaning.MOSCOW, OPTION, r"moscow( priority)?"),
        (Meaning.RICE, NUMBER, r"rice([ _-]score)?"),
        (Meaning.WSJF, NUMBER, r"wsjf([ _-]score)?"),
        (Meaning.ICE, NUMBER, r"ice([ _-]score)?"),
        (Meaning.COST_OF_DELAY, NUMBER, r"(cost of delay|cod|cd3)([ _-]score)?"),
        (Meaning.REACH, NUMBER, r"(rice[ _-])?reach"),
        (Meaning.IMPACT, NUMBER, r"((rice|ice)[ _-])?impact"),
        (Meaning.CONFIDENCE, NUMBER, r"((rice|ice)[ _-])?confidence"),
        (Meaning.EFFORT, NUMBER, r"(rice[ _-])?effort"),
        (Meaning.EASE, NUMBER, r"(ice[ _-])?ease"),
        (Meaning.VALUE, NUMBER, r"(user[- /&]*)?business value|user value"),
        (Meaning.URGENCY, NUMBER, r"time criticality"),
        (Meaning.RISK, NUMBER, r"risk reduction.*|.*opportunity enablement.*"),
        (Meaning.SIZE, NUMBER, r"job (size|duration)"),
    )
)  # fmt: skip

FRAMEWORKS: Mapping[Framework, tuple[Meaning, tuple[Meaning, ...]]] = {
    Framework.RICE: (Meaning.RICE, (Meaning.REACH, Meaning.IMPACT, Meaning.CONFIDENCE, Meaning.EFFORT)),
    Framework.WSJF: (Meaning.WSJF, (Meaning.VALUE, Meaning.URGENCY, Meaning.RISK, Meaning.SIZE)),
    Framework.ICE: (Meaning.ICE, (Meaning.IMPACT, Meaning.CONFIDENCE, Meaning.EASE)),
    Framework.COST_OF_DELAY: (Meaning.COST_OF_DELAY, (Meaning.COST, Meaning.DURATION)),
}
"""The field that holds the score, and the fields that hold what it is made of."""

SYSTEM = (
    "summary", "description", "issuetype", "project", "status", "priority", "resolution", "resolutiondate", "labels",
    "components", "fixVersions", "assignee", "reporter", "creator", "issuelinks", "parent", "duedate", "votes",
    "security", "created", "updated",
)  # fmt: skip


@dataclass(frozen=True)
class FieldMap:
    """The ids of the fields behind each meaning, the preferred one first; a meaning that the site lacks has none."""

    ids: Mapping[Meaning, tuple[str, ...]] = field(default_factory=dict[Meaning, tuple[str, ...]])
    told_by: Mapping[str, str] = field(default_factory=dict[str, str])
    """How each field was found: settings, board, type or name."""

    def of(self, meaning: Meaning) -> tuple[str, ...]:
        """The fields of a meaning."""
        return self.ids.get(meaning, ())

    @cached_property
    def frameworks(self) -> tuple[Framework, ...]:
        """Those that this site has fields for: for the score, or for all that it is made of."""
        return tuple(
            framework
            for framework, (stored_in, made_of) in FRAMEWORKS.items()
            if self.of(stored_in) or all(map(self.of, made_of))
        )

    @property
    def to_read(self) -> list[str]:
        """What to ask of every issue, comments and history apart."""
        found = [id_ for ids in self.ids.values() for id_ in ids]
        return [*SYSTEM, *dict.fromkeys(found)]


def discover(
    fields: Iterable[Json], told: Mapping[Meaning, tuple[str, ...]], estimate: str | None, rank: str | None = None
) -> FieldMap:
    """Find what means what among the fields of a site.

    `told` are the settings: ids, or names where a name is given once. `estimate` and `rank` are what the board's
    configuration says; a board that estimates in time names a system field.
    """
    known = [it for it in fields if part(it).get("id")]
    found: dict[Meaning, dict[str, str]] = {meaning: {} for meaning in Meaning}
    for meaning, wanted in told.items():
        for word in wanted:
            found[meaning] |= {str(it["id"]): "settings" for it in known if word in {it["id"], it.get("name")}}
    if estimate:
        found[Meaning.POINTS].setdefault(estimate, "board")
    if rank:
        found[Meaning.RANK].setdefault(rank, "board")
    for it in known:
        by_type = TYPES.get(part(it, "schema").get("custom") or "")
        if by_type:
            found[by_type].setdefault(str(it["id"]), "type")
    for it in known:
        for meaning in _named(it):
            found[meaning].setdefault(str(it["id"]), "name")
    return FieldMap(
        {meaning: tuple(ids) for meaning, ids in found.items() if ids},
        {id_: how for ids in found.values() for id_, how in ids.items()},
    )


def _named(it: Json) -> list[Meaning]:
    """What a custom field means by its name: the last resort, and only where the type of its values fits."""
    schema = part(it, "schema")
    if not it.get("custom") or (schema.get("custom") or "") in TYPES:
        return []
    names = {str(it.get(key) or "").strip() for key in ("name", "untranslatedName")}
    type_ = schema.get("type") or "any"
    return [
        meaning
        for meaning, types, pattern in NAMES
        if type_ in types and any(pattern.fullmatch(name) for name in names)
    ]
