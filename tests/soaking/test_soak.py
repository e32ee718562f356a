"""The short form, on every commit: a few nights of work and faults, then calm ones."""

from contextlib import redirect_stderr
from io import StringIO

from tests.soaking.soak import CALM, soak

WORKED = 8


def test_what_is_kept_is_what_is_there_and_no_item_has_two_notes() -> None:
    with redirect_stderr(StringIO()):
        told = soak(WORKED + CALM, seed=3)
    assert (told.doubled, told.missing, told.ghosts, told.different) == (0, 0, 0, 0), str(told)
    assert told.notes, str(told)
    assert told.faults, str(told)
