"""The file connector: friendly to write, exact to read, and clear about what is wrong."""

import asyncio
import json
from pathlib import Path

from backlint.connector import Batch
from backlint.connectors.file import File
from backlint.model import EMPTY, Item
from backlint.testing.clock import FakeClock
from backlint.transport import Gate


def pull(file: File) -> list[Batch]:
    async def collect() -> list[Batch]:
        return [batch async for batch in file.pull(Gate(FakeClock()), None)]

    return asyncio.run(collect())


def read(tmp_path: Path, *lines: object) -> list[Item]:
    path = tmp_path / "backlog.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return [item for batch in pull(File(path=str(path))) for item in batch.items]


def test_two_keys_are_an_item(tmp_path: Path) -> None:
    (item,) = read(tmp_path, {"key": "SHOP-7", "title": "Pay by card"})
    assert (item.id, item.project, item.url, item.body, item.priority) == ("SHOP-7", "SHOP", "", None, None)


def test_null_is_empty_and_absent_is_unsaid(tmp_path: Path) -> None:
    (item,) = read(tmp_path, {"key": "A-1", "title": "t", "body": None, "due": None, "labels": None, "votes": None})
    assert (item.body, item.due, item.labels, item.votes) == ("", EMPTY, frozenset(), None)
    assert (item.criteria, item.estimate, item.assignees) == (None, None, None)
