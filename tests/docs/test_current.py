"""What is written from the plugins is what stands in the checkout."""

import subprocess
import sys
from pathlib import Path

import pytest

from backlint import catalog
from backlint.docs.writing import BEGIN, END, outdated, write
from backlint.errors import ConfigError
from backlint.rule import Rule

CHECKOUT = Path(__file__).resolve().parents[2]


def test_nothing_is_out_of_date() -> None:
    assert outdated(CHECKOUT) == (), "run `make docs`"


def test_writes_what_is_missing_and_then_nothing(tmp_path: Path) -> None:
    assert "config.example.toml" in write(tmp_path)
    assert write(tmp_path) == ()


def test_every_rule_has_a_page_and_no_other_page_stays(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "docs/rules/former-rule.md").write_text("# former-rule\n")
    (tmp_path / "docs/rules/stale-item.md").write_text("mended by hand\n")
    assert set(write(tmp_path)) == {"docs/rules/former-rule.md", "docs/rules/stale-item.md"}
    assert {file.stem for file in (tmp_path / "docs/rules").iterdir()} == set(catalog.names(Rule))


def test_the_readme_keeps_everything_but_the_table(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"# backlint\n\nBefore.\n\n{BEGIN}\nthe table of yesterday\n{END}\n\nAfter.\n")
    write(tmp_path)
    text = readme.read_text()
    assert text.startswith("# backlint\n\nBefore.\n")
    assert text.endswith(f"{END}\n\nAfter.\n")
    assert "[stale-item](docs/rules/stale-item.md)" in text
    assert "yesterday" not in text


def test_a_readme_without_the_marks_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# backlint\n")
    assert "README.md" not in write(tmp_path)


def test_half_a_mark_is_told(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(BEGIN)
    with pytest.raises(ConfigError, match='no "<!-- end of rules -->"'):
        write(tmp_path)


def docs(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "backlint.docs", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves


def test_as_a_command_it_says_what_is_out_of_date_and_writes_it_where_it_is_asked_to(tmp_path: Path) -> None:
    told = docs("--check", str(tmp_path))
    assert told.returncode == 1
    assert "out of date: config.example.toml" in told.stdout.splitlines()
    assert not list(tmp_path.iterdir())
    assert "written: config.example.toml" in docs(str(tmp_path)).stdout.splitlines()
    again = docs("--check", str(tmp_path))
    assert (again.returncode, again.stdout) == (0, "")
