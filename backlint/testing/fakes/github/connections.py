"""GraphQL's pages: `first`, `after`, `nodes`, `pageInfo`, and what GitHub says when they are left out."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
View = dict[str, Any]
Lazily = Callable[..., Any]
"""A member that is worked out when it is asked for, called as graphql-core calls it: `(info, **arguments)`."""

LARGEST_PAGE = 100


class Refused(Exception):  # noqa: N818 - it is an answer of GitHub's, not an error of ours
    """GitHub answers this part with `null` and an error of that type."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def lazily(make: Callable[[], Any]) -> Lazily:
    """A member without arguments, worked out when it is asked for."""

    def member(_info: Any, **_arguments: Any) -> Any:
        return make()

    return member


def connection(rows: Sequence[T], see: Callable[[T], View | None], identify: Callable[[T], str]) -> Lazily:
    """A paged member. A cursor names the row that it stands behind, so rows that move in between are told apart."""

    def page(_info: Any, first: int | None = None, after: str | None = None, **_arguments: Any) -> View:
        if first is None:
            raise Refused(
                "MISSING_PAGINATION_BOUNDARIES", "You must provide a `first` or `last` value to paginate properly."
            )
        if not 1 <= first <= LARGEST_PAGE:
            raise Refused(
                "EXCESSIVE_PAGINATION", f"Requesting {first} records exceeds the `first` limit of 100 records."
            )
        start = _behind(after, rows, identify)
        shown = rows[start : start + first]
        end = f"{start + len(shown)}:{identify(shown[-1])}" if shown else None
        return {
            "totalCount": len(rows),
            "nodes": [see(row) for row in shown],
            "pageInfo": {"hasNextPage": start + len(shown) < len(rows), "endCursor": end},
        }

    return page


def _behind(cursor: str | None, rows: Sequence[T], identify: Callable[[T], str]) -> int:
    if cursor is None:
        return 0
    place, _, row = cursor.partition(":")
    return next((at for at, one in enumerate(rows, 1) if identify(one) == row), int(place))
