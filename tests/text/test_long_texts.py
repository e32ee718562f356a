"""A body of a hundred thousand characters costs no more than its length, whatever it is made of."""

import time

import pytest

from backlint.engine import lint
from backlint.example import NOW, item
from backlint.model import Backlog
from tests.text.test_any_text import RULES

LENGTH = 100_000
SECONDS = 4.0
"""CPU, for all rules together; a tenth of it is usual."""

PARTS = (
    "a", "word ", "AC: x\n", "- Steps:\n", "As a user I want x. ", "As a user\n", "When a\nThen b\n",
    "| a | b |\n", "```\n",
    "**b**\n", "## h\n- [ ] x\n", "Q: a?\n", "[x](y) ", "*_`~", "<!-- ", "TBD\n", ": ",
    "  ", "=\n", "a\n===\n", "\u3042",
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_no_text_is_slow(part: str) -> None:
    backlog = Backlog([item(1, title=part * 100, body=(part * LENGTH)[:LENGTH])], now=NOW)
    started = time.process_time()
    assert not lint(backlog, RULES).crashes
    assert time.process_time() - started < SECONDS
