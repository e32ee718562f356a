"""Where the styles of the pages stand: `--html-assets inline` or `files`."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import click

from backlint.cli.outputs import STDOUT, Output, put
from backlint.config import Config

F = TypeVar("F", bound=Callable[..., object])


class Assets(StrEnum):
    """Within each page, or beside it."""

    INLINE = "inline"
    FILES = "files"


def assets_option(command: F) -> F:
    """`--html-assets`."""
    return click.option(
        "--html-assets",
        "assets",
        type=click.Choice([each.value for each in Assets]),
        default=Assets.INLINE.value,
        show_default=True,
        help="Keep styles within each page, or in a file beside it, for places that refuse the first, as Jenkins does.",
    )(command)


def with_assets(config: Config, assets: str) -> Config:
    """The configuration under which pages are written as asked."""
    if assets == Assets.INLINE:
        return config
    from backlint.app.styling import beside  # noqa: PLC0415 - templates and rules: only who asks waits

    return beside(config)


def link_of(assets: str) -> str:
    """What a page links to; the empty word where it has its styles within it."""
    if assets == Assets.INLINE:
        return ""
    from backlint.app.styling import STYLESHEET  # noqa: PLC0415 - the same

    return STYLESHEET


def pages_among(outputs: Iterable[Output]) -> list[str]:
    """Where the pages go."""
    return [output.where for output in outputs if "stylesheet" in type(output.report).model_fields]


def write_assets(assets: str, pages: Iterable[str]) -> None:
    """Put the style sheet beside these pages; one that went to standard output has no place beside it."""
    if assets == Assets.INLINE:
        return
    from backlint.app.styling import STYLESHEET, stylesheet  # noqa: PLC0415 - the same

    folders = {Path() if page == STDOUT else Path(page).parent for page in pages}
    for folder in sorted(folders):
        put(str(folder / STYLESHEET), stylesheet())
