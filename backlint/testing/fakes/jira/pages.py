"""Pages behind tokens: what was found when the first was asked for, given out piece by piece."""

from collections.abc import Callable
from typing import TypeVar, cast

T = TypeVar("T")


class Pages:
    """Remembers what each token stands for; may be told to behave as badly as the real ones do.

    `repeats` gives the same token for ever, `size` makes every page short, `has_empty_page` puts one without issues
    between the first and the second; with `drifts` a token stands for a place only, in what is found when it is used.
    """

    def __init__(self) -> None:
        self.repeats = False
        self.size: int | None = None
        self.has_empty_page = False
        self.drifts = False
        self._kept: dict[str, tuple[list[object], int]] = {}

    def next(self, token: str | None, size: int, find: Callable[[], list[T]]) -> tuple[list[T], str | None, bool]:
        """A page, the token of the next, and whether it is the last. Raises `KeyError` for a token never given."""
        found, start = self._kept[token] if token else (cast("list[object]", find()), 0)
        if self.drifts:
            found = cast("list[object]", find())
        if self.has_empty_page and start == 0 and token is None and len(found) > size:
            return [], self._keep(found, 0, "empty"), False
        end = start + min(size, self.size or size)
        page = cast("list[T]", found[start:end])
        if end >= len(found) and not self.repeats:
            return page, None, True
        following = token if self.repeats and token else self._keep(found, end)
        return page, following, False

    def _keep(self, found: list[object], place: int, note: str = "") -> str:
        token = f"{note}{len(self._kept)}-{place}"
        self._kept[token] = (found, place)
        return token
