"""A page for each team, and one that leads to them: in a folder that a web server, or `backlint serve`, shows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from markupsafe import Markup

from backlint import __version__
from backlint.app.filing import write
from backlint.app.planned import Planned
from backlint.app.styling import STYLESHEET, linked, stylesheet
from backlint.charts import ring
from backlint.config import Config
from backlint.errors import BacklintError, ConfigError
from backlint.health import Health, Run
from backlint.health.document import from_json
from backlint.templates import fill, slug

MOST = 3_000
"""Findings on a team's own page, which keeps it under 2 MB (`benchmarks/page.py`); its CSV has all of them."""


@dataclass(frozen=True, slots=True)
class TeamPage:
    """One team, and what its files are called without their ending."""

    health: Health
    file: str

    @property
    def ring(self) -> Markup | None:
        """The score as a picture."""
        grade = self.health.grade
        return ring(grade.value, grade.tone.value, says=f"Score {grade.value:.0f} of 100") if grade else None


def publish(folder: Path, run: Run, config: Config) -> None:
    """Write `TEAM.html`, `TEAM.csv` and `TEAM.json` for each team of the run, and `index.html` for all that are there.

    Each is there whole or not at all, and the teams that this run is not about keep what they have.
    """
    _make(folder)
    files = file_names([*(team.name for team in config.teams), *(health.name for health in run.teams)])
    html = config.report("html").model_copy(update={"findings": MOST})
    styles = linked(html)
    if styles == STYLESHEET:
        write(folder / STYLESHEET, stylesheet())
    for health in run.teams:
        alone, file = replace(run, teams=(health,)), folder / files[health.name]
        for report in (html, config.report("csv"), config.report("json")):
            write(file.with_name(file.name + report.suffix), report.render(alone))
    healths = {**dict(_others(folder, run, files)), **{health.name: health for health in run.teams}}
    teams = [TeamPage(health, files[name]) for name, health in healths.items()]
    ordered = sorted(teams, key=lambda it: (it.health.is_well, it.health.grade.value if it.health.grade else 0))
    index = fill("index.html", teams=ordered, at=run.at, version=run.version, stylesheet=styles)
    write(folder / "index.html", index)


def publish_planned(folder: Path, planned: Planned, now: datetime, config: Config) -> None:
    """Write `TEAM.ready.html`, which no team's own page can be called."""
    _make(folder)
    name = file_names([*(team.name for team in config.teams), planned.name])[planned.name]
    styles = linked(config.report("html"))
    page = fill("ready.html", teams=[planned.words], at=now, version=__version__, stylesheet=styles)
    write(folder / f"{name}.ready.html", page)


def _others(folder: Path, run: Run, files: Mapping[str, str]) -> Iterator[tuple[str, Health]]:
    """The last health of the other teams, as far as it was published."""
    about = {health.name for health in run.teams}
    for name in files.keys() - about:
        file = folder / f"{files[name]}.json"
        try:
            yield from ((health.name, health) for health in from_json(file.read_text("utf-8"), str(file)).teams)
        except (OSError, UnicodeDecodeError, BacklintError):
            continue  # not published yet, or by a version that is no longer understood: its own run writes it again


def file_names(teams: Iterable[str]) -> Mapping[str, str]:
    """Names of files that no two teams share, whatever the teams are called."""
    names: dict[str, str] = {}
    taken = {"index"}
    for team in dict.fromkeys(teams):
        plain = slug(team).strip("-") or "team"
        name = next(it for it in (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3))) if it not in taken)
        taken.add(name)
        names[team] = name
    return names


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"The folder {folder} cannot be made: {error.strerror}.") from None
