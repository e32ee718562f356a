"""One place that settings come from, with what it says and where it says it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from backlint.config.places import Path
from backlint.config.tables import Table, is_list, is_table


class Said(str):
    """A value that came as text (a variable, a flag): it may stand for a list, a number or a table."""

    __slots__ = ()


@dataclass(frozen=True)
class Layer:
    """Settings from one origin. A layer of text (`is_text`) is made of variables, of which `names` is the spelling.

    Attributes:
        origin: What people call it: `backlint.toml`, `the environment`.
        values: The settings, nested, under their canonical names.
        lines: Where each stands, for a file.
        names: What each is called where it was written, for variables and flags.
        is_committed: Whether others will read it: no secret may stand in it.
    """

    origin: str
    values: Table = field(repr=False)
    lines: Mapping[Path, int] = field(default_factory=dict[Path, int])
    names: Mapping[Path, str] = field(default_factory=dict[Path, str])
    is_committed: bool = False

    def holds(self, path: Path) -> bool:
        """Whether this layer says something there."""
        value: object = self.values
        for part in path:
            if is_list(value) and part.isdecimal() and int(part) < len(value):
                value = value[int(part)]
            elif is_table(value) and part in value:
                value = value[part]
            else:
                return False
        return True

    def where(self, path: Path) -> str:
        """File, line and key; or the variable."""
        if path in self.names:
            return f"{self.origin}: {self.names[path]}"
        if not self.lines:
            return f"{self.origin}: {dotted(path)}" if path else self.origin
        lengths = range(len(path), 0, -1)
        line = next((self.lines[path[:length]] for length in lengths if path[:length] in self.lines), 1)
        return f"{self.origin}:{line}: {dotted(path)}" if path else f"{self.origin}:{line}"


def dotted(path: Path) -> str:
    """A path as it is written in TOML."""
    return ".".join(part if part.replace("-", "").replace("_", "").isalnum() else json.dumps(part) for part in path)
