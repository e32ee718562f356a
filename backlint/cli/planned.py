"""Readiness and the agenda as pages: `backlint ready --output html=ready.html`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from backlint import __version__
from backlint.app.planned import Planned
from backlint.cli.outputs import STDOUT, put
from backlint.errors import ConfigError
from backlint.templates import fill

TEMPLATES: Mapping[str, str] = {"html": "ready.html", "markdown": "ready.md"}
SUFFIXES: Mapping[str, str] = {".html": "html", ".md": "markdown"}


class Page(NamedTuple):
    """A format, and the file that it goes to."""

    form: str
    where: str

    def write(self, teams: Sequence[Planned], now: datetime, *, stylesheet: str = "") -> None:
        """Write it; a file is there whole or not at all."""
        told = [team.words for team in teams]
        put(self.where, fill(TEMPLATES[self.form], teams=told, at=now, version=__version__, stylesheet=stylesheet))


def pages(given: tuple[str, ...]) -> tuple[Page, ...]:
    """`FORMAT=FILE`, `FORMAT` for standard output, or a `FILE` whose ending says the format."""
    asked = tuple(map(_page, given))
    if sum(page.where == STDOUT for page in asked) > 1:
        raise ConfigError("Only one page can go to standard output; give the others a file.")
    return asked


def _page(given: str) -> Page:
    form, _, where = given.partition("=")
    if form not in TEMPLATES:
        form, where = SUFFIXES.get(Path(given).suffix, ""), given
    if not form:
        raise ConfigError(f"--output {given}: expected html=FILE or markdown=FILE.")
    if where and where != STDOUT and not Path(where).absolute().parent.is_dir():
        raise ConfigError(f"--output {given}: there is no directory {Path(where).parent}.")
    return Page(form, where or STDOUT)
