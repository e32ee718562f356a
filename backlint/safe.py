"""Words that came from outside, made fit to be shown: nothing here trusts a title, a name or a URL."""

import re
import unicodedata
from urllib.parse import urlsplit

ZERO_WIDTH = "\u200b"
"""Breaks what a tracker would turn into a mention or a reference, and is not seen."""

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}
"""Needed inside emoji and in several scripts."""

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&$])")
_REFERENCE = re.compile(r"(@(?=\S)|#(?=\w)|(?i:gh)-(?=\w))")
_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto|xmpp|www)(?=[:.])")
_COMMIT = re.compile(r"(?i)\b[0-9a-f]{7,}\b")
_TOO_SHORT_FOR_A_COMMIT = re.compile(r".{1,6}")
_LINE_START = re.compile(r"^(\d*)([-+=#.)])")


def visible(text: str) -> str:
    """One line, in which what would be unseen or would turn the text around is written out as its number."""
    if text.isprintable() and "  " not in text and text == text.strip():  # nearly every text is as it should be
        return text
    return "".join(map(_seen, " ".join(text.split())))


def _seen(char: str) -> str:
    if unicodedata.category(char) in _UNSEEN and char not in _JOINERS:
        return f"\\u{ord(char):04x}"
    return char


def clipped(text: str, length: int) -> str:
    """At most so many characters, the last an ellipsis where something was left out."""
    return text if len(text) <= length else text[: max(length - 1, 0)].rstrip() + "…"


def web_address(url: str) -> str | None:
    """The URL, if a browser may be sent there: http and https only. A tracker's text can hold `javascript:`."""
    cleaned = url.strip()
    is_plain = cleaned.isprintable() and " " not in cleaned
    if not is_plain and any(unicodedata.category(char) in _UNSEEN or char.isspace() for char in cleaned):
        return None
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return None
    return cleaned if parts.scheme.lower() in {"http", "https"} and parts.netloc else None


def markdown(text: str) -> str:
    """The text as Markdown that shows it and does nothing: no markup, no HTML, no mention, reference or link."""
    plain = visible(text)
    for pattern in (_REFERENCE, _ADDRESS):
        plain = pattern.sub(rf"\1{ZERO_WIDTH}", plain)
    plain = _COMMIT.sub(lambda it: ZERO_WIDTH.join(_TOO_SHORT_FOR_A_COMMIT.findall(it[0])), plain)
    return _LINE_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", plain))
