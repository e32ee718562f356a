"""What is wrong with a line, in one sentence: the key, what was expected, and the nearest right word."""

import json
from collections.abc import Collection
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from backlint.connectors.file.line import Json

SHOWN = 40


def what_is_wrong(error: ValidationError, known: Collection[str]) -> str:
    """The first thing that is wrong with a line; `known` are the keys that a line of its sort may have.

    A key that nobody knows comes first: it is often the misspelt one that is missing.
    """
    first = min(error.errors(include_url=False), key=lambda each: each["type"] != "extra_forbidden")
    where = ".".join(str(part) for part in first["loc"] if not _is_branch(part))
    match first["type"]:
        case "extra_forbidden":
            return f'there is no key "{where}"{_nearest(str(first["loc"][-1]), list(known))}'
        case "missing":
            return f'"{where}" is missing'
        case "enum":
            words = str(first.get("ctx", {})["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
            hint = _nearest(str(first["input"]), words) or f"; there are {', '.join(words)}"
            return f'"{where}" cannot be {_shown(first["input"])}{hint}'
        case _:
            return f'"{where}" {_should(first)}, not {_shown(first["input"])}'


def _should(wrong: ErrorDetails) -> str:
    """Pydantic says "Input should be a valid string", or "String should have at least 1 character"."""
    return "should " + wrong["msg"].partition("should ")[2].partition(", unable")[0]


def _nearest(word: str, words: list[str]) -> str:
    near = get_close_matches(word.casefold(), words, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _shown(value: Json) -> str:
    said = json.dumps(value, ensure_ascii=False, default=str)
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}..."


def _is_branch(part: int | str) -> bool:
    """Where a value may be of two types, pydantic names the type it tried."""
    return isinstance(part, str) and (part == "str" or "[" in part)
