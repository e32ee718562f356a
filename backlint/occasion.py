"""What is going on, for whoever writes a line about it: which run, which team, which source.

with occasion(run="2026-11-22T02:40:00+00:00", team="checkout"):
    ...  # every line that is logged in here says so, also one of a library, a task, or `asyncio.to_thread`
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_known: ContextVar[Mapping[str, str] | None] = ContextVar("occasion", default=None)


@contextmanager
def occasion(**known: str | None) -> Generator[None]:
    """Know this much more for a while; what is `None` or empty is left as it was."""
    token = _known.set({**going_on(), **{key: value for key, value in known.items() if value}})
    try:
        yield
    finally:
        _known.reset(token)


def going_on() -> Mapping[str, str]:
    """All that is known here."""
    return _known.get() or {}
