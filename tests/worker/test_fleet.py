"""Workers are killed at random, and every note is there once. The long form is `make reliability`."""

import subprocess
import sys
from pathlib import Path

from tests.postgres import Server

FEW = ("--teams", "10", "--workers", "2", "--kills", "3")


def test_nothing_is_lost_and_nothing_doubled(postgres: Server) -> None:
    assert postgres.folder.is_dir(), "there is a PostgreSQL; the fleet has one of its own"
    command = [sys.executable, "-m", "tests.worker.fleet", *FEW]
    fleet = subprocess.run(command, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2])  # noqa: S603 - our own
    assert fleet.returncode == 0, fleet.stdout + fleet.stderr
    assert fleet.stdout.startswith("10 teams: 3 kills, ")
    assert "10 jobs done, 0 not; 30 notes, 0 doubled, 0 lost, 0 left in the outbox." in fleet.stdout
