"""The latest reports: an index of the teams, and the page that each team's last job published."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from backlint import __version__
from backlint.app.publishing import file_names
from backlint.config import Config
from backlint.service.standing import Standing, Standings
from backlint.templates import fill
from backlint.transport import Clock

KINDS = {".html": "text/html; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".json": "application/json"}
NO_PAGES = "No page of this team was published: set `pages` in the configuration, and let a job run."


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the index: a team, and where its page is, if there is one."""

    standing: Standing
    link: str | None


@dataclass(frozen=True)
class Pages:
    """`GET /` and `GET /teams/{team}`; a team's CSV and JSON stand beside its page."""

    configuration: Callable[[], Config]
    standings: Standings
    clock: Clock

    def index(self, _: Request) -> Response:
        """All teams: those that need somebody most come first."""
        now = self.clock.now()
        teams = sorted(self._shown(), key=lambda it: (not it.standing.is_late, _score(it.standing)))
        return HTMLResponse(fill("service.html", teams=teams, at=now, version=__version__))

    def team(self, request: Request) -> Response:
        """What was published last."""
        name, kind = _asked(request.path_params["team"], [team.name for team in self.configuration().teams])
        file = self._file(name, kind)
        if file is None or not file.is_file():
            raise HTTPException(HTTPStatus.NOT_FOUND, NO_PAGES)
        return FileResponse(file, media_type=KINDS[kind])

    def _shown(self) -> Iterator[Shown]:
        for standing in self.standings.all():
            file = self._file(standing.team, ".html")
            has_page = file is not None and file.is_file()
            yield Shown(standing, f"teams/{quote(standing.team, safe='')}" if has_page else None)

    def _file(self, team: str, kind: str) -> Path | None:
        """A team is looked up, and only its file's name becomes part of a path."""
        config = self.configuration()
        names = file_names(each.name for each in config.teams)
        return config.pages / f"{names[team]}{kind}" if config.pages and team in names else None


def _asked(asked: str, teams: list[str]) -> tuple[str, str]:
    """The team and the kind of file; a team's own name may end like a file's."""
    if asked in teams:
        return asked, ".html"
    return next(((asked.removesuffix(kind), kind) for kind in KINDS if asked.endswith(kind)), (asked, ".html"))


def _score(standing: Standing) -> float:
    score = standing.run.point.score if standing.run else None
    return 0.0 if score is None else score
