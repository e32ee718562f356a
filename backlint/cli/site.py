"""`backlint check --pages FOLDER`: a page for each team, and one that leads to them."""

from pathlib import Path

from backlint.app.publishing import publish
from backlint.config import Config
from backlint.errors import ConfigError
from backlint.health import Run


def write_pages(folder: Path, run: Run, config: Config) -> None:
    """Write `index.html`, and for each team `TEAM.html`, `TEAM.csv` and `TEAM.json`."""
    try:
        publish(folder, run, config)
    except ConfigError as error:
        raise ConfigError(f"--pages: {error}") from None
