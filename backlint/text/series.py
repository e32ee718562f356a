"""Titles that are alike on purpose: `Release 3.1` and `Release 3.2` are two items, however similar."""

import re
from itertools import takewhile

from backlint.text.lexicon import bare, fold
from backlint.text.wording import SHORTEST, STEM
from backlint.text.words import in_order, listed

_TOKEN = re.compile(r"[^\s/:,;()\[\]|\"]+")
_IDENTIFIER = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]|\w[._/#@$]\w|[A-Z]{2,}")


def are_a_series(first: str, second: str) -> bool:
    """Whether two titles differ as members of a series do.

    They do in a number, a version or a name; in a word and its opposite; in one place of the same frame; or in that
    one of them only adds something: then it is a part of the other, or a case of it.
    """
    ours, theirs = _tokens(first), _tokens(second)
    ours_only, theirs_only = _without(ours, theirs), _without(theirs, ours)
    if not ours_only and not theirs_only:
        return False
    if any(_is_name(token, first) for token in ours_only) or any(_is_name(token, second) for token in theirs_only):
        return True
    mine, other = _meaningful(ours_only), _meaningful(theirs_only)
    if bool(mine) != bool(other):
        return True
    return _are_opposite(mine, other) or _differ_in_one_place(ours, theirs)


def _tokens(title: str) -> list[str]:
    found = (bare(token) for token in _TOKEN.findall(fold(title).replace("-", " ")))
    return [token for token in found if token]


def _without(some: list[str], others: list[str]) -> list[str]:
    stems = {_stem(other) for other in others}
    return [token for token in some if _stem(token) not in stems]


def _has_digit(token: str) -> bool:
    return any(char.isdigit() for char in token)


def _is_name(token: str, title: str) -> bool:
    """Whether a token is a number, a version, or a name of something in a program."""
    if _has_digit(token):
        return True
    at = title.casefold().find(token)
    return bool(_IDENTIFIER.search(title[at : at + len(token)])) if at >= 0 else False


def _meaningful(tokens: list[str]) -> list[str]:
    return [token for token in tokens if len(token) >= SHORTEST and token not in listed("fillers")]


def _are_opposite(mine: list[str], other: list[str]) -> bool:
    pairs = (pair.split("/") for pair in in_order("opposites"))
    return any((one in mine and two in other) or (two in mine and one in other) for one, two in pairs)


def _differ_in_one_place(ours: list[str], theirs: list[str]) -> bool:
    """Whether the titles are the same frame around one gap that holds different words."""
    before = sum(1 for _ in takewhile(lambda pair: _alike(*pair), zip(ours, theirs, strict=False)))
    most = min(len(ours), len(theirs)) - before
    pairs = zip(reversed(ours), reversed(theirs), strict=False)
    after = min(most, sum(1 for _ in takewhile(lambda pair: _alike(*pair), pairs)))
    gap, other = ours[before : len(ours) - after], theirs[before : len(theirs) - after]
    return bool(gap and other) and before + after >= max(len(gap), len(other))


def _alike(one: str, two: str) -> bool:
    return _stem(one) == _stem(two)


def _stem(token: str) -> str:
    """What words of one root share; a name or a number is compared whole."""
    return token[:STEM] if token.isalpha() else token
