"""A dashboard for each team: the report of a run as one issue that edits itself; planned here, applied as notes are."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from backlint.app.writing import Planned
from backlint.config import Config, Team
from backlint.health import Health, Run
from backlint.store import Store
from backlint.sync import source_of
from backlint.transport import Gate
from backlint.writeback import LONGEST, MARKER, Intent, Journal, Plan, Publishing


def plan_dashboards(config: Config, teams: Sequence[Team], run: Run, gate: Gate) -> Planned:
    """What to write so that each team's dashboard tells of this run; each lives in the team's first source on GitHub.

    Nothing is written. `backlint.app.writing.apply` takes the steps.
    """
    healths = {health.name: health for health in run.teams}
    with Store.open(config.store) as store:
        told = [(team, replace(run, teams=(healths[team.name],))) for team in teams if team.name in healths]
        return Planned(intents=tuple(_planned(config, store, team, of_team, gate) for team, of_team in told))


def _planned(config: Config, store: Store, team: Team, run: Run, gate: Gate) -> Intent:
    [health] = run.teams
    source = next((each for each in team.sources if each.name() == "github"), None)
    way = source.writing(gate) if source else None
    nothing = Plan(team=team.name, source=source_of(source) if source else "", made_at=run.at)
    if source is None or way is None:
        return Intent(plan=nothing, refusal=f"{team.name} has no repository on GitHub: its dashboard has no place.")
    if not _is_whole(health):
        return Intent(plan=nothing, refusal=f"The backlog of {team.name} could not be read whole: its dashboard stays.")
    report = config.report("markdown").model_copy(update={"length": LONGEST - MARKER})
    publishing = Publishing(Journal(store.outbox(source_of(source)), ""))
    return asyncio.run(publishing.plan(team.name, report.render(run), run.at, way))


def _is_whole(health: Health) -> bool:
    return health.is_complete and not health.crashes
