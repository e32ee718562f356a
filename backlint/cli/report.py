"""`backlint report`."""

import sys
from pathlib import Path

import click

from backlint import app
from backlint.cli.assets import assets_option, pages_among, with_assets, write_assets
from backlint.cli.options import config_option, configured, notify_option, pages_option
from backlint.cli.outputs import outputs
from backlint.cli.site import write_pages
from backlint.cli.telling import need_channels, tell_channels
from backlint.errors import ConfigError
from backlint.health.document import from_json

STDIN = "-"


@click.command("report")
@click.option(
    "--from",
    "where",
    required=True,
    metavar="FILE",
    help="The json report of an earlier run; - is standard input.",
)
@config_option
@click.option(
    "--output",
    "-o",
    "wanted",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write a report; may be given several times, - is standard output.  [default: terminal=-]",
)
@pages_option
@assets_option
@notify_option
def command(
    *,
    where: str,
    config_file: Path | None,
    wanted: tuple[str, ...],
    pages_folder: Path | None,
    assets: str,
    notify: bool,
) -> int:
    """Write reports of an earlier run again, without a tracker and without a rule.

    \b
      backlint check --output json=run.json
      backlint report --from run.json --output html=report.html --output slack=message.json
    """  # noqa: D301 - a backspace is how click is told to leave lines as they are
    config = with_assets(configured(config_file), assets)
    if notify:
        need_channels(config)
    written = outputs(wanted, config)
    run = from_json(_read(where), where)
    for output in written:
        output.write(run)
    write_assets(assets, pages_among(written))
    if pages_folder:
        write_pages(pages_folder, run, config)
    if notify:
        tell_channels(config, run, app.SystemClock())
    return 0


def _read(where: str) -> str:
    try:
        return sys.stdin.read() if where == STDIN else Path(where).read_text("utf-8")
    except OSError as error:
        raise ConfigError(f"{where} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{where} is not text in UTF-8.") from None
