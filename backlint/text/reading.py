"""One typed reading of a body."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """What a body says."""

    source: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not self.source.strip()


def read(source: str) -> Text:
    """Read a Markdown body."""
    return Text(source)
