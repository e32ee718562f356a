"""Rules, connectors and reports are the same kind of thing: a plugin, found by its file.

The file name is its name, the docstring its page, the fields its settings; what it does is its one method.
"""

import inspect
from collections.abc import Mapping
from functools import cache
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Plugin(BaseModel):
    """A frozen pydantic model whose fields are its settings."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    aliases: ClassVar[tuple[str, ...]] = ()
    """Earlier names, still understood in configuration and in waivers."""

    usual_variables: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Environment variables that people have set already, by the field they fill where nothing else does, the first
    one that is set winning: `{"token": ("GITHUB_TOKEN", "GH_TOKEN")}`."""

    @classmethod
    def name(cls) -> str:
        """The name people write: `rules/staleness/stale_item.py` is `stale-item`."""
        return _words(cls.__module__)[-1]

    @classmethod
    def family(cls) -> str:
        """The folder that its file stands in: `rules/staleness/stale_item.py` is of `staleness`."""
        return _words(cls.__module__)[-2]

    @classmethod
    def page(cls) -> str:
        """The whole docstring, as Markdown."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        """The first line of the docstring, without its full stop."""
        return cls.page().partition("\n")[0].rstrip(".")


@cache
def _words(module: str) -> tuple[str, ...]:
    """A module's path as people write names; every finding asks for two of them."""
    return tuple(module.replace("_", "-").split("."))
