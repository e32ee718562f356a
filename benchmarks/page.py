"""How large the page is, and how long it takes to be made and to open: `python -m benchmarks.page`."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from backlint import catalog
from backlint.health import Health
from backlint.report import Report
from tests.browser import CHROMIUM, Tab, browser
from tests.reports import sample

TIMES = 5
OPENED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
"""Milliseconds from the start of the navigation until everything stands on the page."""


def health(findings: int) -> Health:
    """A team with that many findings, each about another item."""
    made = sample.health(items=min(findings, 400))
    named = [
        replace(it, subject=it.subject and replace(it.subject, key=f"SHOP-{n}", id=f"sample:{n}"))
        for n, it in enumerate(made.findings * (findings // len(made.findings) + 1))
    ]
    return replace(made, findings=tuple(named[:findings]))


def opened(tab: Tab, page: Path) -> Sequence[float]:
    """Seconds, several times."""
    taken: list[float] = []
    for _ in range(TIMES):
        tab.show(page)
        taken.append(tab.ask(OPENED) / 1000)
    return taken


def main() -> None:
    """The page with its usual limit, and with that of a team's own page."""
    if CHROMIUM is None:
        raise SystemExit("No Chromium here: apt-get install chromium.")
    html: type[Report] = catalog.load(Report, "html")
    with TemporaryDirectory() as folder, browser() as tab:
        for findings, shown in ((200, 2_000), (10_000, 2_000), (10_000, 3_000)):
            run = sample.run(health(findings))
            begun = perf_counter()
            text = html.model_validate({"findings": shown}).render(run)
            made = perf_counter() - begun
            page = Path(folder) / "report.html"
            page.write_text(text, "utf-8")
            seconds = median(opened(tab, page))
            size = len(text.encode()) / 1e6
            rows = min(findings, shown)
            print(f"{findings:>6} findings, {rows:>6} listed: {size:.2f} MB, {made:.2f} s made, {seconds:.2f} s opened")


if __name__ == "__main__":
    main()
