"""The page as a browser shows it: nothing is asked for, nothing runs, nothing is wider than the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Tab, browser, needs_chromium
from tests.reports import hostile, report, sample

pytestmark = needs_chromium

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: npm install --no-save axe-core")
SHOWN_ROWS = "[...document.querySelectorAll('.findings tbody tr')].filter(row => row.offsetParent).length"


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    health = sample.health(titles=[*hostile.TITLES, *sample.TITLES], items=80)
    file = tmp_path_factory.mktemp("page") / "report.html"
    run = sample.run(health, sample.health("Platform", nth_night=False))
    file.write_text(report("html", by_person=True).render(run), encoding="utf-8")
    return file


@pytest.mark.parametrize("width", [320, 390, 768, 1180])
def test_nothing_is_wider_than_the_screen(tab: Tab, page: Path, width: int) -> None:
    tab.show(page, width=width)
    assert tab.ask("document.documentElement.scrollWidth") <= width


def test_the_next_items_stand_by_person_where_that_is_asked_for(tab: Tab, page: Path) -> None:
    tab.show(page, has_scripts=False)
    assert tab.ask("document.querySelector('.people tbody').innerText.trim().length") > 20


def test_nothing_but_the_page_is_asked_for(tab: Tab, page: Path) -> None:
    tab.requests.clear()
    tab.show(page)
    assert tab.requests == [page.as_uri()]


def test_it_looks_the_same_without_scripts(tab: Tab, page: Path) -> None:
    tab.show(page)
    with_scripts = tab.ask("document.body.innerText")
    tab.show(page, has_scripts=False)
    assert tab.ask("document.body.innerText") == with_scripts


def test_dark_follows_the_reader(tab: Tab, page: Path) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    tab.show(page)
    light = tab.ask(colour)
    tab.show(page, is_dark=True)
    assert tab.ask(colour) != light


def test_a_filter_needs_no_script(tab: Tab, page: Path) -> None:
    tab.show(page, has_scripts=False)
    all_rows = tab.ask(SHOWN_ROWS)
    tab.say("Runtime.evaluate", expression="location.hash = 't1-error'")
    errors = tab.ask(SHOWN_ROWS)
    others = tab.ask("document.querySelectorAll('#t2 .findings tbody tr').length")
    assert errors == tab.ask("document.querySelectorAll('#t1 tr.error').length") + others
    assert others < errors < all_rows


@needs_axe
@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("width", [390, 1180])
def test_everybody_can_read_it(tab: Tab, page: Path, width: int, is_dark: bool) -> None:
    tab.show(page, width=width, is_dark=is_dark)
    tab.ask(AXE.read_text("utf-8"))
    found = tab.ask("axe.run().then(it => it.violations.map(each => `${each.id}: ${each.nodes[0].html}`))")
    assert found == []


def test_sorting_needs_no_script(tab: Tab, page: Path) -> None:
    tab.show(page, has_scripts=False)
    in_order = "[...document.querySelectorAll('#t1 .findings tbody tr')].map(row => [row.getBoundingClientRect().top, "
    in_order += "+row.style.getPropertyValue('--place')]).sort((a, b) => a[0] - b[0]).map(row => row[1])"
    pressing = tab.ask(in_order)
    tab.ask("document.querySelector('#t1-by-place').checked = true")
    assert pressing != sorted(pressing)
    assert tab.ask(in_order) == sorted(pressing)


def test_it_prints(tab: Tab, page: Path, tmp_path: Path) -> None:
    tab.show(page)
    tab.printed(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
