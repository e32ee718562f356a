"""What every run found: for "since last night", and for the trend.

A finding is kept as a spell, from the run that found it to the run that no longer did. A quiet night writes one row,
and what was found in any run can still be told.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from backlint.finding import Finding
from backlint.health import Change, Health, Point
from backlint.store.encoding import microseconds, moment, to_json
from backlint.store.keeping import paged
from backlint.store.schema import runs, spells
from backlint.transport import Json

FINDING = TypeAdapter(Finding)
POINT = TypeAdapter(Point)


class Past(NamedTuple):
    """An earlier run over one team's backlog."""

    id: str
    version: str
    is_complete: bool
    point: Point


def record(connection: Connection, run: str, version: str, health: Health, hidden: Collection[str]) -> None:
    """Keep what a run found. What is kept already under the same id is left as it is.

    An incomplete run opens spells and ends none: what was not seen is not mended.
    """
    if connection.scalar(select(runs.c.number).where(runs.c.team == health.name, runs.c.id == run)) is not None:
        return
    number = _number(connection, run, version, health)
    lasting = _lasting(connection, health.name)
    found = {finding.fingerprint: finding for finding in health.findings}
    begun = [finding for fingerprint, finding in found.items() if fingerprint not in lasting]
    for page in paged(begun):
        connection.execute(insert(spells), [_spell(health.name, number, finding) for finding in page])
    if health.is_complete:
        asked = _asked(health)
        over = lasting.keys() - found.keys()
        fixed = {each for each in over if lasting[each][1] in asked and each not in hidden}
        _end(connection, number, [lasting[each][0] for each in fixed], is_fixed=True)
        _end(connection, number, [lasting[each][0] for each in over - fixed], is_fixed=False)


def record_past(connection: Connection, team: str, version: str, points: Iterable[Point]) -> None:
    """Keep days that were rebuilt. They are incomplete and without findings: no run is held against them."""
    rows = [
        {
            "id": f"rebuilt-{point.at:%Y-%m-%d}",
            "team": team,
            "at": microseconds(point.at),
            "rules": point.rules,
            "version": version,
            "is_complete": False,
            "point": POINT.dump_json(point).decode(),
        }
        for point in points
    ]
    if rows:
        connection.execute(insert(runs), rows)


def change(
    connection: Connection, team: str, findings: Iterable[Finding], asked: Collection[str], hidden: Collection[str]
) -> Change | None:
    """What is different from the last complete run; `None` where there was none."""
    last = connection.execute(
        select(runs.c.number, runs.c.at, runs.c.point)
        .where(runs.c.team == team, runs.c.is_complete)
        .order_by(runs.c.number.desc())
        .limit(1)
    ).first()
    if last is None:
        return None
    now = {finding.fingerprint for finding in findings}
    then = _found_in(connection, team, last.number)
    new = now - then.keys()
    known = {fingerprint for page in paged(sorted(new)) for fingerprint in _known(connection, team, page)}
    over = [finding for fingerprint, finding in then.items() if fingerprint not in now and fingerprint not in hidden]
    return Change(
        since=moment(last.at),
        new=tuple(sorted(new - known)),
        came_back=tuple(sorted(new & known)),
        fixed=tuple(finding for finding in over if finding.rule in asked),
        before=POINT.validate_json(last.point),
    )


def found(connection: Connection, team: str, run: str) -> Mapping[str, Finding] | None:
    """What was found in a run, by fingerprint; `None` where there is no such run."""
    number = connection.scalar(select(runs.c.number).where(runs.c.team == team, runs.c.id == run))
    return None if number is None else _found_in(connection, team, number)


def past(connection: Connection, team: str, most: int) -> tuple[Past, ...]:
    """The last runs over a team's backlog, oldest first; a day that was rebuilt stands before the run that did so."""
    last = select(runs).where(runs.c.team == team).order_by(runs.c.at.desc(), runs.c.number.desc()).limit(most)
    return tuple(
        Past(row.id, row.version, row.is_complete, POINT.validate_json(row.point)) for row in connection.execute(last)
    )[::-1]


def forget(connection: Connection, team: str, before: datetime) -> int:
    """Drop a team's runs before a moment, and what was mended in them; gives how many. The last run stays."""
    newest = select(func.max(runs.c.number)).where(runs.c.team == team).scalar_subquery()
    old = and_(runs.c.team == team, runs.c.at < microseconds(before), runs.c.number != newest)
    dropped = connection.scalars(select(runs.c.number).where(old)).all()
    for page in paged(dropped):
        connection.execute(delete(spells).where(spells.c.ended.in_(page)))
        connection.execute(delete(runs).where(runs.c.number.in_(page)))
    return len(dropped)


def teams(connection: Connection) -> Sequence[str]:
    """The teams that have runs."""
    return connection.scalars(select(runs.c.team).distinct().order_by(runs.c.team)).all()


def lock(team: str) -> str:
    """What those name who write a team's runs."""
    return f"the runs of {team}"


def _number(connection: Connection, run: str, version: str, health: Health) -> int:
    row = {
        "id": run,
        "team": health.name,
        "at": microseconds(health.now),
        "rules": health.rules_version,
        "version": version,
        "is_complete": health.is_complete,
        "point": POINT.dump_json(health.point()).decode(),
    }
    number: int = connection.execute(insert(runs).values(row).returning(runs.c.number)).scalar_one()
    return number


def _spell(team: str, began: int, finding: Finding) -> dict[str, Json]:
    told = to_json(FINDING, finding)
    return {"team": team, "fingerprint": finding.fingerprint, "rule": finding.rule, "finding": told, "began": began}


def _lasting(connection: Connection, team: str) -> Mapping[str, tuple[int, str]]:
    """The spells that nothing ended yet: number and rule, by fingerprint."""
    open_ = select(spells.c.fingerprint, spells.c.number, spells.c.rule)
    found = connection.execute(open_.where(spells.c.team == team, spells.c.ended.is_(None)))
    return {fingerprint: (number, rule) for fingerprint, number, rule in found}


def _end(connection: Connection, run: int, over: Iterable[int], *, is_fixed: bool) -> None:
    for page in paged(over):
        connection.execute(update(spells).where(spells.c.number.in_(page)).values(ended=run, is_fixed=is_fixed))


def _found_in(connection: Connection, team: str, run: int) -> Mapping[str, Finding]:
    """What was found in a run."""
    lasted = and_(spells.c.began <= run, or_(spells.c.ended.is_(None), spells.c.ended > run))
    found = connection.execute(select(spells.c.fingerprint, spells.c.finding).where(spells.c.team == team, lasted))
    return {fingerprint: FINDING.validate_json(finding) for fingerprint, finding in found}


def _known(connection: Connection, team: str, fingerprints: Sequence[str]) -> Iterable[str]:
    earlier = and_(spells.c.team == team, spells.c.fingerprint.in_(fingerprints), spells.c.ended.is_not(None))
    return connection.scalars(select(spells.c.fingerprint).where(earlier)).all()


def _asked(health: Health) -> frozenset[str]:
    """The rules that looked at everything: one that crashed somewhere has not."""
    return frozenset(each.rule for each in health.rules) - {crash.rule for crash in health.crashes}
