"""The short form of the fuzzing, on every commit: the same inputs each time, and no fuzzer needed."""

from random import Random

import pytest

from tests.fuzzing.targets import TARGETS

INPUTS = 60


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_one_clear_line(name: str) -> None:
    for seed in range(INPUTS):
        TARGETS[name](Random(seed).randbytes(20 + seed))  # noqa: S311 - bytes to try, no secret
