import os
from pathlib import Path

import pytest

from backlint.errors import ConfigError
from tests.reports import report, sample


def filled(folder: Path, text: str, name: str = "own.md") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    health = sample.health(titles=["<b>Bold</b> & @all"], items=8)
    return report("template", path=str(folder / name)).render(sample.run(health))


def test_a_team_writes_its_own(tmp_path: Path) -> None:
    text = "{% for team in run.teams %}{{ team.name }}: {{ team.ready }} of {{ team.next_items }}{% endfor %}"
    assert filled(tmp_path, text) == "Checkout: 4 of 6"


def test_without_one_there_is_an_example() -> None:
    assert report("template").render(sample.run()).startswith("# Checkout: Not ready for sprint planning\n")


def test_html_is_escaped(tmp_path: Path) -> None:
    text = "{{ run.teams[0].findings[0].subject.title }}"
    assert filled(tmp_path, text, "own.html") == "&lt;b&gt;Bold&lt;/b&gt; &amp; @all"


def test_markdown_is_made_safe_where_it_is_asked_for(tmp_path: Path) -> None:
    text = "{{ run.teams[0].findings[0].subject.title | markdown }}"
    assert filled(tmp_path, text) == "\\<b\\>Bold\\</b\\> \\& @\u200ball"


def test_others_of_the_folder_can_be_included(tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text("a part", encoding="utf-8")
    assert filled(tmp_path, "{% include 'part.md' %}") == "a part"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ run.nam }}", "'dict object' has no attribute 'nam'"),
        ("a\nb{% if %}", "in line 2"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ run.__class__.__mro__ }}", "unsafe"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "unsafe"),
        ("{{ cycler.__init__.__globals__ }}", "unsafe"),
        ("{{ run.teams.append(1) }}", "unsafe"),
        ("{% include '/etc/passwd' %}", "/etc/passwd"),
        ("{% include '../secret' %}", "../secret"),
        ("{% for a in range(999999999) %}{% endfor %}", "Range too big"),
        ("{{ 'a' * 3000000000 }}", "needed more than 512 MB"),
        ("{{ 'a' * 6000000 }}", "5,000,000 is the most"),
    ],
)
def test_what_is_wrong_or_too_much_is_one_clear_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        filled(tmp_path, text)
    assert told in str(caught.value)
    assert "own.md" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_template_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    forever = "{% for a in range(99999) %}{% for b in range(99999) %}{{ b }}{% endfor %}{% endfor %}"
    with pytest.raises(ConfigError, match="needed more than"):
        filled(tmp_path, forever)


def test_a_template_that_is_not_there() -> None:
    with pytest.raises(ConfigError, match="There is no template nowhere"):
        report("template", path="nowhere.md").render(sample.run())


def test_whatever_the_machine_writes_in_it_is_utf_8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    assert filled(tmp_path, "Größe {{ 'ß' }} 頂") == "Größe ß 頂"


def test_the_process_is_told_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python runs `sitecustomize` before anything else: here it says what the process was told."""
    heard = tmp_path / "heard"
    (tmp_path / "sitecustomize.py").write_text(
        f"import os, pathlib\npathlib.Path({str(heard)!r}).write_text(repr(dict(os.environ)))", "utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("JIRA_TOKEN", "canary-7f3a9c")
    assert filled(tmp_path, "x") == "x"
    assert "PYTHONPATH" in heard.read_text("utf-8")
    assert "canary" not in heard.read_text("utf-8")
