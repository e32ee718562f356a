"""A page for each team, and one that leads to them: `backlint check --pages FOLDER`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from backlint.charts import ring
from backlint.cli.outputs import put
from backlint.config import Config
from backlint.errors import ConfigError
from backlint.health import Health, Run
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


def write_pages(folder: Path, run: Run, config: Config) -> None:
    """Write `index.html`, and for each team `TEAM.html` and `TEAM.csv`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"--pages {folder} cannot be made: {error.strerror}.") from None
    html = config.report("html").model_copy(update={"findings": MOST, "stylesheet": ""})
    teams = tuple(_pages(run))
    for team in teams:
        alone = replace(run, teams=(team.health,))
        put(str(folder / f"{team.file}.html"), html.render(alone))
        put(str(folder / f"{team.file}.csv"), config.report("csv").render(alone))
    ordered = sorted(teams, key=lambda it: (it.health.is_well, it.health.grade.value if it.health.grade else 0))
    put(str(folder / "index.html"), fill("index.html", teams=ordered, at=run.at, version=run.version))


def _pages(run: Run) -> Iterator[TeamPage]:
    """Names of files that no two teams share, whatever the teams are called."""
    taken = {"index"}
    for health in run.teams:
        plain = slug(health.name).strip("-") or "team"
        name = next(it for it in (plain, *(f"{plain}-{n}" for n in range(2, len(run.teams) + 3))) if it not in taken)
        taken.add(name)
        yield TeamPage(health, name)
