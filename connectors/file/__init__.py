"""A backlog in a file: the way in for an export, a script, and anybody without a token."""

import os
import sys
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, ClassVar

from pydantic import Field

from backlint.connector import Batch, Connector, Observation
from backlint.connectors.file.lines import Lines, line_schema
from backlint.errors import ConfigError
from backlint.markup import Markup
from backlint.transport import Gate

STANDARD_INPUT = "-"


class File(Connector):
    """A backlog in a file of JSON lines, one item a line.

    For an export, a script, or a backlog written by hand; no token is needed. docs/items.md describes the lines. The
    whole file is read each time, and what is no longer in it is gone.
    """

    wants: ClassVar[str] = "file"

    path: str = Field(description="The file; - is standard input.", min_length=1)
    markup: Markup = Field(default=Markup.MARKDOWN, description="How texts are written, where a line does not say.")
    is_ordered: bool = Field(default=False, description="Whether the order of the lines is the backlog's order.")

    @classmethod
    def line_schema(cls) -> dict[str, object]:
        """The JSON Schema of a line: what docs/items.schema.json holds."""
        return line_schema()

    @property
    def source(self) -> str:
        """The path as it is written in the settings."""
        return f"file:{self.path}"

    async def pull(self, gate: Gate, cursor: str | None) -> AsyncIterator[Batch]:
        """Give the items in batches. Raises `ConfigError` for the first line that is not right."""
        del cursor
        lines = Lines("standard input" if self.path == STANDARD_INPUT else self.path, self.markup, gate.clock.now())
        order: list[str] = []
        with self._open(lines) as file:
            for batch in lines.batches(file):
                order += [item.id for item in batch.items if item.is_open]
                yield batch
        yield Batch(ranking=tuple(order) if self.is_ordered else (), total=lines.items, is_whole=True)

    async def examine(self, gate: Gate) -> AsyncIterator[Observation]:
        """Read the file, keeping nothing."""
        try:
            items = sum([len(batch.items) async for batch in self.pull(gate, None)])
        except ConfigError as error:
            yield Observation(about=self.source, found=str(error), is_well=False, fix="See docs/items.md.")
        else:
            yield Observation(about=self.source, found=f"it reads; items: {items:,}")

    @contextmanager
    def _open(self, lines: Lines) -> Generator[BinaryIO]:
        if self.path == STANDARD_INPUT:
            yield sys.stdin.buffer
            return
        try:
            with Path(self.path).expanduser().open("rb") as file:
                # What stands in for missing dates must not change while the file does not.
                lines.read_at = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
                yield file
        except OSError as error:
            raise ConfigError(f"{self.path} cannot be read: {error.strerror or error}.") from None
