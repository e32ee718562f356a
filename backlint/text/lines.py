"""What a body's lines are: heading, list item, code, quote, table row, or prose."""

from dataclasses import dataclass
from enum import IntEnum

from backlint.text.lexicon import Topic

BOLD_LEVEL = 7
LABEL_LEVEL = 8


class Mark(IntEnum):
    """What a line is."""

    PROSE = 0
    ITEM = 1
    HEADING = 2
    CODE = 3
    QUOTE = 4
    ROW = 5


PROSE, ITEM, HEADING, CODE, QUOTE, ROW = Mark
WORDS = (PROSE, ITEM)
"""The marks of lines that people write sentences in. A tuple: it is asked of every line, and compared by identity."""


@dataclass(slots=True, eq=False)
class Line:
    """One line that says something, or tries to. Two lines are two, even where they say the same.

    `raw` is a piece of the body as it was written; `text` is the same without markup. `level` is a heading's depth
    from 1 (bold lines and labels are below all real headings) or a list item's indentation. `checked` is the state of
    a task, `None` where there is no box. `gap` says that a blank line stands above. `folded` is `text` folded, which
    costs least for all lines at once.
    """

    mark: Mark
    text: str
    raw: str
    level: int = 0
    checked: bool | None = None
    gap: bool = False
    topic: Topic | None = None
    folded: str = ""
