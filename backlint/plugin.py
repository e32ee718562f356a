"""Rules, connectors and reports are the same kind of thing: a plugin, found by its file.

The file name is its name, the docstring its page, the fields its settings; what it does is its one method.
"""

import inspect
from collections.abc import Mapping
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
        return cls.__module__.rpartition(".")[2].replace("_", "-")

    @classmethod
    def family(cls) -> str:
        """The folder that its file stands in: `rules/staleness/stale_item.py` is of `staleness`."""
        return cls.__module__.split(".")[-2].replace("_", "-")

    @classmethod
    def page(cls) -> str:
        """The whole docstring, as Markdown."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        """The first line of the docstring, without its full stop."""
        return cls.page().partition("\n")[0].rstrip(".")
