"""The lists of words.toml, folded once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from backlint.text.lexicon import fold

BEGINNING = 3
"""Phrases are looked up by so many first characters: most texts begin with those of none."""


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(files("backlint.text").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def in_order(name: str) -> tuple[str, ...]:
    """The phrases of a list. A blank at a phrase's end is part of it, and means that the word ends there."""
    return tuple(fold(phrase) for line in _lists()[name].strip("\n").split("\n") for phrase in line.split("|"))


@cache
def _by_beginning(name: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in in_order(name):
        found[phrase[:BEGINNING]] = (*found.get(phrase[:BEGINNING], ()), phrase)
    return found


def beginnings(name: str) -> frozenset[str]:
    """The first characters of the phrases of a list."""
    return frozenset(_by_beginning(name))


def begins(folded: str, name: str) -> bool:
    """Whether a folded text begins with a phrase of the list, whose phrases are no shorter than `BEGINNING`."""
    likely = _by_beginning(name).get(folded[:BEGINNING])
    return likely is not None and folded.startswith(likely)


@cache
def listed(name: str) -> frozenset[str]:
    """The phrases of a list, to be looked up."""
    return frozenset(in_order(name))
