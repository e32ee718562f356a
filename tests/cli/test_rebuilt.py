"""Days before the first run, on the command line."""

import json

from tests.cli.conftest import Shell

TEAM = "[teams.web.file]\npath = 'items.jsonl'\n"
STAGED = {"at": "2026-11-01", "what": "staged", "before": "To do", "after": "In work", "stage": "doing"}
ITEM = {"key": "SHOP-1", "title": "People pay later", "created": "2026-10-01", "updated": "2026-11-01"}


def test_the_trend_says_which_days_were_rebuilt(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    shell.write("items.jsonl", json.dumps({**ITEM, "stage": "doing", "status": "In work", "events": [STAGED]}))
    shell("check", "--now", "2026-11-22T08:00:00Z", "--exit-zero")
    _, _, *rows = shell("trend", "--last", "3").out.splitlines()
    names = ["2026-11-22T08:00:00+00:00", "rebuilt-2026-11-22", "rebuilt-2026-11-16"]
    assert [row.split()[0] for row in rows[:3]] == names
    assert shell("diff").code == 2
