"""The rows of a table as lines."""

import re
from collections.abc import Iterator

from backlint.text.lexicon import topic_of_label
from backlint.text.lines import HEADING, ITEM, LABEL_LEVEL, ROW, Line
from backlint.text.markdown import plain

_CELLS_ONLY_DASHES = re.compile(r"[|:\- \t]+")


def rows_of(table: list[str]) -> Iterator[Line]:
    """A table. A column or a row that is headed by a known topic becomes a section; other rows stay rows."""
    if not table:
        return
    rows = [[plain(cell) for cell in row.strip("|").split("|")] for row in table if not _is_ruler(row)]
    raws = [row for row in table if not _is_ruler(row)]
    head = rows[0] if rows and len(rows) < len(table) else []
    topical = {column: topic for column, cell in enumerate(head) if (topic := topic_of_label(cell))}
    for column, topic in topical.items():
        yield Line(HEADING, head[column], raws[0], LABEL_LEVEL, topic=topic)
        for row, raw in zip(rows[1:], raws[1:], strict=True):
            if column < len(row) and row[column]:
                yield Line(ITEM, row[column], raw)
    for row, raw in zip(rows[bool(head) :], raws[bool(head) :], strict=True):
        topic_here = topic_of_label(row[0]) if row else None
        if topic_here and not topical:
            yield Line(HEADING, row[0], raw, LABEL_LEVEL, topic=topic_here)
            yield from (Line(ITEM, cell, raw) for cell in row[1:] if cell)
        elif not topical:
            yield Line(ROW, " ".join(cell for cell in row if cell), raw)


def _is_ruler(row: str) -> bool:
    return "-" in row and bool(_CELLS_ONLY_DASHES.fullmatch(row))
