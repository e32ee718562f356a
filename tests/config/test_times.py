"""Settings that contradict each other in time are told when the configuration is read, and not every night."""

from pathlib import Path

import pytest

from backlint.config import Surroundings, load
from backlint.errors import ConfigError

SHOP = """
[teams.shop]
write = {write}
schedule = {{ nightly = "04:10", bot = "{bot}" }}
comments = {{ hours = [8, 18] }}
"""


@pytest.mark.parametrize("bot", ["never", "09:30", "08:00 mon-fri", "30 17 1 * *", "30 9 1 * sun"])
def test_a_bot_within_its_hours(tmp_path: Path, bot: str) -> None:
    read(tmp_path, bot)


@pytest.mark.parametrize("bot", ["07:59", "18:00", "nightly", "09:30 sat,sun"])
def test_a_bot_that_would_never_write(tmp_path: Path, bot: str) -> None:
    read(tmp_path, bot, write="false")
    with pytest.raises(ConfigError, match=r"teams\.shop.*schedule\.bot comes outside of comments\.hours"):
        read(tmp_path, bot)


def read(folder: Path, bot: str, write: str = "true") -> None:
    (folder / "backlint.toml").write_text(SHOP.format(bot=bot, write=write))
    load(around=Surroundings(folder, {}))
