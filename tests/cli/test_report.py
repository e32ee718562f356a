"""Reports of an earlier run, written again from its JSON."""

from pathlib import Path

from tests.cli.conftest import Shell


def test_every_report_can_be_made_again(shell: Shell) -> None:
    shell.write_items({"title": "Pay by invoice", "body": ""}, {"title": "Pay later", "body": "Words."})
    shell("check", "items.jsonl", "-o", "json=run.json", "-o", "html=first.html", "--exit-zero")
    said = shell("report", "--from", "run.json", "-o", "html=again.html", "-o", "csv=findings.csv")
    assert said.code == 0
    assert "items.jsonl" in said.out
    assert page(shell, "again.html") == page(shell, "first.html")
    assert page(shell, "findings.csv").startswith("team,severity,")


def test_what_is_no_report_is_refused_in_a_line(shell: Shell) -> None:
    shell.write("run.json", '{"version": 1}')
    said = shell("report", "--from", "run.json")
    assert said.code == 2
    assert said.err == "error: run.json is no json report of backlint: Field required at run.\n"


def test_a_file_that_is_not_there(shell: Shell) -> None:
    said = shell("report", "--from", "nowhere.json")
    assert (said.code, said.err) == (2, "error: nowhere.json cannot be read: No such file or directory.\n")


def test_a_file_that_is_no_text(shell: Shell) -> None:
    (shell.directory / "run.json").write_bytes(b"\xff\xfe")
    assert shell("report", "--from", "run.json").err == "error: run.json is not text in UTF-8.\n"


def page(shell: Shell, name: str) -> str:
    return Path(shell.directory / name).read_text("utf-8")
