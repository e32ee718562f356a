"""From a report to a plan: the dashboard of a team, one text that is edited in place."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s

from backlint.note import dashboard_of, marker
from backlint.writeback.changes import DASHBOARD, Kept, NoteChange
from backlint.writeback.commenting import Intent
from backlint.writeback.journal import Journal
from backlint.writeback.plan import Plan, Step, obstacle
from backlint.writer import Opening, Standing, Target

LONGEST = 65_536
"""Characters that an issue on GitHub holds."""

MARKER = 1_000
"""Characters that the marker may take of these."""

DATES = re.compile(
    r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?"
    r"(?:, \d\d:\d\d UTC)?|\d{4}-\d\d-\d\d|\d+ (?:hour|day|week|month|year)s?"
)
"""What is another text every night, and no news."""


@dataclass(frozen=True)
class Publishing:
    """Plans the dashboard of a team in one source."""

    journal: Journal

    async def plan(self, team: str, text: str, now: datetime, way: Opening) -> Intent:
        """What to write, so that the dashboard says this text (Markdown); the tracker is read."""
        nothing = Plan(team=team, source=self.journal.source, made_at=now)
        target = Target(id=dashboard_of(team), key=f"Backlog of {team}")
        async with way as writer:
            if writer.publisher is None:
                return Intent(plan=nothing, refusal=f"{self.journal.source} has no place for a dashboard.")
            standing = await writer.publisher.look(target)
        step = _step(target, standing, _kept(target.id, text, now)) if standing else None
        if standing is None or step is None:
            return Intent(plan=nothing)
        if reason := obstacle(step, standing) or self._taken_over(target, standing):
            return Intent(plan=nothing, refusal=f"The dashboard of {team} is left alone: {reason}.")
        return Intent(plan=Plan(team=team, source=self.journal.source, made_at=now, steps=(step,)))

    def _taken_over(self, target: Target, standing: Standing) -> str | None:
        """What a person did to it."""
        if any(posted.is_touched for posted in standing.notes):
            return "a person edited it"
        written = self.journal.last({target.id}).get((target.id, DASHBOARD))
        change = written.step.change if written else None
        is_gone = isinstance(change, NoteChange) and change.after is not None and not standing.notes
        return "a person removed it" if is_gone else None


def _kept(item: str, text: str, now: datetime) -> Kept:
    """The text with its marker. The same fingerprint means that nothing changed within this week but dates and ages."""
    about = f"{DATES.sub('', text)} {now.isocalendar()[:2]}"
    fingerprint = blake2s(about.encode(errors="replace"), digest_size=8).hexdigest()
    return Kept(fingerprint=fingerprint, body=f"{marker(item, fingerprint)}\n{text}")


def _step(target: Target, standing: Standing, after: Kept) -> Step | None:
    """The step; `None` where the dashboard says it already."""
    there = standing.notes[0].note if standing.notes else None
    if there and there.fingerprint == after.fingerprint:
        return None
    before = Kept(fingerprint=there.fingerprint, body=there.body) if there else None
    change = NoteChange(before=before, after=after, what=DASHBOARD)
    return Step(item=target.id, key=target.key, url="", change=change, why="the backlog was checked")
