"""Workers are killed at random, and every note is there once. The long form is `make reliability`."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.worker.fleet import Tally

FEW = ("--teams", "10", "--workers", "2", "--kills", "3")
PATIENCE = 150
"""Seconds: it takes twenty on a machine that does nothing else."""


def test_nothing_is_lost_and_nothing_doubled(postgres: Server) -> None:
    assert postgres.folder.is_dir(), "there is a PostgreSQL; the fleet has one of its own"
    command = [sys.executable, "-m", "tests.worker.fleet", *FEW]
    fleet = subprocess.run(  # noqa: S603 - our own
        command, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2], timeout=PATIENCE
    )
    assert fleet.returncode == 0, fleet.stdout + fleet.stderr
    assert fleet.stdout.startswith("10 teams: ")
    assert "10 jobs done, 0 not; 30 notes, 0 doubled, 0 lost, 0 left in the outbox." in fleet.stdout


@pytest.mark.parametrize("wrong", ["ended", "undone", "doubled", "lost", "left_in_outbox"])
def test_what_went_wrong_is_no_success(wrong: str) -> None:
    tally = Tally(kills=3, done=10, notes=30)
    assert tally.is_well
    setattr(tally, wrong, 1)
    assert not tally.is_well


@pytest.mark.parametrize("missing", ["kills", "notes"])
def test_where_nothing_happened_nothing_is_shown(missing: str) -> None:
    tally = Tally(kills=3, done=10, notes=30)
    setattr(tally, missing, 0)
    assert not tally.is_well
