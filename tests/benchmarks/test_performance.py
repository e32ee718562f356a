"""The page of figures is made of the figures, and says plainly what misses its target."""

from pathlib import Path

from benchmarks import performance
from benchmarks.performance import Goal, measured, page, section


def test_the_page_is_that_of_the_figures() -> None:
    assert performance.PAGE.read_text("utf-8") == page(performance.read())


def test_every_figure_that_is_kept_has_a_line() -> None:
    kept = performance.read()
    assert {*kept} <= {*performance.PARTS}
    for part, (_, goals) in performance.PARTS.items():
        text = section(part, kept.get(part))
        assert all(f"| {goal.name} |" in text for goal in goals)


def test_a_miss_is_called_one() -> None:
    assert measured(Goal("x", 3), 4) == "4 **(missed)**"
    assert measured(Goal("x", 3), 3) == "3"
    assert measured(Goal("x", 0.95, is_least=True), 0.9) == "0.9 **(missed)**"
    assert measured(Goal("x", None, " ms"), 1234.5) == "1,234 ms"
    assert measured(Goal("x", 3), None) == "not measured"


def test_a_part_replaces_its_own_figures(tmp_path: Path) -> None:
    figures, written = tmp_path / "performance.json", tmp_path / "performance.md"
    performance.record("order", "20,000 items.", {"the slowest of all": 0.5}, figures=figures, written=written)
    performance.record("startup", "Median of 5.", {"backlint --version": 14}, figures=figures, written=written)
    performance.record("order", "20,000 items.", {"the slowest of all": 2.0}, figures=figures, written=written)
    text = written.read_text("utf-8")
    assert "| the slowest of all | at most 1 s of CPU | 2 s of CPU **(missed)** |" in text
    assert "| backlint --version | at most 60 ms | 14 ms |" in text
    assert "Not measured yet." in text
