"""A headless Chromium, spoken to over a pipe: for tests of pages, and for pictures of them."""

import json
import os
import shutil
from base64 import b64decode
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fcntl import F_DUPFD_CLOEXEC, fcntl
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")

QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)


@dataclass
class Tab:
    """One page. `requests` are the addresses that it asked for, itself included."""

    commands: int
    answers: int
    session: str = ""
    number: int = 0
    requests: list[str] = field(default_factory=list[str])
    unread: bytes = b""

    def say(self, method: str, **params: Any) -> dict[str, Any]:
        """Give the browser a command and wait for its answer."""
        self.number += 1
        told: dict[str, Any] = {"id": self.number, "method": method, "params": params}
        if self.session:
            told["sessionId"] = self.session
        os.write(self.commands, json.dumps(told).encode() + b"\0")
        while True:
            heard = self._hear()
            if heard.get("id") == self.number:
                assert "error" not in heard, f"{method}: {heard['error']}"
                result: dict[str, Any] = heard["result"]
                return result

    def wait_for(self, event: str) -> None:
        """Until the browser tells of it."""
        while self._hear().get("method") != event:
            pass

    def _hear(self) -> dict[str, Any]:
        while b"\0" not in self.unread:
            piece = os.read(self.answers, 1 << 20)
            assert piece, "Chromium has gone"
            self.unread += piece
        whole, _, self.unread = self.unread.partition(b"\0")
        heard: dict[str, Any] = json.loads(whole)
        if heard.get("method") == "Network.requestWillBeSent":
            self.requests.append(heard["params"]["request"]["url"])
        return heard

    def show(self, page: Path, *, width: int = 1180, is_dark: bool = False, has_scripts: bool = True) -> None:
        """Open a page from its file."""
        self.open(page.absolute().as_uri(), width=width, is_dark=is_dark, has_scripts=has_scripts)

    def open(self, address: str, *, width: int = 1180, is_dark: bool = False, has_scripts: bool = True) -> None:
        """Open a page at that width; the screen of a phone is narrower than 500."""
        is_phone = width < 500
        size = {"width": width, "height": 900, "deviceScaleFactor": 2, "mobile": is_phone}
        self.say("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.say("Emulation.setEmulatedMedia", features=[scheme])
        self.say("Emulation.setScriptExecutionDisabled", value=not has_scripts)
        self.say("Page.navigate", url=address)
        self.wait_for("Page.loadEventFired")

    def ask(self, expression: str) -> Any:
        """What an expression in the page comes to."""
        return self.say("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)["result"].get(
            "value"
        )

    def picture(self, file: Path, *, height: int | None = None) -> None:
        """The whole page as PNG, or its first so many pixels."""
        size = self.say("Page.getLayoutMetrics")["cssContentSize"]
        shown = min(size["height"], height or size["height"])
        clip = {"x": 0, "y": 0, "width": size["width"], "height": shown, "scale": 1}
        shot = self.say("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        file.write_bytes(b64decode(shot["data"]))

    def printed(self, file: Path) -> None:
        """The page as it is printed on A4."""
        told = self.say("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, printBackground=True)
        file.write_bytes(b64decode(told["data"]))


@contextmanager
def browser() -> Generator[Tab]:
    """A browser with one tab, closed when the block ends."""
    to_browser, commands = map(_high, os.pipe())
    answers, from_browser = map(_high, os.pipe())
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = _start(to_browser, from_browser, profile)
        tab = Tab(commands, answers)
        target = tab.say("Target.createTarget", url="about:blank")["targetId"]
        tab.session = tab.say("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            tab.say(f"{domain}.enable")
        try:
            yield tab
        finally:
            tab.session = ""
            tab.say("Browser.close")
            os.waitpid(process, 0)
            os.close(commands)
            os.close(answers)


def _high(descriptor: int) -> int:
    """The same file under a number that does not stand in the way of 3 and 4."""
    high = fcntl(descriptor, F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return high


def _start(reads: int, writes: int, profile: str) -> int:
    """Chromium reads commands from its file 3 and answers on its file 4; gives the number of the process."""
    assert CHROMIUM
    nowhere = (os.O_WRONLY, 0o600)
    files = [
        (os.POSIX_SPAWN_DUP2, reads, 3),
        (os.POSIX_SPAWN_DUP2, writes, 4),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, *nowhere),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, *nowhere),
    ]
    command = (CHROMIUM, *QUIET, f"--user-data-dir={profile}", "about:blank")
    process = os.posix_spawn(CHROMIUM, command, os.environ, file_actions=files)
    os.close(reads)
    os.close(writes)
    return process
