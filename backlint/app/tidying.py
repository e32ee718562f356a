"""Forget what is older than anybody asks for."""

from datetime import datetime, timedelta

from backlint.app.reading import names
from backlint.config import Config, Team
from backlint.store import Store


def tidy(config: Config, team: Team, now: datetime) -> int:
    """Forget a team's runs, and what its trackers deleted, from before `keep_days`; gives the number of runs."""
    with Store.open(config.store) as store:
        return store.prune(now - timedelta(days=config.settings.keep_days), team=team.name, read=names(team))
