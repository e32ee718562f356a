"""`trend` and `diff`: what earlier runs left behind, read without a tracker."""

import json

import pytest

from tests.cli.conftest import Shell

TEAM = '[teams.web.file]\npath = "items.jsonl"\nis_ordered = true\n'
NIGHTS = ("2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z", "2026-11-22T08:00:00Z")
FULL = "A customer is told the day on which the parcel comes.\n\n## Acceptance criteria\n\n- The day is shown.\n"


def night(shell: Shell, now: str, *bodies: str, settings: str = "") -> None:
    """A run over items with these texts."""
    shell.write("backlint.toml", settings + TEAM)
    titles = ("Show the day of delivery", "Pay by invoice", "Export the orders of a year")
    shell.write_items(*({"title": title, "body": body} for title, body in zip(titles, bodies, strict=False)))
    assert shell("check", "--now", now, "--exit-zero").code == 0


@pytest.fixture
def three_nights(shell: Shell) -> Shell:
    night(shell, NIGHTS[0], "", FULL)
    night(shell, NIGHTS[1], "", "")
    night(shell, NIGHTS[2], FULL, "")
    return shell


def test_the_trend_shows_the_newest_first(three_nights: Shell) -> None:
    said = three_nights("trend")
    assert said.code == 0
    dates = [line[:10] for line in said.out.splitlines() if line.startswith("2026")]
    assert dates == ["2026-11-22", "2026-11-21", "2026-11-20"]


def test_the_trend_for_programs(three_nights: Shell) -> None:
    (told,) = json.loads(three_nights("trend", "--last", "2", "--json").out)
    assert told["team"] == "web"
    assert [run["id"][:10] for run in told["runs"]] == ["2026-11-21", "2026-11-22"]
    assert all({"score", "findings", "open_items"} <= run["point"].keys() for run in told["runs"])


def test_runs_of_other_rules_are_marked_and_not_compared(shell: Shell) -> None:
    night(shell, NIGHTS[0], "", "")
    night(shell, NIGHTS[1], "", "", settings='select = ["minimal"]\n')
    newest = next(line for line in shell("trend").out.splitlines() if line.startswith("2026-11-21"))
    assert "other rules" in newest
    assert "The rules or their settings changed in between" in shell("diff").out


def test_without_a_run_there_is_no_trend(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    assert "No run is kept yet" in shell("trend").out
    assert shell("diff").err == "error: web has 0 runs so far: there is nothing to compare.\n"


def test_the_last_two_runs_are_compared(three_nights: Shell) -> None:
    said = three_nights("diff")
    assert "- SHOP-1 has no description [missing-description]" in click_free(said.out)
    assert "+" not in "".join(line[:4] for line in said.out.splitlines())
    assert said.code == 0


def test_what_is_new_makes_the_exit_code_1(three_nights: Shell) -> None:
    said = three_nights("diff", "2026-11-20", "2026-11-21")
    assert "+ SHOP-2 has no description [missing-description]" in click_free(said.out)
    assert said.code == 1


def test_a_check_shows_only_what_is_new(three_nights: Shell) -> None:
    """The same findings as on the last night, then one that came back, held against that night and the one before."""
    ask = ("check", "--select", "missing-description", "-o", "json", "--now")
    assert three_nights(*ask, "2026-11-23", "--diff").code == 0
    three_nights.write_items({"title": "Show the day of delivery", "body": ""}, {"title": "Pay", "body": ""})
    said = three_nights(*ask, "2026-11-24", "--diff")
    (team,) = json.loads(said.out)["run"]["teams"]
    assert [each["subject"]["key"] for each in team["findings"]] == ["SHOP-1"]
    assert team["hidden"] == {"found before": 1}
    assert said.code == 1
    assert three_nights(*ask, "2026-11-25", "--diff", "2026-11-21").code == 0


def test_before_the_first_run_everything_is_new(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    shell.write_items({"title": "Pay", "body": ""})
    assert "has no description" in shell("check", "--diff").out


def test_a_file_that_is_named_has_no_earlier_run(shell: Shell) -> None:
    shell.write_items({"title": "Pay", "body": ""})
    said = shell("check", "items.jsonl", "--diff")
    assert (said.code, said.out) == (2, "")
    assert "of a file that is named here nothing is kept" in said.err


def test_a_difference_turned_around(three_nights: Shell) -> None:
    """Whatever is new one way is gone the other way."""
    ((there,), (back,)) = (
        json.loads(three_nights("diff", *runs, "--json").out)
        for runs in (("2026-11-20", "2026-11-22"), ("2026-11-22", "2026-11-20"))
    )
    assert (there["new"], there["gone"], there["staying"]) == (back["gone"], back["new"], back["staying"])
    assert there["new"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2025", 'web has no run "2025"; `backlint trend` names them.'),
        ("2026", 'web has 3 runs that begin with "2026", the last 2026-11-22T08:00:00+00:00.'),
    ],
)
def test_a_run_must_be_one(three_nights: Shell, name: str, said: str) -> None:
    answer = three_nights("diff", name, "last")
    assert (answer.code, answer.err) == (2, f"error: {said}\n")


def click_free(text: str) -> str:
    return " ".join(text.split())


def test_what_is_about_the_whole_backlog_is_compared_too(shell: Shell) -> None:
    shell.write("backlint.toml", 'select = ["too-much-in-progress", "missing-description"]\n' + TEAM)
    doing = {"title": "Pay", "stage": "doing", "rank": None, "body": "x", "assignees": ["Robin"]}
    shell.write_items(*[doing] * 4)
    shell("check", "--now", NIGHTS[0], "--exit-zero")
    shell.write_items(*[doing] * 5, {"title": "Export the orders", "body": ""})
    shell("check", "--now", NIGHTS[1], "--exit-zero")
    said = click_free(shell("diff").out)
    assert "+ 5 items are in progress, held by one person [too-much-in-progress]" in said
    assert "+ SHOP-6 has no description [missing-description]" in said
