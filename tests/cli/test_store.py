"""`backlint store`: what it holds, a copy of it, and less of it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from backlint.connector import Batch
from backlint.errors import Exit
from backlint.example import NOW, item
from backlint.health import Run, diagnose
from backlint.store import Store
from tests.cli.conftest import Shell
from tests.health.made import backlog, found

SHOP = "jira:tracker.example/SHOP"


@pytest.fixture
def kept(shell: Shell) -> Shell:
    shell.write("backlint.toml", 'store = "kept.db"\n')
    with Store.open(str(shell.directory / "kept.db")) as store:
        store.keep(SHOP, Batch(items=(item(1), item(2))), at=NOW)
        store.finish(SHOP, at=NOW)
        for days in (900, 500, 1):
            told = replace(diagnose(backlog(item(1)), found()), now=NOW - timedelta(days=days))
            store.record_run(Run(id=f"run {days}", at=told.now, version="1.0", teams=(told,)))
    return shell


def test_it_says_what_the_store_holds(kept: Shell) -> None:
    said = kept("store", "info")
    assert said.code == Exit.CLEAN
    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert "items 2" in lines
    assert any(line.startswith(f"{SHOP} 2 ") for line in lines)
    assert any(line.startswith("Checkout 3 2024-06-05") for line in lines)


def test_programs_read_it_too(kept: Shell) -> None:
    told = json.loads(kept("store", "info", "--output", "json").out)
    assert (told["rows"]["items"], told["rows"]["runs"]) == (2, 3)
    assert told["sources"] == [{"source": SHOP, "items": 2, "read_at": NOW.isoformat(), "is_complete": True}]
    assert told["bytes"] > 1000
    assert told["database"].startswith("SQLite 3.")


def test_a_copy_is_as_good_as_the_store(kept: Shell) -> None:
    said = kept("store", "backup", "copy.db")
    assert said.out.startswith("Copied to copy.db, ")
    with Store.open(str(kept.directory / "copy.db")) as copy:
        assert len(list(copy.items(SHOP))) == 2
    assert kept("store", "backup", "copy.db").code == Exit.USAGE


def test_what_is_old_is_forgotten(kept: Shell) -> None:
    assert kept("store", "prune", "--keep-days", "100000").out == "Dropped 0 runs from before the last 100,000 days.\n"
    kept.write("backlint.toml", 'store = "kept.db"\nkeep_days = 1\n')
    assert kept("store", "prune").out == "Dropped 2 runs from before the last 1 day.\n"
    assert json.loads(kept("store", "info", "--output", "json").out)["rows"]["runs"] == 1


def test_an_empty_store_says_so(shell: Shell) -> None:
    shell.write("backlint.toml", 'store = "kept.db"\n')
    with Store.open(str(shell.directory / "kept.db")):
        pass
    said = shell("store", "info")
    assert said.code == Exit.CLEAN
    assert ("Source" in said.out, "Team" in said.out) == (False, False)


def test_what_was_never_read_whole_is_told(shell: Shell) -> None:
    shell.write("backlint.toml", 'store = "kept.db"\n')
    with Store.open(str(shell.directory / "kept.db")) as store:
        store.keep(SHOP, Batch(items=(item(1),)), at=NOW)
    [line] = [each for each in shell("store", "info").out.splitlines() if each.startswith(SHOP)]
    assert line.split()[1:] == ["1", "never"]
