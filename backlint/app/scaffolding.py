"""Write a new plugin and its test: one file that is found by its name, and edits no other."""

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template

from backlint import catalog
from backlint.connector import Connector
from backlint.errors import ConfigError
from backlint.plugin import Plugin
from backlint.report import Report
from backlint.rule import Rule

KINDS: Mapping[str, type[Plugin]] = {"rule": Rule, "report": Report, "connector": Connector}
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def scaffold(kind: str, name: str, checkout: Path, family: str | None = None) -> tuple[Path, Path]:
    """Write the plugin and its test into a checkout; gives both files. Raises `ConfigError` where that cannot be."""
    folder = f"{kind}s/{family.replace('-', '_')}" if family else f"{kind}s"
    module = name.replace("-", "_")
    _check(kind, name, checkout / folder)
    plugin = checkout / folder / f"{module}.py"
    test = checkout / "tests" / folder / f"test_{module}.py"
    for file in (plugin, test):
        if file.exists():
            raise ConfigError(f"{file} is there already.")
    words = {"name": name, "class_name": class_name(name), "variable": module.upper()}
    _write(plugin, f"{kind}.py.txt", words)
    _write(test, f"{kind}_test.py.txt", words)
    return plugin, test


def class_name(name: str) -> str:
    """`stale-item` is the class `StaleItem`."""
    return "".join(word.capitalize() for word in name.split("-"))


def _check(kind: str, name: str, folder: Path) -> None:
    if not NAME.fullmatch(name):
        raise ConfigError(
            f'"{name}" is no name of a {kind}: write lower-case words with hyphens, such as "stale-item".'
        )
    if name in catalog.names(KINDS[kind]):
        raise ConfigError(f'There is a {kind} "{name}" already.')
    if not (folder / "__init__.py").is_file():
        known = sorted(each.parent.name for each in folder.parent.glob("*/__init__.py"))
        hint = f"; there are: {', '.join(known)}" if kind == "rule" and known else ""
        raise ConfigError(f"There is no folder {folder}{hint}. Run this in a checkout of backlint.")


def _write(file: Path, template: str, words: Mapping[str, str]) -> None:
    text = files("backlint.app").joinpath("scaffolds", template).read_text("utf-8")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(Template(text).substitute(words), "utf-8", newline="\n")
