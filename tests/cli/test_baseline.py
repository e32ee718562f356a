"""The first run on a real backlog is no wall of complaints."""

import json

from tests.cli.conftest import Shell

TEAM = """
select = ["missing-description"]
[teams.web.file]
path = "items.jsonl"
"""
BARE = {"title": "Log in", "body": ""}
TOLD = {"title": "Log out", "body": "People who share a computer want to leave nothing behind."}


def test_only_what_is_new_counts(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    shell.write_items(BARE, TOLD, TOLD)
    assert shell("check").code == 1
    assert "Forgiven in backlint-baseline.json: 1 finding." in shell("baseline", "create").out
    said = shell("check")
    assert said.code == 0
    assert "1 in the baseline" in said.out, "what is hidden is counted"
    shell.write_items(BARE, TOLD, BARE)
    said = shell("check", "-o", "json")
    assert said.code == 1
    (team,) = json.loads(said.out)["run"]["teams"]
    assert [finding["subject"]["key"] for finding in team["findings"]] == ["SHOP-3"]


def test_what_is_not_ready_is_not_made_ready_by_a_baseline(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    shell.write_items(BARE, TOLD)
    shell("baseline", "create")
    (team,) = json.loads(shell("check", "-o", "json").out)["run"]["teams"]
    assert (team["ready"], team["next_items"]) == (1, 2)


def test_what_is_mended_is_told_and_pruned(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    shell.write_items(BARE, BARE)
    shell("baseline", "create")
    shell.write_items(BARE, TOLD)
    assert "missing-description at SHOP-2" in shell("check").err
    assert shell("baseline", "prune").out == "Taken out: 1 finding. Still forgiven: 1.\n"
    assert shell("check").err == ""
    assert shell("baseline", "show").out == "web: 1 finding on 1 item\n       1  missing-description\n"


def test_the_baseline_can_be_looked_behind(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    shell.write_items(BARE)
    shell("baseline", "create")
    assert shell("check", "--no-baseline").code == 1


def test_a_baseline_is_not_written_over_by_accident(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    shell.write_items(TOLD)
    assert shell("baseline", "create").code == 0
    said = shell("baseline", "create")
    assert said.code == 2
    assert "--force" in said.err
    assert shell("baseline", "create", "--force").code == 0


def test_without_a_baseline_there_is_nothing_to_show_or_prune(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    assert "Nothing is forgiven" in shell("baseline", "show").out
    assert shell("baseline", "prune").code == 2
