"""An address as every markup can hold it."""

from urllib.parse import quote

_MARKS = ":/?#@&=%+,;.-_~"
"""What stands in an address as it is: brackets, bars, quotes and spaces would end it early in one markup or another."""


def address(url: str) -> str:
    """The address, all that could end it escaped."""
    return quote(url, safe=_MARKS, errors="replace")
