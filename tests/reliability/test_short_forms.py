"""The short forms of what is drifted, torn and delayed a thousand times by `make reliability`."""

from tests.reliability.cutting import cut
from tests.reliability.doubting import doubt
from tests.reliability.drifting import drifts


def test_what_changes_while_it_is_read_is_read_in_the_end() -> None:
    told = drifts(3)
    assert told.is_well, str(told)


def test_a_torn_log_leaves_a_whole_store() -> None:
    told = cut(30)
    assert told.is_well, str(told)


def test_what_is_done_late_is_done_once() -> None:
    told = doubt(20)
    assert told.is_well, str(told)
