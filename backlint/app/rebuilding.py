"""Rebuild a past for the first report: how the backlog stood on the last Mondays, told from the items' histories.

What the histories do not tell is not known on those days, so fewer rules can decide, and most of what depends on the
order cannot be told at all. So these points are marked, are drawn apart, and no run is ever held against them: nothing
is "new" or "mended" since a Monday that no run saw. All of it is a gift: it takes a bounded time, and fails no run.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from backlint import __version__
from backlint.app import baseline
from backlint.app.baseline import Baseline
from backlint.app.looking import Look
from backlint.app.overriding import lint_overridden
from backlint.app.policy import Policy
from backlint.forecast import pace_of
from backlint.health import Point, diagnose
from backlint.model import Backlog
from backlint.model.past import Past
from backlint.rule import WaiverRule
from backlint.sync import OnProgress
from backlint.transport import Clock
from backlint.value import with_written_value

if TYPE_CHECKING:
    from backlint.store import Store

LOGGER = logging.getLogger(__name__)

MOST_SECONDS = 30.0
"""For all Mondays of a team together: whoever tries a linter for the first time waits for findings."""

PROGRESS = "the weeks before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilding:
    """How far the past of a team that was never checked is rebuilt: no further back than so many weeks."""

    weeks: int
    clock: Clock
    forgives: Baseline = Baseline()  # noqa: RUF009 - it is frozen
    on_progress: OnProgress | None = None

    def keep(self, store: "Store", policy: Policy, seen: Look) -> None:
        """Rebuild the weeks before the first complete look at a backlog, and keep them in the store."""
        earlier = store.past(seen.team.name)
        if not (self.weeks and seen.is_complete) or any(run.is_complete or run.point.is_rebuilt for run in earlier):
            return
        now = min((run.point.at for run in earlier), default=seen.backlog.now)
        try:
            points = [*self._points(policy, seen, days_before(now, self.weeks))][::-1]
            store.record_past(seen.team.name, __version__, points)
        except Exception:
            LOGGER.warning("The weeks before the first run could not be rebuilt.", exc_info=True)

    def _points(self, policy: Policy, seen: Look, days: list[datetime]) -> Iterator[Point]:
        """The newest first, for as long as there is time: the next is expected to take as long as the longest yet."""
        present = seen.backlog
        past = Past(present, now=present.now, sprints=present.sprints.values(), themes=present.themes.values())
        began, longest = self.clock.monotonic(), 0.0
        for number, then in enumerate(days, 1):
            start = self.clock.monotonic()
            if start - began + longest > MOST_SECONDS:
                return
            backlog = as_it_stood(past, seen, then)
            if backlog is None or not backlog.open:
                return
            yield self._point(policy, backlog, seen)
            longest = max(longest, self.clock.monotonic() - start)
            if self.on_progress:
                self.on_progress(PROGRESS, number, len(days))

    def _point(self, policy: Policy, backlog: Backlog, seen: Look) -> Point:
        """What the rules would have said that day. Whether a waiver hid anything then depends on the order, too."""
        asked = [rule for rule in policy.rules if not isinstance(rule, WaiverRule)]
        said = lint_overridden(backlog, asked, policy.overrides).said
        left = baseline.forgive(self.forgives, backlog.name, said.findings, policy.names).shown
        point = diagnose(backlog, replace(said, findings=left), rules_version=policy.version).point()
        is_comparable = not seen.backlog.ranked  # without the order a score is another measure
        return replace(
            point, score=point.score if is_comparable else None, ready=None, next_items=None, is_rebuilt=True
        )


def days_before(now: datetime, weeks: int) -> list[datetime]:
    """The first moments of today and of the last Mondays before it, the newest first.

    Today is among them so that the line of what was rebuilt reaches the first run, and can be told from it.
    """
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    last = today - timedelta(days=today.weekday() or 7)
    return [*[today] * (today < now), *(last - timedelta(weeks=back) for back in range(weeks))]


def as_it_stood(past: Past, seen: Look, then: datetime) -> Backlog | None:
    """The backlog of that day, at the pace that the team had then; `None` where the histories do not tell."""
    items = past.items(then)
    if items is None:
        return None
    sprints = past.sprints(then)
    present = seen.backlog
    return Backlog(
        map(with_written_value, items),
        now=then,
        name=present.name,
        sprints=sprints,
        themes=past.themes(then),
        pace=present.pace if seen.team.settings.velocity else pace_of(items, sprints, then),
        widths=present.widths,
        people=present.people,
    )
