"""What an item's Markdown says: one reading, made once, that every rule shares."""

from backlint.text.reading import Text, read

__all__ = ["Text", "read"]
