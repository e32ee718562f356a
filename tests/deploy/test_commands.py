"""Every command line of backlint that stands in a file or a page is one that backlint understands."""

import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
import yaml

from backlint.cli.commands import backlint
from tests.deploy.pieces import DEPLOY, FENCE, ROOT, UNITS, pods, read, settings_of

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
CALL = re.compile(r"(?:^|[\s/])backlint (?=[a-z-])(?P<words>.*)")
END = re.compile(r"\s*(?:[|;&<>]|2>|\s#).*")


def understood(words: Sequence[str]) -> None:
    """Read it as click would, up to what an option's value means: a file of an example is not there."""
    name, *rest = words
    context = click.Context(backlint)
    command = backlint.get_command(context, name)
    assert command, f"there is no command {name}"
    while isinstance(command, click.Group) and rest and rest[0] in command.commands:
        command, rest = command.commands[rest[0]], rest[1:]
    below = click.Context(command, parent=context)
    _, left, _ = command.make_parser(below).parse_args(rest)
    assert not left, f"{left} is too much"


def calls(text: str) -> Iterator[tuple[str, ...]]:
    for line in text.replace("\\\n", " ").splitlines():
        found = CALL.search(line)
        if found and not line.lstrip().startswith("#"):
            yield tuple(shlex.split(END.sub("", found["words"]).strip("'\"")))


def written() -> Iterator[tuple[str, tuple[str, ...]]]:
    for page in PAGES:
        text = page.read_text("utf-8")
        inline = re.findall(r"(?<!`)`(backlint [a-z][^`\n]*)`(?!`)", FENCE.sub("", text))
        blocks = [each["text"] for each in FENCE.finditer(text) if each["language"] in {"sh", "yaml", "groovy", "cron"}]
        for call in dict.fromkeys(each for block in [*blocks, *inline] for each in calls(block)):
            yield page.name, call


def deployed() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, service in read(DEPLOY / "compose.yaml")["services"].items():
        if service["image"] == "backlint":
            yield f"compose.yaml {name}", tuple(service["command"])
    for name, pod in pods():
        for container in pod["containers"]:
            yield f"kubernetes {name}", tuple(container["args"])
    for unit in UNITS:
        for key, value in settings_of(unit):
            if key == "ExecStart":
                program, *words = shlex.split(value)
                assert Path(program).name == "backlint"
                yield unit.name, tuple(words)
    (command,) = re.findall(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert yaml.safe_load(command) == ["--help"]


FOUND = [*deployed(), *written()]


@pytest.mark.parametrize(
    "words", [words for _, words in FOUND], ids=[f"{where}: {' '.join(it)}" for where, it in FOUND]
)
def test_it_is_understood(words: Sequence[str]) -> None:
    understood(words)


def test_enough_is_found() -> None:
    """So that a change of form does not leave this test with nothing to read."""
    assert {"run", "serve", "worker"} <= {words[0] for _, words in deployed()}
    assert {"check", "init", "run", "store"} <= {words[0] for _, words in written()}
    assert len(FOUND) > 30


@pytest.mark.parametrize("words", ["check --no-such-option", "chek", "check one two", "check --config"])
def test_what_is_wrong_is_not_understood(words: str) -> None:
    with pytest.raises((AssertionError, click.UsageError)):
        understood(words.split())
