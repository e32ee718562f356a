"""Write docs/report.schema.json from the code: `python -m tests.reports.schema`."""

import json
from pathlib import Path

from backlint.reports.json import DOCUMENT

ROOT = Path(__file__).resolve().parents[2]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def written() -> str:
    """The schema, as the file holds it."""
    schema = {"$schema": DIALECT, **DOCUMENT.json_schema(mode="serialization")}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "report.schema.json").write_text(written(), encoding="utf-8")
