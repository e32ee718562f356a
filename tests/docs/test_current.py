"""What is written from the plugins is what stands in the checkout."""

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
