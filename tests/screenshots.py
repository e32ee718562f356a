"""Take pictures of a report: `python -m tests.screenshots report.html docs/pictures`."""

import sys
from pathlib import Path

from tests.browser import browser

FIRST_SCREENS = 1500
"""Pixels: the verdict, the tiles and the ten things to do."""


def take(report: Path, folder: Path) -> None:
    """The report in light, in dark, on a phone, and printed."""
    folder.mkdir(parents=True, exist_ok=True)
    with browser() as tab:
        tab.show(report)
        tab.picture(folder / "report-light.png", height=FIRST_SCREENS)
        tab.picture(folder / "report-whole.png")
        tab.printed(folder / "report.pdf")
        tab.show(report, is_dark=True)
        tab.picture(folder / "report-dark.png", height=FIRST_SCREENS)
        tab.show(report, width=390)
        tab.picture(folder / "report-phone.png", height=2 * FIRST_SCREENS)


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
