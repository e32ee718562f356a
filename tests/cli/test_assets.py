"""`--html-assets files`: for places that refuse styles within a page, shown here under the policy that Jenkins sets."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.browser import Tab, browser, needs_chromium
from tests.cli.conftest import Shell
from tests.reports.page import read
from tests.reports.test_browser import AXE, needs_axe

JENKINS = "sandbox; default-src 'none'; style-src 'self'; img-src 'self'"
NOW = ("--now", "2026-11-22T08:00:00Z")
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
STYLED = "rgb(248, 247, 244)"


@pytest.fixture
def pages(shell: Shell) -> Path:
    """Every kind of page that there is."""
    shell.write_items({"title": "Pay by invoice", "body": "", "rank": 1}, {"title": "Log in", "body": "", "rank": 2})
    files = ("--html-assets", "files", *NOW)
    shell(
        "check",
        "items.jsonl",
        "--exit-zero",
        "--pages",
        "site",
        "-o",
        "html=report.html",
        "-o",
        "json=run.json",
        *files,
    )
    shell("ready", "items.jsonl", "--agenda", "-o", "html=ready.html", *files)
    return shell.directory


PAGES = ("report.html", "ready.html", "site/index.html", "site/items-jsonl.html")


@pytest.mark.parametrize("name", PAGES)
def test_no_style_stands_in_the_page(pages: Path, name: str) -> None:
    page = read((pages / name).read_text("utf-8"))
    assert list(page.every("style")) == []
    assert [it.tag for it in page.every() if "style" in it.attributes] == []
    assert [it.attributes["href"] for it in page.every("link")] == ["backlint.css"]
    assert (pages / name).with_name("backlint.css").is_file()


def test_the_page_of_an_earlier_run_is_the_same(pages: Path, shell: Shell) -> None:
    first = (pages / "report.html").read_text("utf-8")
    shell("report", "--from", "run.json", "-o", "html=again.html", "--html-assets", "files")
    assert (pages / "again.html").read_text("utf-8") == first


def test_without_it_all_is_in_the_page(shell: Shell) -> None:
    shell.write_items({"title": "Pay by invoice", "body": ""})
    shell("ready", "items.jsonl", "-o", "html=ready.html", *NOW)
    assert len(list(read((shell.directory / "ready.html").read_text("utf-8")).every("style"))) == 1
    assert not (shell.directory / "backlint.css").exists()


class Jenkins(SimpleHTTPRequestHandler):
    """Serves files as a build server does."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", JENKINS)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so by the class above
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Generator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Jenkins, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with browser() as opened:
        yield opened


@needs_chromium
@pytest.mark.parametrize("name", PAGES)
def test_it_is_as_beautiful_where_styles_are_refused(tab: Tab, pages: Path, name: str) -> None:
    with served(pages) as address:
        tab.requests.clear()
        tab.open(f"{address}/{name}")
        assert tab.ask(BACKGROUND) == STYLED
        assert {request.removeprefix(address) for request in tab.requests} <= {
            f"/{name}",
            f"/{name.rpartition('/')[0]}/backlint.css".replace("//", "/"),
            "/favicon.ico",
        }


@needs_chromium
@pytest.mark.parametrize("name", PAGES)
def test_it_opens_from_a_folder_as_well(tab: Tab, pages: Path, name: str) -> None:
    tab.show(pages / name)
    assert tab.ask(BACKGROUND) == STYLED


@needs_chromium
@needs_axe
@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("name", PAGES[:2])
def test_everybody_can_read_it(tab: Tab, pages: Path, name: str, is_dark: bool) -> None:
    tab.show(pages / name, width=390, is_dark=is_dark)
    assert tab.ask("document.documentElement.scrollWidth") <= 390
    tab.ask(AXE.read_text("utf-8"))
    assert tab.ask("axe.run().then(it => it.violations.map(each => `${each.id}: ${each.nodes[0].html}`))") == []
