"""No text can make a pattern slow: each compiled pattern of the package meets 100,000 hostile characters."""

import pkgutil
import re
import time
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType
from typing import cast

import pytest

import backlint
from backlint.text.story_forms import forms

LENGTH = 100_000
SECONDS = 1.0
"""CPU. A linear pattern needs milliseconds; a quadratic one, ten thousand times as much."""

HOSTILE = (
    "a", " ", "*", "_", "[", "](", "![", "<", "<a ", ":a", "`", "a.", "|-", "{", "~~a", "-", "?", "aA", "0", "as a ",
    "Error",
)  # fmt: skip

OWN_TEXT = ("backlint.config", "backlint.cli", "backlint.docs", "backlint.store", "backlint.demo", "backlint.testing")
"""What reads only what its own user wrote: configuration, arguments, docstrings."""


def modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(backlint.__path__, "backlint."):
        if not info.name.startswith(OWN_TEXT) and not info.name.endswith("__main__"):
            yield import_module(info.name)


def held(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        pattern = cast("re.Pattern[str]", value)
        if str(pattern.pattern) == pattern.pattern:
            yield pattern
    elif isinstance(value, dict):
        for each in cast("dict[object, object]", value).values():
            yield from held(each, depth)
    elif isinstance(value, tuple | list | set | frozenset):
        for each in cast("Iterable[object]", value):
            yield from held(each, depth)
    elif isinstance(value, type) and value.__module__.startswith("backlint") and depth == 0:
        yield from held(list(vars(value).values()), 1)


def patterns() -> dict[str, tuple[re.Pattern[str], bool]]:
    """Every pattern once; and whether it looks through a text, or is only held against its beginning."""
    found: dict[str, tuple[re.Pattern[str], bool]] = {}
    for module in modules():
        searches = module.__name__.startswith(("backlint.text", "backlint.markup"))
        for pattern in held(list(vars(module).values())):
            found[pattern.pattern] = (pattern, searches and not pattern.pattern.endswith("$"))
    return found | {each.pattern: (each, True) for form in forms() for each in (form.want, form.benefit)}


PATTERNS = patterns()


def test_finds_the_patterns() -> None:
    assert len(PATTERNS) > 30


@pytest.mark.parametrize("pattern", PATTERNS)
def test_is_linear(pattern: str) -> None:
    compiled, searches = PATTERNS[pattern]
    for part in HOSTILE:
        text = (part * LENGTH)[:LENGTH] + "!"
        started = time.process_time()
        compiled.match(text)
        compiled.fullmatch(text)
        if searches:
            sum(1 for _ in compiled.finditer(text))
        assert time.process_time() - started < SECONDS, f"{part!r} is slow"
