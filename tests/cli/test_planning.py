"""The commands for the hour before planning: ready, order, explain an item."""

import json

from tests.cli.conftest import Shell

NOW = ("--now", "2026-11-22T08:00:00Z")
TOLD = {"body": "People want it.\n\n## Acceptance criteria\n- it works\n- it fails well", "estimate": {"value": 3}}
LOW, HIGH = ({"priority": {"level": level, "name": name}} for level, name in ((3, "Low"), (1, "High")))


def test_says_whether_the_team_can_plan(shell: Shell) -> None:
    shell.write_items({"title": "People pay later", **TOLD}, {"title": "People pay now", "body": ""})
    said = shell("ready", "items.jsonl", *NOW)
    assert said.code == 1
    assert "cannot plan yet. Of the next 2, 1 is ready." in said.out
    assert "has no description" in said.out
    shell.write_items({"title": "People pay later", **TOLD})
    assert shell("ready", "items.jsonl", *NOW).code == 0


def test_an_agenda_has_questions_and_minutes(shell: Shell) -> None:
    shell.write_items(*({"title": f"People pay {n}", "body": ""} for n in range(6)))
    said = shell("ready", "items.jsonl", "--agenda", "--minutes", "45", "--people", "2", *NOW)
    assert "Person 2, about 20 minutes" in said.out
    assert "What is wanted, for whom, and why now?" in said.out
    assert "No time for 4 more items." in said.out


def test_planning_is_data_as_well(shell: Shell) -> None:
    shell.write_items({"title": "People pay now", "body": ""})
    (team,) = json.loads(shell("ready", "items.jsonl", "--json", "--minutes", "60", *NOW).out)
    assert team["planning"]["coming"][0]["lacks"][0]["rule"] == "missing-description"
    assert team["agenda"]["topics"][0]["item"]["key"] == "SHOP-1"


def test_proposes_the_fewest_moves(shell: Shell) -> None:
    shell.write_items(*({"title": f"Item {n}", **TOLD, **(HIGH if n == 4 else LOW)} for n in range(1, 7)))
    said = shell("order", "items.jsonl", *NOW)
    assert said.code == 0
    assert "1 move, by priorities of 6 of 6 waiting items" in said.out
    assert "Move SHOP-4 above SHOP-1." in said.out
    (team,) = json.loads(shell("order", "items.jsonl", "--json", *NOW).out)
    assert [move["item"]["key"] for move in team["proposal"]["moves"]] == ["SHOP-4"]


def test_without_figures_nothing_is_proposed(shell: Shell) -> None:
    shell.write_items({"title": "Item 1", "body": ""})
    assert "nothing can be proposed without priorities" in shell("order", "items.jsonl", *NOW).out


def test_explains_an_item(shell: Shell) -> None:
    shell.write_items({"title": "People pay later", **TOLD, **LOW}, {"title": "People pay now", "body": "", **HIGH})
    said = shell("explain", "shop-2", "items.jsonl", *NOW)
    assert said.code == 0
    assert "Place 2 of 2, band next" in said.out
    assert "missing-description: has no description" in said.out
    told = json.loads(shell("explain", "SHOP-2", "items.jsonl", "--json", *NOW).out)
    assert told["item"]["title"] == "People pay now"


def test_an_unknown_item_is_told_with_the_nearest(shell: Shell) -> None:
    shell.write_items({"title": "People pay later", **TOLD})
    said = shell("explain", "SHOP-11", "items.jsonl", *NOW)
    assert said.code == 2
    assert "There is no item SHOP-11 in items.jsonl; did you mean SHOP-1?" in said.err


def test_the_page_of_a_rule_is_explained_without_a_backlog(shell: Shell) -> None:
    assert shell("explain", "stale-item").out.startswith("# stale-item\n")
    assert shell("rules", "stale-item").out == shell("explain", "stale-item").out


def test_the_rules_of_a_family(shell: Shell) -> None:
    said = shell("rules", "staleness")
    assert "stale-item" in said.out
    assert "missing-description" not in said.out
    assert {rule["family"] for rule in json.loads(shell("rules", "staleness", "--json").out)} == {"staleness"}


def test_the_report_and_the_planning_ask_for_the_same(shell: Shell) -> None:
    """A team's own definition of ready, or the usual one: the same items are ready in both."""
    team = '[teams.web.file]\npath = "items.jsonl"\n'
    shell.write_items({"title": "People pay later", **TOLD}, {"title": "People pay now", "body": ""})
    for settings, ready in ((team, 1), (f'{team}[teams.web.ready]\nrules = ["ordering"]\n', 2)):
        shell.write("backlint.toml", settings)
        (health,) = json.loads(shell("check", *NOW, "-o", "json").out)["run"]["teams"]
        (told,) = json.loads(shell("ready", *NOW, "--json").out)
        lacking = [each["item"]["key"] for each in told["planning"]["coming"] if each["lacks"]]
        assert (health["ready"], health["next_items"]) == (ready, 2)
        assert len(lacking) == 2 - ready


def test_one_rule_can_be_had_as_data(shell: Shell) -> None:
    [rule] = json.loads(shell("rules", "stale-item", "--json").out)
    assert (rule["name"], rule["family"]) == ("stale-item", "staleness")
    assert "stale-item" in shell("rules", "stale-item", "--why").out


def test_moves_further_down_are_counted(shell: Shell) -> None:
    lower = {"priority": {"level": 5, "name": "Lowest"}}
    priorities = {**dict.fromkeys(range(1, 50), LOW), 4: HIGH, 60: LOW}
    shell.write_items(*({"title": f"Item {n}", **TOLD, **priorities.get(n, lower)} for n in range(1, 61)))
    said = shell("order", "items.jsonl", "--within", "next", *NOW)
    assert "Move SHOP-4 above SHOP-1." in said.out
    assert "Further down: 1 more move (--within icebox shows them)." in said.out
    assert "Move SHOP-60 above SHOP-50." in shell("order", "items.jsonl", "--within", "icebox", *NOW).out
