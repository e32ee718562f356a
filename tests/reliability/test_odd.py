"""R13: whatever stands in an item, every report can be written of it, within bounded memory."""

from pathlib import Path

from tests.reliability.odd import memory, odd

MOST = 2.0


def test_every_report_can_be_written() -> None:
    told = odd(200)
    assert told.is_well, str(told)


def test_large_texts_are_not_held_several_times(tmp_path: Path) -> None:
    assert memory(tmp_path) <= MOST
