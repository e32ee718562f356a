"""A directory to configure, far from anybody's own files and variables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from backlint.config import Config, Surroundings, load
from backlint.errors import ConfigError


@dataclass
class Desk:
    """Write files into `directory`, set variables in `environ`, and load."""

    directory: Path
    environ: dict[str, str] = field(default_factory=dict[str, str])

    def write(self, text: str, name: str = "backlint.toml") -> Path:
        file = self.directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def load(self, text: str | None = None, flags: Mapping[str, object] | None = None) -> Config:
        if text is not None:
            self.write(text)
        around = Surroundings(self.directory, {"XDG_CONFIG_HOME": str(self.directory / "home"), **self.environ})
        return load(flags=flags, around=around)

    def refused(self, text: str | None = None, flags: Mapping[str, object] | None = None) -> list[str]:
        """The lines of the error."""
        with pytest.raises(ConfigError) as caught:
            self.load(text, flags)
        return str(caught.value).splitlines()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
