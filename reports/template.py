"""The report template."""

import json
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from backlint import sandbox
from backlint.errors import ConfigError
from backlint.health import Run
from backlint.health.document import to_json
from backlint.report import Report

EXAMPLE = Path(__file__).parent / "templates" / "own.md"


class Template(Report):
    """A report of your own: a Jinja template, filled in with what the json report holds.

    The template sees `run`, as `docs/report.schema.json` describes it, and nothing else; a name that is not there is an
    error. It is filled in by a process of its own with limits on time and memory. In a template whose name ends in
    `.html` everything is escaped; in others, put what people wrote through `| markdown` or `| visible`, and links
    through `| web_address`.
    """

    suffix: ClassVar[str] = ".out"

    path: str = Field(
        default="",
        description="The template's file; those it includes stand in the same folder. Without one, a small example.",
    )

    def render(self, run: Run) -> str:
        """The template, filled in."""
        template = Path(self.path) if self.path else EXAMPLE
        if not template.is_file():
            raise ConfigError(f"There is no template {self.path}.")
        return sandbox.fill(template, json.loads(to_json(run)))
