"""One item's text, as somebody types it or an agent proposes it, made a backlog of one item."""

import json
from datetime import datetime
from typing import BinaryIO

STANDARD_INPUT = "-"
NAME = "standard input"


def is_text(first: bytes) -> bool:
    """Whether what begins so is an item's text, and not a line of JSON."""
    return not first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def item_line(stream: BinaryIO, now: datetime) -> str:
    """The text as a line of the file connector's form: its first line is the title, the rest the body (Markdown)."""
    text = stream.read().decode("utf-8", "replace").lstrip("\ufeff").strip()
    title, _, body = text.partition("\n")
    told = {
        "id": "1",
        "key": "this",
        "url": "",
        "title": title.lstrip("# ").strip() or "(no title)",
        "body": body.strip(),
        "project": NAME,
        "kind": "story",
        "rank": 1,
        "created": now.isoformat(),
        "updated": now.isoformat(),
    }
    return json.dumps(told)
