"""The baseline that counts for a command."""

from backlint.app import Baseline, baseline
from backlint.config import Config


def forgiven(config: Config) -> Baseline:
    """The team's baseline, if there is one."""
    return baseline.read(config.baseline) if config.baseline.is_file() else Baseline()
