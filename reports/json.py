"""The report json."""

from typing import ClassVar

from pydantic import Field

from backlint.health import Run
from backlint.health.document import to_json
from backlint.report import Report


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
        return to_json(run, self.indent)
