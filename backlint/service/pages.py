"""The latest reports: an index of the teams, and the page that each team's last job published."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from backlint import __version__
from backlint.app.baseline import forgiven
from backlint.app.checking import as_it_stands
from backlint.app.looking import Asked
from backlint.app.publishing import MOST, file_names
from backlint.app.styling import STYLESHEET
from backlint.config import Config
from backlint.service.standing import Standing, Standings
from backlint.templates import fill
from backlint.transport import Clock

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".css": "text/css",
}
NOTHING = "There is no such team, or it had no run yet."

FRESH = 60.0
"""Seconds for which a page that was made here is shown again: making one takes as long as a check."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the index: a team, and where its page is, if there is one."""

    standing: Standing
    link: str | None


@dataclass
class Pages:
    """`GET /` and `GET /teams/{team}`; a team's CSV and JSON stand beside its page.

    What a job published is shown as it is. Where nothing was, because jobs are done on other machines or no folder is
    set, the page is made here, of what the store knows now.
    """

    configuration: Callable[[], Config]
    standings: Standings
    clock: Clock
    _made: dict[str, tuple[float, str]] = field(default_factory=dict[str, tuple[float, str]], init=False)

    def index(self, _: Request) -> Response:
        """All teams: those that need somebody most come first."""
        now = self.clock.now()
        teams = sorted(self._shown(), key=lambda it: (not it.standing.is_late, _score(it.standing)))
        return HTMLResponse(fill("service.html", teams=teams, at=now, version=__version__))

    def team(self, request: Request) -> Response:
        """What was published last, or what is known now."""
        config, asked = self.configuration(), request.path_params["team"]
        team, kind = _asked(asked, [team.name for team in config.teams])
        for file in _published(config, asked, team, kind):
            return FileResponse(file, media_type=KINDS[file.suffix])
        if kind != ".html" or team not in self._with_a_run():
            raise HTTPException(HTTPStatus.NOT_FOUND, NOTHING)
        return HTMLResponse(self._page(config, team))

    def _page(self, config: Config, team: str) -> str:
        """The page of a team that nobody published, made at most once a minute."""
        now = self.clock.monotonic()
        made = self._made.get(team)
        if made is None or now - made[0] >= FRESH:
            asked = Asked(now=self.clock.now(), syncs=False, forgives=forgiven(config))
            html = config.report("html").model_copy(update={"findings": MOST, "stylesheet": ""})
            made = self._made[team] = (now, html.render(as_it_stands(config, config.team(team), asked)))
        return made[1]

    def _with_a_run(self) -> frozenset[str]:
        return frozenset(each.team for each in self.standings.all() if each.run)

    def _shown(self) -> Iterator[Shown]:
        for standing in self.standings.all():
            link = f"teams/{quote(standing.team, safe='')}" if standing.run else None
            yield Shown(standing, link)


def _published(config: Config, asked: str, team: str, kind: str) -> Iterator[Path]:
    """The file that is asked for, if there is one. A team is looked up: nothing that was asked is part of a path."""
    if config.pages is None:
        return
    names = file_names(each.name for each in config.teams)
    wanted = [f"{names[team]}{kind}"] if team in names else [STYLESHEET] if asked == STYLESHEET else []
    yield from (file for name in wanted if (file := config.pages / name).is_file())


def _asked(asked: str, teams: list[str]) -> tuple[str, str]:
    """The team and the kind of file; a team's own name may end like a file's."""
    if asked in teams:
        return asked, ".html"
    return next(
        ((asked.removesuffix(kind), kind) for kind in KINDS if asked.endswith(kind) and kind != ".css"),
        (asked, ".html"),
    )


def _score(standing: Standing) -> float:
    score = standing.run.point.score if standing.run else None
    return 0.0 if score is None else score
