"""What the commands share that look at earlier runs."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from backlint.cli.options import chosen_teams, configured
from backlint.errors import ConfigError
from backlint.store import Store


@contextmanager
def kept_runs(config_file: Path | None, teams: tuple[str, ...]) -> Generator[tuple[Store, Sequence[str]]]:
    """The store, and the names of the teams that are asked about. No secret is asked for."""
    config = configured(config_file, reveals=False)
    names = [team.name for team in chosen_teams(config, teams)]
    if not names:
        raise ConfigError("No team is configured: there are no earlier runs to look at.")
    with Store.open(config.store) as store:
        yield store, names
