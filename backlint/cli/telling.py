"""Send a run to the channels, and say which could not be told."""

from backlint import app
from backlint.app.clock import PATIENCE
from backlint.cli.log import Level, log
from backlint.config import Config
from backlint.errors import ConfigError
from backlint.health import Run
from backlint.safe import visible
from backlint.transport import Clock, Gate


def need_channels(config: Config) -> None:
    """Before a run that is to notify somebody: there should be somebody."""
    if not config.channels:
        raise ConfigError("No channel is configured, so --notify tells nobody: write one under [channels.NAME].")


def tell_channels(config: Config, run: Run, clock: Clock) -> None:
    """Whatever comes of it, the exit code stays what the run made it."""
    for notice in app.notify(config, run, Gate(clock, until=clock.monotonic() + PATIENCE)):
        told = visible(str(notice))
        if notice.problem:
            log(Level.WARNING, told, mark="warning", channel=notice.channel)
        else:
            log(Level.INFO, told, channel=notice.channel)
