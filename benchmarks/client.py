"""One client in a process of its own, that reads a fake and says what it took: `benchmarks.peers` starts it.

It loads what this one client needs and nothing else, so that its CPU and its memory are its own.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from typing import Any

from benchmarks.performance import peak_of_memory


def ours(told: Mapping[str, Any]) -> Callable[[], int]:
    """A sync as a night does it, into a store. Libraries are loaded before, as those of the others are."""
    from backlint.catalog import load  # noqa: PLC0415 - the others do not need it
    from backlint.connector import Connector  # noqa: PLC0415
    from backlint.store import Store  # noqa: PLC0415
    from backlint.sync import sync  # noqa: PLC0415
    from backlint.testing.clock import FakeClock  # noqa: PLC0415
    from backlint.transport import Gate  # noqa: PLC0415

    import_module("httpx")  # else the first site that is opened loads it
    connector = load(Connector, told["kind"]).model_validate(told["settings"])

    def read() -> int:
        with Store.open(told["store"]) as opened:
            gate = Gate(FakeClock(datetime.fromisoformat(told["now"])))
            (reading,) = asyncio.run(sync(opened, [connector], gate))
            assert reading.is_complete, reading.problems
            return reading.items

    return read


def pygithub(told: Mapping[str, Any]) -> Callable[[], int]:
    """As fast as it can be made to be."""
    from benchmarks.github_sync import theirs  # noqa: PLC0415

    return lambda: theirs(told["url"], told["project"])


def jira_package(told: Mapping[str, Any]) -> Callable[[], int]:
    """Its own search, as its users write it."""
    from backlint.testing.fakes.jira import FakeJira  # noqa: PLC0415
    from benchmarks.jira_sync import theirs  # noqa: PLC0415

    return lambda: theirs(told["url"], FakeJira())


def jira_package_whole(told: Mapping[str, Any]) -> Callable[[], int]:
    """The same for all that ours reads."""
    from backlint.testing.fakes.jira import FakeJira  # noqa: PLC0415
    from benchmarks.jira_sync import theirs_whole  # noqa: PLC0415

    return lambda: theirs_whole(told["url"], FakeJira())


CLIENTS = {"ours": ours, "PyGithub": pygithub, "jira package": jira_package, "jira package, all": jira_package_whole}


def main() -> None:
    """Be the client that the one argument describes."""
    told = json.loads(sys.argv[1])
    read = CLIENTS[told["client"]](told)
    began, worked = time.perf_counter(), time.process_time()
    items = read()
    took = {"wall": time.perf_counter() - began, "cpu": time.process_time() - worked, "peak": peak_of_memory()}
    print(json.dumps({"items": items, **took}))


if __name__ == "__main__":
    main()
