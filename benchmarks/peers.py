"""A full read beside the tools that people have, from the same fakes at the same distance.

    python -m benchmarks.peers [--issues 3000] [--rounds 3] [--milliseconds 50] [--peers PYTHON] [--record]

Each client runs in a process of its own, so that its CPU and the peak of its memory are its own; the fakes answer from
this one. Ours reads everything (histories, order, links) and keeps it in a store; the `jira` package is asked for
fields and comments, as its users do, and then for all that ours reads; PyGithub for the same as ours, as fast as it can
be made to; perceval for the issues with their comments, which is less than ours reads without a project. `--peers` is a
Python that has perceval, which is no dependency of this project; without it, it is left out with a word.
github-to-sqlite is, too: it knows no address but api.github.com.
"""

import json
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from backlint.testing.loopback import serve
from backlint.transport.inprocess import Heard, Reply, Responder
from benchmarks import github_sync, jira_sync
from benchmarks.performance import record

PERCEVAL = """
import json, sys, time
from perceval.backends.core.github import GitHub
began, worked = time.perf_counter(), time.process_time()
reader = GitHub("acme", "shop", api_token=["x"], base_url=sys.argv[1], sleep_for_rate=False)
items = sum(1 for _ in reader.fetch(filter_classified=True))
print(json.dumps({"items": items, "wall": time.perf_counter() - began, "cpu": time.process_time() - worked,
                  "peak": int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]) / 1024}))
"""

ONCE = {"perceval"}
"""What takes minutes is measured once."""

IN_JIRA = 3
"""Its answers hold more issues, so there are more of them for the distance to count."""

JIRA, GITHUB, WITH_PROJECT = "Jira Cloud", "GitHub", "GitHub with a project"
OURS = "backlint, everything"


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


@dataclass(frozen=True, slots=True)
class Took:
    """What a client took."""

    items: int
    requests: int
    wall: float
    cpu: float
    peak: float
    busy: float

    def __str__(self) -> str:
        return (
            f"{self.items:>7,} items{self.requests:>7,} requests{self.wall:>8.2f} s wall{self.cpu:>8.2f} s CPU"
            f"{self.peak:>6.0f} MB   (the fake: {self.busy:.2f} s)"
        )


def measured(name: str, far: Far, command: Sequence[str]) -> Took | None:
    """Run a client and print its line; `None` where it does not work here, or reads nothing."""
    far.requests, far.busy = 0, 0.0
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        print(f"{name:28} left out: {(done.stderr.strip() or 'nothing said').splitlines()[-1][:90]}")
        return None
    told = json.loads(done.stdout.strip().splitlines()[-1])
    took = Took(**told, requests=far.requests, busy=far.busy)
    print(f"{name:28}{took}", flush=True)
    return took if took.items else None


def of_child(told: Mapping[str, Any]) -> Sequence[str]:
    """The command of a client in a process of its own."""
    return [sys.executable, "-m", "benchmarks.client", json.dumps(told)]


@dataclass
class Site:
    """A tracker to be read: `mine` is our client for a store, `touch` lets a day pass and changes a hundredth.

    `fewest` is what any client must ask that reads what ours does; `pages` are those of a project, asked each night.
    """

    name: str
    far: Far
    mine: Callable[[str], Mapping[str, Any]]
    touch: Callable[[bool], None]
    fewest: int
    pages: int = 0
    peers: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    def figures(self, folder: Path, rounds: int) -> Mapping[str, float]:
        """Ours and the others in turn, everything; then ours after a hundredth changed, and after nothing did."""
        print(f"\n{self.name}; any client must ask {self.fewest} times")
        stores = [str(folder / f"{self.name} {number}.db".replace(" ", "-")) for number in range(rounds)]
        taken: dict[str, list[Took]] = defaultdict(list)
        for number, store in enumerate(stores):
            clients = {OURS: of_child(self.mine(store)), **self.peers}
            for name in [name for name in clients if number == 0 or name not in ONCE]:
                if took := measured(name, self.far, clients[name]):
                    taken[name].append(took)
        nights: list[Took] = []
        for what, changes in (("1 % changed", True), ("nothing changed", False)):
            self.touch(changes)
            if took := measured(f"backlint, {what}", self.far, of_child(self.mine(stores[0]))):
                nights.append(took)
        return self._told(taken, nights)

    def _told(self, taken: Mapping[str, Sequence[Took]], nights: Sequence[Took]) -> Mapping[str, float]:
        ours = taken[OURS]
        besides = " besides the pages of the project" if self.pages else ""
        found = {f"{self.name}, full: requests": ours[0].requests / self.fewest}
        for what, night in zip(("1 % changed", "nothing changed"), nights, strict=True):
            found[f"{self.name}, {what}: requests{besides}"] = night.requests - self.pages
        for name, theirs in taken.items():
            if name != OURS:
                shown = PEERS[name]
                found[f"{self.name}, full: wall clock beside {shown}"] = of(ours, theirs, lambda one: one.wall)
                found[f"{self.name}, full: CPU beside {shown}"] = of(ours, theirs, lambda one: one.cpu)
        return found | {"peak": max(one.peak for one in (*ours, *nights))}


PEERS = {
    "PyGithub": "PyGithub, tuned",
    "jira package": "the jira package",
    "jira package, all": "the jira package, for the same data",
    "perceval": "perceval",
}


def of(ours: Sequence[Took], theirs: Sequence[Took], what: Callable[[Took], float]) -> float:
    """Our median beside theirs."""
    return median(map(what, ours)) / median(map(what, theirs))


def jira(issues: int, seconds: float) -> Generator[Site]:
    """Jira Cloud."""
    site = jira_sync.site(issues)
    far = Far(site, seconds)

    def touch(changes: bool) -> None:
        site.now += timedelta(days=1)
        for issue in list(site.issues.values())[-issues // 100 :] if changes else ():
            site.change(issue, labels=["new"], at=site.now - timedelta(hours=3))

    with serve(far) as url:
        settings = {"url": url, "project": ["SHOP"], "email": site.email, "token": site.token}
        mine = {"client": "ours", "kind": "jira", "settings": settings}
        yield Site(
            JIRA,
            far,
            lambda store: mine | {"store": store, "now": site.now.isoformat()},
            touch,
            jira_sync.fewest(issues),
            peers={
                "jira package": of_child({"client": "jira package", "url": url}),
                "jira package, all": of_child({"client": "jira package, all", "url": url}),
            },
        )


def github(issues: int, seconds: float, peers: str | None, *, has_project: bool) -> Generator[Site]:
    """GitHub."""
    hub = github_sync.filled(issues)
    nights = [hub.now() + timedelta(days=1)]
    hub.now = lambda: nights[-1]
    far = Far(hub, seconds)

    def touch(changes: bool) -> None:
        nights.append(nights[-1] + timedelta(days=1))
        shop = hub.repositories["acme/shop"]
        for issue in list(shop.issues.values())[: issues // 100] if changes else ():
            issue.comment("Another thought.", by="ada", at=hub.now() - timedelta(hours=3))

    with serve(far) as url:
        settings = {"url": url, "repository": "acme/shop"} | ({"project": "acme/4"} if has_project else {})
        mine = {"client": "ours", "kind": "github", "settings": settings}
        theirs = {"client": "PyGithub", "url": url, "project": hub.projects["acme", 4].ids[1]}
        perceval = {"perceval": [peers, "-c", PERCEVAL, url]} if peers else {}
        yield Site(
            WITH_PROJECT if has_project else GITHUB,
            far,
            lambda store: mine | {"store": store, "now": hub.now().isoformat()},
            touch,
            github_sync.fewest(issues, has_project=has_project),
            pages=1 + -(-issues // github_sync.PAGE) if has_project else 0,
            peers={"PyGithub": of_child(theirs)} if has_project else perceval,
        )


SIZES = (1_000, 10_000, 50_000)


def peaks(milliseconds: float, folder: Path) -> Mapping[str, float]:
    """The peak of memory of a full sync, by size."""
    found: dict[str, float] = {}
    for size in SIZES:
        for site in jira(size, milliseconds / 1000):
            name = f"{size:,} issues of {JIRA}"
            if took := measured(name, site.far, of_child(site.mine(str(folder / f"{size}.db")))):
                found[name] = took.peak
    return found


def main() -> None:
    """Print a line for each client."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--issues", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--milliseconds", type=float, default=50)
    parser.add_argument("--peers", help="a Python that has perceval")
    parser.add_argument("--sizes", action="store_true", help="the peak of memory by size, and nothing else")
    parser.add_argument("--record", action="store_true", help="put the figures on the page")
    told = parser.parse_args()
    seconds = told.milliseconds / 1000
    with TemporaryDirectory() as made:
        folder = Path(made)
        if told.sizes:
            found = peaks(told.milliseconds, folder)
            if told.record:
                record("memory", "The program and what it reads into a store.", found)
            return
        figures: dict[str, float] = {}
        peak = 0.0
        for sites in (
            jira(told.issues * IN_JIRA, seconds),
            github(told.issues, seconds, None, has_project=True),
            github(told.issues, seconds, told.peers, has_project=False),
        ):
            for site in sites:
                figures |= site.figures(folder, told.rounds)
                peak = max(peak, figures.pop("peak"))
    if told.record:
        sizes = f"{told.issues:,} issues of GitHub and {told.issues * IN_JIRA:,} of Jira"
        about = f"{sizes}, {told.milliseconds:.0f} ms before every answer; median of {told.rounds}."
        record("sync", about, figures | {"the largest peak of memory of these": peak})


if __name__ == "__main__":
    main()
