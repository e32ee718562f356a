"""The report json."""

import json
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import Field, TypeAdapter

from backlint.health import Run
from backlint.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A run as JSON. Within a version, fields are only ever added: read what you know and skip the rest."""

    version: Literal[1] = 1
    run: Run


class Json(Report):
    """Everything that is known of a run, for programs.

    Within `"version": 1` fields are added, and never renamed, removed or given another meaning; a reader skips what it
    does not know. `docs/report.schema.json` describes it. Nothing is left out: `backlint report --from run.json` makes
    every other report from it, without a tracker. Titles and names are as the tracker gave them, unescaped; only half
    a character, which UTF-8 cannot say, becomes a question mark.
    """

    suffix: ClassVar[str] = ".json"

    indent: int | None = Field(default=2, ge=0, description="Spaces by which each level is set in; null for one line.")

    def render(self, run: Run) -> str:
        """The run as one JSON object."""
        told = json.dumps(DOCUMENT.dump_python(Document(run=run), mode="json"), ensure_ascii=False, indent=self.indent)
        return told.encode("utf-8", "replace").decode() + "\n"


DOCUMENT = TypeAdapter(Document)
"""Writes, reads and describes the document."""
