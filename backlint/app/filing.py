"""A file that is there whole or not at all."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from backlint.errors import ConfigError


def write(file: Path, text: str) -> None:
    """Write a file, beside it first. Raises `ConfigError` where that cannot be done."""
    try:
        with NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=file.parent, delete=False) as written:
            written.write(text)
        Path(written.name).chmod(0o644)
        Path(written.name).replace(file)
    except OSError as error:
        raise ConfigError(f"{file} cannot be written: {error.strerror}.") from None
