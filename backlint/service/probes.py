"""For those who watch: is every team's night in time, is the service ready, and the figures.

Whoever is not known is told yes or no. Only who has the token hears of teams.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from backlint.errors import StoreError
from backlint.service.guard import is_known
from backlint.service.metrics import Metrics
from backlint.service.standing import Scheduler, Standing, Standings
from backlint.transport import Json


@dataclass(frozen=True)
class Probes:
    """`GET /healthz`, `GET /readyz` and `GET /metrics`."""

    standings: Standings
    scheduler: Scheduler
    metrics: Metrics

    def health(self, request: Request) -> Response:
        """200 while every team has had its good run in time, 503 otherwise.

        It says nothing of whether the process is well: `/readyz` does. A service that restarts cannot mend a night.
        """
        try:
            teams = self.standings.all()
        except StoreError as error:
            return _answer(request, "unknown", HTTPStatus.SERVICE_UNAVAILABLE, problem=str(error))
        late = any(each.is_late for each in teams)
        status = HTTPStatus.SERVICE_UNAVAILABLE if late else HTTPStatus.OK
        return _answer(request, "late" if late else "ok", status, teams=_told(teams))

    def readiness(self, request: Request) -> Response:
        """200 while the store answers and somebody sees to the jobs."""
        try:
            self.standings.all()
        except StoreError as error:
            return _answer(request, "no store", HTTPStatus.SERVICE_UNAVAILABLE, problem=str(error))
        if not self.scheduler.is_alive:
            return _answer(request, "no scheduler", HTTPStatus.SERVICE_UNAVAILABLE)
        coming = self.scheduler.upcoming() if is_known(request) else ()
        told = [{"team": team.name, "job": slot.job, "at": slot.at.isoformat()} for team, slot in coming]
        return _answer(request, "ready", HTTPStatus.OK, next=told)

    def figures(self, _: Request) -> Response:
        """For Prometheus."""
        try:
            return Response(self.metrics.text(), media_type=CONTENT_TYPE_LATEST)
        except StoreError as error:
            return Response(f"# {error}\n", HTTPStatus.SERVICE_UNAVAILABLE, media_type="text/plain")


def _answer(request: Request, status: str, code: HTTPStatus, **more: Json) -> Response:
    return JSONResponse({"status": status, **(more if is_known(request) else {})}, code)


def _told(teams: Sequence[Standing]) -> dict[str, Json]:
    return {
        each.team: {
            "is_late": each.is_late,
            "last_good": _at(each.last_good),
            "expected": _at(each.expected),
            "problems": [f"{it.source}: {problem}" for it in each.readings for problem in it.problems],
        }
        for each in teams
    }


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
