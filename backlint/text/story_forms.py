"""How each language tells a user story, compiled once from languages.toml."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from backlint.text.lexicon import is_unspaced, languages


class Form(NamedTuple):
    """How a language tells a story, compiled from its phrases."""

    language: str
    roles: tuple[str, ...]
    want: re.Pattern[str]
    benefit: re.Pattern[str]


@cache
def forms() -> tuple[Form, ...]:
    """How every language tells a story."""
    return tuple(
        Form(
            language,
            tuple(sorted(slots["role"], key=len, reverse=True)),
            _any_of(slots["want"]),
            _any_of(slots["benefit"]),
        )
        for language, slots in languages().items()
    )


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    ordered = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(ordered if is_unspaced(phrases[0]) else rf"(?<![\w'-])(?:{ordered})(?![\w'-])")


@cache
def first_words() -> tuple[Mapping[str, tuple[Form, ...]], tuple[str, ...]]:
    """The forms that begin with a word, and what begins one in scripts without spaces."""
    spaced: dict[str, tuple[Form, ...]] = {"in": forms()[:1]}
    for form in forms():
        for word in {role.split(" ")[0].split("'")[0] for role in form.roles if not is_unspaced(role)}:
            spaced[word] = (*spaced.get(word, ()), form)
    return spaced, tuple(role for form in forms() for role in form.roles if is_unspaced(role))
