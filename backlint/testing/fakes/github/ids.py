"""Ids that follow from names."""

from zlib import crc32

Ids = tuple[int, str]
"""The number that REST uses and the node id that GraphQL uses."""


def ids(prefix: str, *names: object) -> Ids:
    """Ids that follow from names, so that the same story told twice gives the same ids."""
    text = "/".join(map(str, names))
    number = crc32(text.encode())
    return number, f"{prefix}_kwDO{number:08x}{len(text):02x}"
