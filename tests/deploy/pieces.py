"""The files that people deploy with, and the tools that look at them."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
GUIDE = ROOT / "docs" / "deployment.md"
ACTION = ROOT / "action.yml"
KUBERNETES = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
UNITS = sorted((DEPLOY / "systemd").iterdir())

FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Tried:
    """What a tool or a script answered."""

    code: int
    said: str


def tool(name: str) -> str:
    """Where a tool is: beside this Python, else on the path; without it the test is skipped, and says so."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} on this machine")
    return found


def tried(*command: str | Path, given: str | None = None, environ: Mapping[str, str] | None = None) -> Tried:
    """Run a tool; all that it said, wherever it said it."""
    done = subprocess.run(  # noqa: S603 - the tools of the tests
        list(map(str, command)),
        input=given,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    return Tried(done.returncode, done.stdout)


def read(file: Path) -> Any:
    """The one document of a file."""
    return yaml.safe_load(file.read_text("utf-8"))


def snippets(file: Path, *languages: str) -> Sequence[str]:
    """The blocks of code in a page."""
    found = FENCE.finditer(file.read_text("utf-8"))
    return [each["text"] for each in found if each["language"] in languages]


def objects() -> Iterator[Mapping[str, Any]]:
    """Everything that stands in the files for Kubernetes."""
    for file in KUBERNETES:
        yield from yaml.safe_load_all(file.read_text("utf-8"))


def pods() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What each of them runs: its name, and the specification of its pod."""
    for each in objects():
        spec = each.get("spec", {})
        pod = spec.get("jobTemplate", {}).get("spec", spec).get("template", {}).get("spec")
        if pod:
            yield each["metadata"]["name"], pod


def settings_of(unit: Path) -> Sequence[tuple[str, str]]:
    """The lines of a unit, in their order: a name may come several times."""
    lines = (line.partition("=") for line in unit.read_text("utf-8").splitlines() if not line.startswith(("#", "[")))
    return [(name, value) for name, equals, value in lines if equals]
