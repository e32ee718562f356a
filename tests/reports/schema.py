"""Write docs/report.schema.json from the code: `python -m tests.reports.schema`."""

import json
from pathlib import Path

from backlint.health.document import schema

FILE = Path(__file__).resolve().parents[2] / "docs" / "report.schema.json"

if __name__ == "__main__":
    FILE.write_text(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
