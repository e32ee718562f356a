"""`backlint explain ITEM`: everything that decides about its place, in sentences and as data."""

import json

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.conftest import Shell

NOW = ("--now", "2026-11-22T08:00:00Z")
RICE = {"reach": 100, "impact": 2, "confidence": 0.8, "effort": 4}
TITLE = "Pay by invoice when the card fails"
ROBIN = {"id": "rk", "name": "Robin", "on_team": False}
ASKED = {"at": "2026-11-02T09:30:00Z", "what": "commented", "actor": ROBIN, "text": "Which cards?"}
NUDGED = {"at": "2026-11-21T07:00:00Z", "what": "dated", "actor": ROBIN}


@pytest.fixture
def backlog(shell: Shell) -> Shell:
    shell.write("backlint.toml", 'select = ["score-drift"]\n[teams.shop.file]\npath = "items.jsonl"\n')
    items = shell.write_items(
        {"title": TITLE, "score": {"framework": "rice", "stored": 12.5, "inputs": RICE}, "estimate": 5,
         "parent": "4", "links": {"blocked-by": ["2"]}, "events": [ASKED, NUDGED]},
        {"title": "Choose a bank", "score": {"framework": "rice", "inputs": RICE}, "estimate": 3, "events": []},
        {"title": TITLE, "url": "https://other.example/7", "score": {"framework": "rice", "stored": 3}, "estimate": 2},
        {"title": "Payments", "kind": "epic", "rank": None},
    )  # fmt: skip
    shell.write(items.name, items.read_text("utf-8") + '\n{"velocity": [3, 4, 5]}')
    return shell


@pytest.mark.parametrize("key", ["SHOP-1", "SHOP-2", "SHOP-3", "SHOP-4"])
def test_what_people_read(backlog: Shell, key: str, snapshot: SnapshotAssertion) -> None:
    said = backlog("explain", key, *NOW)
    assert (said.code, said.err) == (0, "")
    assert said.out == snapshot


def test_the_last_word_is_as_old_as_it_is_whatever_else_was_done_since(backlog: Shell) -> None:
    assert "Last word: Robin commented, 19 days ago." in backlog("explain", "SHOP-1", *NOW).out


def test_programs_read_the_same(backlog: Shell) -> None:
    told = json.loads(backlog("explain", "SHOP-1", "--json", *NOW).out)
    assert told["score"] == {
        "framework": "RICE", "stored": 12.5, "computed": 40, "inputs": RICE, "place": 2, "of": 3,
        "formula": told["score"]["formula"],
    }  # fmt: skip
    assert (told["place"]["band"], told["last_word"]["what"]) == ("next", "commented")
    assert [each["key"] for each in told["waits_for"]] == ["SHOP-2"]
    assert [each["key"] for each in told["line"]] == ["SHOP-4"]
    assert [pair["other"]["key"] for pair in told["twins"]] == ["SHOP-3"]
