"""The lists of words.toml, folded once."""

import tomllib
from functools import cache
from importlib.resources import files

from backlint.text.lexicon import fold


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(files("backlint.text").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def in_order(name: str) -> tuple[str, ...]:
    """The phrases of a list. A blank at a phrase's end is part of it, and means that the word ends there."""
    return tuple(fold(phrase) for line in _lists()[name].strip("\n").split("\n") for phrase in line.split("|"))


@cache
def listed(name: str) -> frozenset[str]:
    """The phrases of a list, to be looked up."""
    return frozenset(in_order(name))
