"""What `backlint doctor` shows of a Jira site: one line for each thing, and what to do where it is not well."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from backlint.connector import Observation
from backlint.connectors.jira import query
from backlint.connectors.jira.cloud import API as CLOUD_API
from backlint.connectors.jira.cursor import Cursor
from backlint.connectors.jira.door import Door, checked
from backlint.connectors.jira.facts import Facts, learn
from backlint.connectors.jira.fields import Meaning
from backlint.connectors.jira.metadata import Metadata, by_package, by_site
from backlint.connectors.jira.payload import listed, part, several
from backlint.connectors.jira.pulling import Pull
from backlint.connectors.jira.server import Server
from backlint.errors import BacklintError
from backlint.model import Kind, LinkKind
from backlint.transport import Gate, Json, Site

if TYPE_CHECKING:
    from backlint.connectors.jira import Jira

SAMPLE = 100
SKEW = timedelta(minutes=5)
"""A clock that is off by more than the overlap of two syncs would lose changes, if it were ours that counted."""

WORTH_A_LINE = (
    Meaning.RANK, Meaning.SPRINT, Meaning.POINTS, Meaning.EPIC, Meaning.CRITERIA, Meaning.FLAGGED, Meaning.TEAM,
    Meaning.MOSCOW, Meaning.RICE, Meaning.WSJF, Meaning.ICE, Meaning.COST_OF_DELAY, Meaning.REACH, Meaning.VALUE,
)  # fmt: skip
MISSED = {Meaning.RANK, Meaning.SPRINT, Meaning.POINTS}


async def examine(settings: "Jira", gate: Gate) -> AsyncIterator[Observation]:
    """Look at everything; what cannot be looked at is a line too."""
    door = Door.of(settings)
    async with door.open(gate) as site:
        try:
            asked = by_package(door, settings.project) if gate.wire is None else by_site(site, settings.project)
            metadata = await asked
            facts = await learn(site, settings, door)
        except BacklintError as error:
            yield Observation(about="site", found=str(error), is_well=False, fix=_fix_for(settings))
            return
        for observation in _who(settings, metadata, facts, gate):
            yield observation
        async for observation in _what(site, settings, facts, metadata):
            yield observation
        yield await _velocity(site, settings, facts, gate)


def _fix_for(settings: "Jira") -> str:
    if not settings.token:
        return "Set `token` (JIRA_TOKEN), and on Cloud `email` (JIRA_EMAIL)."
    return "Check `url`, `token`, on Cloud `email`, and `cloud_id` for a token with scopes."


def _who(settings: "Jira", told: Metadata, facts: Facts, gate: Gate) -> Iterator[Observation]:
    edition = "Cloud" if facts.is_cloud else "Data Center"
    yield Observation(about="site", found=f"{settings.url}: Jira {edition} {facts.version}".rstrip())
    account = told.me.get("displayName") or told.me.get("name") or told.me.get("accountId") or "nobody it names"
    yield Observation(about="token", found=f"belongs to {account}, time zone {facts.zone or 'not told'}")
    for project, may_browse in told.browses.items():
        found = f"the token may {'' if may_browse else 'not '}browse {project}"
        fix = None if may_browse else f"Give the account the permission Browse Projects in {project}."
        yield Observation(about="permission", found=found, is_well=may_browse, fix=fix)
    if facts.server_time:
        skew = abs(gate.clock.now() - facts.server_time)
        found = f"Jira's clock and ours are {skew.total_seconds():,.0f} s apart"
        fix = "Set this machine's clock; ages in reports depend on it."
        yield Observation(about="clock", found=found, is_well=skew <= SKEW, fix=None if skew <= SKEW else fix)


async def _what(site: Site, settings: "Jira", facts: Facts, told: Metadata) -> AsyncIterator[Observation]:
    scope = query.scope(settings.project, settings.filter)
    try:
        issues, total, limits = await _sample(site, facts, f"{query.both(scope, query.OPEN)} ORDER BY key DESC")
    except BacklintError as error:
        fix = "Check `project` and `filter`."
        yield Observation(about="issues", found=str(error), is_well=False, fix=fix)
        return
    if settings.filter and facts.is_cloud:
        yield await _filter(site, settings.filter)
    unseen = None if total else "Check `project`, `filter`, and what the token may see."
    found = f"{total:,} open in {'+'.join(settings.project)}"
    yield Observation(about="issues", found=found, is_well=total > 0, fix=unseen)
    for observation in (*_fields(facts, issues), *_board(settings, facts), *_words(facts, told, issues)):
        yield observation
    yield Observation(about="rate", found=limits or "Jira tells no limit")


async def _filter(site: Site, jql: str) -> Observation:
    """Bare words are a text search to Jira: a filter with a slip in it may find nothing instead of failing."""
    answer = await site.ask(f"{CLOUD_API}/jql/parse?validation=strict", {"queries": [jql]})
    errors = [str(error) for it in several(answer.body, "queries") for error in listed(it, "errors")]
    found = f"{jql}: {' '.join(errors)}" if errors else jql
    return Observation(about="filter", found=found, is_well=not errors, fix="Mend `filter`." if errors else None)


async def _sample(site: Site, facts: Facts, jql: str) -> tuple[list[Json], int, str]:
    """Some open issues, how many there are, and the state of the limits as the last answer told it."""
    fields = facts.fields.to_read
    if not facts.is_cloud:
        async for page in Server(site, fields).search(jql, fields=fields):
            return page.issues[:SAMPLE], page.total, ""
    answer = await site.ask(f"{CLOUD_API}/search/jql", {"jql": jql, "fields": fields, "maxResults": SAMPLE})
    issues = several(checked(answer, "open issues"), "issues")
    counted = await site.ask(f"{CLOUD_API}/search/approximate-count", {"jql": jql.partition(" ORDER BY ")[0]})
    total = int(counted.body.get("count") or 0) if counted.is_ok and counted.body else len(issues)
    left, limit = (answer.headers.get(f"x-ratelimit-{name}", "") for name in ("remaining", "limit"))
    return issues, total, f"{left} of {limit} requests left for now" if left and limit else ""


def _fields(facts: Facts, issues: Sequence[Json]) -> Iterator[Observation]:
    for meaning in WORTH_A_LINE:
        ids = facts.fields.of(meaning)
        if ids:
            shares = ", ".join(f"{id_} (by {facts.fields.told_by[id_]}, {_share(id_, issues)})" for id_ in ids)
            yield Observation(about=f"field {meaning.value}", found=shares)
        elif meaning in MISSED:
            fix = f'Name it under `fields`: {meaning.value} = "customfield_..."; without it some rules cannot decide.'
            yield Observation(about=f"field {meaning.value}", found="not found", is_well=False, fix=fix)


def _share(id_: str, issues: Sequence[Json]) -> str:
    filled = sum(1 for issue in issues if part(issue, "fields").get(id_) not in (None, [], ""))
    return f"filled on {filled * 100 // len(issues)} % of {len(issues)}" if issues else "no open issue to look at"


def _board(settings: "Jira", facts: Facts) -> Iterator[Observation]:
    if facts.board_id is None:
        several = f"{len(facts.boards)} boards" if facts.boards else "no board"
        fix = "Set `board` to the one that the team plans with." if facts.boards else None
        yield Observation(about="board", found=f"{several}; the order is the rank of all", is_well=fix is None, fix=fix)
    else:
        board = part(facts.board)
        kind = board.get("type") or "board"
        running = [str(it.get("name")) for it in facts.sprints if it.get("state") == "active"]
        name = f"{facts.board_id} {board.get('name') or ''}".strip()
        yield Observation(about="board", found=f"{name} ({kind}), running: {', '.join(running) or 'no sprint'}")
    for reason in (*facts.guessed, *facts.cannot):
        fix = "Give the token the right to read it, or name the fields under `fields`."
        yield Observation(about="board", found=reason, is_well=False, fix=fix)
    if settings.board is None and facts.board_id is not None:
        yield Observation(about="order", found="the rank of the project's open issues")


async def _velocity(site: Site, settings: "Jira", facts: Facts, gate: Gate) -> Observation:
    now = facts.server_time or gate.clock.now()
    try:
        speed = await Pull(site, settings, facts, Cursor.of(None, "", now), now, now).velocity()
    except BacklintError as error:
        return Observation(about="velocity", found=f"not known: {error}", is_well=False, fix="Run it again later.")
    if not speed:
        return Observation(about="velocity", found="no closed sprint with estimated work; bands are counted in items")
    return Observation(about="velocity", found=f"{', '.join(f'{points:g}' for points in speed)} in the last sprints")


def _words(facts: Facts, told: Metadata, issues: Iterable[Json]) -> Iterator[Observation]:
    words = facts.mapper.words
    types = {str(it.get("id")): it for issue in issues if (it := part(issue, "fields").get("issuetype"))}
    unknown = sorted(str(it.get("name")) for it in types.values() if words.kind(it) is Kind.UNKNOWN)
    fix = f'Say what they are: kinds = {{ "{unknown[0]}" = "story" }}.' if unknown else None
    found = f"not known: {', '.join(unknown)}" if unknown else f"{len(types)} in use, all known"
    yield Observation(about="issue types", found=found, is_well=not unknown, fix=fix)
    blocks = {LinkKind.BLOCKS, LinkKind.BLOCKED_BY}
    blocking = [str(it.get("name")) for it in told.links if words.link(it, is_outward=True) in blocks]
    fix = 'Name the one that says so: links = { "..." = "blocks" }.'
    found = f"of {len(told.links)} types, what blocks what is said by: {', '.join(blocking) or 'none'}"
    yield Observation(about="links", found=found, is_well=bool(blocking), fix=None if blocking else fix)
