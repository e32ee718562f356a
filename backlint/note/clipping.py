"""Words cut to a length without cutting through what a reader sees as one character."""

import unicodedata

JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_SYLLABLE_ENDS = range(0x1160, 0x1200)
_VIRAMA = 9
"""The combining class of the signs that tie two consonants of an Indic script together."""


def units(text: str) -> int:
    """The length as the strictest tracker counts it: in UTF-16, where an emoji is two or more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, length: int) -> str:
    """At most so many UTF-16 units, the last an ellipsis where something was left out.

    Follows the rules of UAX 29 that matter for titles (marks, joined emoji, flags, Hangul, conjuncts). A character that
    is longer than the length is cut all the same: a hundred marks on one letter are no writing.
    """
    if units(text) <= length:
        return text
    end, taken = 0, 1
    while end < len(text) and (taken := taken + units(text[end])) <= length:
        end += 1
    whole = next((at for at in range(end, 0, -1) if _is_boundary(text, at)), end)
    return f"{text[:whole].rstrip()}…"


def _is_boundary(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if JOINER in {before, after} or unicodedata.category(after).startswith("M"):
        return False
    if unicodedata.combining(before) == _VIRAMA and after.isalpha():
        return False
    if ord(after) in _SKIN_TONES or ord(after) in _SYLLABLE_ENDS:
        return False
    return not (ord(after) in _FLAG_LETTERS and _flag_letters(text[:at]) % 2)


def _flag_letters(text: str) -> int:
    """How many letters of flags a text ends with: an odd number is half a flag."""
    return next((n for n, char in enumerate(reversed(text)) if ord(char) not in _FLAG_LETTERS), len(text))
