"""A full read beside the tools that people have, from the same fakes at the same distance.

    python -m benchmarks.peers [--issues 2000] [--milliseconds 50] [--peers /path/to/python]

Each client runs in a process of its own, so that its CPU and the peak of its memory are its own; the fakes answer from
this one. Ours reads everything (histories, order, links) and keeps it in a store; the `jira` package reads fields and
comments, PyGithub the same as ours as fast as it can be made to, perceval the issues with their comments. `--peers` is
a Python that has perceval, which is no dependency of this project; without it, it is left out with a word.
github-to-sqlite is, too: it knows no address but api.github.com.
"""

import asyncio
import json
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from backlint.catalog import load
from backlint.connector import Connector
from backlint.store import Store
from backlint.sync import sync
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.jira import FakeJira
from backlint.testing.loopback import serve
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, Reply, Responder
from benchmarks import github_sync, jira_sync

PERCEVAL = """
import json, resource, sys, time
from perceval.backends.core.github import GitHub
began = time.perf_counter()
reader = GitHub("acme", "shop", api_token=["x"], base_url=sys.argv[1], sleep_for_rate=False)
items = sum(1 for _ in reader.fetch(filter_classified=True))
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"items": items, "wall": time.perf_counter() - began, "cpu": used.ru_utime + used.ru_stime,
                  "peak": int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]) / 1024}))
"""

TARGETS = {"PyGithub": 0.15, "jira package": 0.2, "perceval": 0.02}
"""Our wall clock, as a share of theirs."""


class Far:
    """A fake some way off, that counts what is asked of it. The way takes its time; the fake takes one at a time."""

    def __init__(self, fake: Responder, seconds: float) -> None:
        self._fake, self._seconds = fake, seconds
        self._one_at_a_time = Lock()
        self.requests = 0
        self.busy = 0.0
        """Seconds that the fake itself worked: they are in everybody's wall clock."""

    def __call__(self, heard: Heard) -> Reply:
        time.sleep(self._seconds)
        with self._one_at_a_time:
            self.requests += 1
            began = time.thread_time()
            reply = self._fake(heard)
            self.busy += time.thread_time() - began
            return reply


def ours(kind: str, settings: Mapping[str, Any], store: str, now: datetime) -> int:
    """A sync as a night does it, into a store."""
    connector = load(Connector, kind).model_validate(settings)
    with Store.open(store) as opened:
        (reading,) = asyncio.run(sync(opened, [connector], Gate(FakeClock(now))))
        assert reading.is_complete, reading.problems
        return reading.items


def peak_of_memory() -> float:
    """MB. Linux tells it of this program alone; `ru_maxrss` begins with what the parent had."""
    told = Path("/proc/self/status").read_text()
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def child(told: Mapping[str, Any]) -> None:
    """Be one client, and say what it took."""
    clients: Mapping[str, Callable[[], int]] = {
        "ours": lambda: ours(told["kind"], told["settings"], told["store"], datetime.fromisoformat(told["now"])),
        "PyGithub": lambda: github_sync.theirs(told["url"], told["project"]),
        "jira package": lambda: jira_sync.theirs(told["url"], FakeJira()),
    }
    began = time.perf_counter()
    items = clients[told["client"]]()
    used = getrusage(RUSAGE_SELF)
    took = {"wall": time.perf_counter() - began, "cpu": used.ru_utime + used.ru_stime, "peak": peak_of_memory()}
    print(json.dumps({"items": items, **took}))


def measured(name: str, far: Far, command: Sequence[str]) -> float | None:
    """Run a client and print its line; gives its wall clock, or `None` where it does not work here."""
    far.requests, far.busy = 0, 0.0
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        print(f"{name:24} left out: {(done.stderr.strip() or 'nothing said').splitlines()[-1][:90]}")
        return None
    told = json.loads(done.stdout.strip().splitlines()[-1])
    print(
        f"{name:24}{told['items']:>7,} items{far.requests:>7,} requests{told['wall']:>8.2f} s wall"
        f"{told['cpu']:>8.2f} s CPU{told['peak']:>6.0f} MB   (the fake: {far.busy:.2f} s)"
    )
    wall: float = told["wall"]
    return wall


def compared(
    far: Far, mine: Callable[[], Mapping[str, Any]], peers: Mapping[str, Sequence[str]], touch: Callable[[], None]
) -> None:
    """Ours, all of it, after a hundredth changed, and after nothing did; then each of the others."""
    command = [sys.executable, "-m", "benchmarks.peers", "--child"]
    full = measured("backlint, everything", far, [*command, json.dumps(mine())])
    touch()
    measured("backlint, 1 % changed", far, [*command, json.dumps(mine())])
    measured("backlint, nothing changed", far, [*command, json.dumps(mine())])
    for name, peer in peers.items():
        theirs = measured(name, far, peer)
        if full and theirs:
            print(f"{'':24}ours takes {full / theirs:.3f} of its time (target {TARGETS[name]})")


def jira(issues: int, seconds: float, folder: Path) -> None:
    """Jira Cloud."""
    site = jira_sync.site(issues)
    far = Far(site, seconds)

    def touch() -> None:
        site.now += timedelta(days=1)
        for issue in list(site.issues.values())[-issues // 100 :]:
            site.change(issue, labels=["new"], at=site.now - timedelta(hours=3))

    with serve(far) as url:
        settings = {"url": url, "project": ["SHOP"], "email": site.email, "token": site.token}
        mine = {"client": "ours", "kind": "jira", "settings": settings, "store": str(folder / "jira.db")}
        theirs = json.dumps({"client": "jira package", "url": url})
        command = [sys.executable, "-m", "benchmarks.peers", "--child"]
        compared(far, lambda: mine | {"now": site.now.isoformat()}, {"jira package": [*command, theirs]}, touch)


def github(issues: int, seconds: float, folder: Path, peers: str | None) -> None:
    """GitHub, with a project."""
    hub = github_sync.filled(issues)
    nights = [hub.now()]
    hub.now = lambda: nights[-1]
    far = Far(hub, seconds)

    def touch() -> None:
        nights.append(nights[-1] + timedelta(days=1))
        shop = hub.repositories["acme/shop"]
        for issue in list(shop.issues.values())[: issues // 100]:
            issue.comment("Another thought.", by="ada", at=hub.now() - timedelta(hours=3))

    with serve(far) as url:
        settings = {"url": url, "repository": "acme/shop", "project": "acme/4"}
        mine = {"client": "ours", "kind": "github", "settings": settings, "store": str(folder / "github.db")}
        theirs = json.dumps({"client": "PyGithub", "url": url, "project": hub.projects["acme", 4].ids[1]})
        command = [sys.executable, "-m", "benchmarks.peers", "--child"]
        others = {"PyGithub": [*command, theirs]}
        if peers:
            others["perceval"] = [peers, "-c", PERCEVAL, url]
        compared(far, lambda: mine | {"now": hub.now().isoformat()}, others, touch)
    if not peers:
        print("perceval                 left out: name a Python that has it with --peers")


def main() -> None:
    """Print a line for each client, or be one of them."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--issues", type=int, default=2_000)
    parser.add_argument("--milliseconds", type=float, default=50)
    parser.add_argument("--peers", help="a Python that has perceval")
    parser.add_argument("--child", type=json.loads)
    told = parser.parse_args()
    if told.child:
        child(told.child)
        return
    print(f"{told.issues:,} issues, {told.milliseconds:.0f} ms before every answer")
    with TemporaryDirectory() as folder:
        jira(told.issues, told.milliseconds / 1000, Path(folder))
        github(told.issues, told.milliseconds / 1000, Path(folder), told.peers)


if __name__ == "__main__":
    main()
