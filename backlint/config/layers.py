"""All layers of one configuration: what they say together, and which of them says it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from backlint.config.layer import Layer, Said
from backlint.config.places import Path
from backlint.config.tables import Table, is_list, merged

DEFAULT = "default"
AFRESH = ("extend_select", "ignore")
"""What a layer that says `select` forgets of the layers below it: `--select stale-item` runs what a file ignores."""


@dataclass(frozen=True)
class Layers:
    """The layers, the strongest last."""

    all: tuple[Layer, ...]

    @cached_property
    def values(self) -> Table:
        """What they say together."""
        whole: dict[str, Any] = {}
        for layer in self.all:
            starts_afresh = "select" in layer.values
            kept = {key: value for key, value in whole.items() if not (starts_afresh and key in AFRESH)}
            whole = merged(kept, _with_reasons(layer.values))
        return whole

    def owner(self, path: Path) -> Layer | None:
        """The strongest layer that says something there; `None` where it is a default."""
        return next((layer for layer in reversed(self.all) if layer.holds(path)), None)

    def where(self, path: Path) -> str:
        """File, line and key of a setting, or of the nearest table around it."""
        for length in range(len(path), 0, -1):
            if owner := self.owner(path[:length]):
                return owner.where(path)
        return self.all[-1].where(path) if self.all else ".".join(path)

    def origin(self, path: Path) -> str:
        """Where the setting comes from, for `config show --origin`."""
        owner = self.owner(path)
        return owner.where(path) if owner else DEFAULT


def _with_reasons(values: Table) -> Table:
    """A list of what to ignore is a table of it without reasons, so that one layer adds to another."""
    ignored: object = values.get("ignore")
    if isinstance(ignored, Said):
        ignored = [word.strip() for word in ignored.split(",") if word.strip()]
    if is_list(ignored) and all(isinstance(word, str) for word in ignored):
        return {**values, "ignore": dict.fromkeys(ignored, "")}
    return values
