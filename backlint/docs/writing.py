"""Every file that is written from the plugins, and whether those on the disk are what would be written now."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from backlint import catalog
from backlint.docs.overview import rules_page, rules_table, settings_page
from backlint.docs.pages import page
from backlint.docs.sample import sample
from backlint.docs.schema import schema
from backlint.errors import ConfigError
from backlint.rule import Rule

BEGIN = "<!-- rules: written by `make docs` -->"
END = "<!-- end of rules -->"
README = "README.md"
PAGES = PurePosixPath("docs/rules")


def written() -> Mapping[str, str]:
    """The files but for the README: their text by path, relative to the checkout."""
    pages = {f"{PAGES / rule.name()}.md": f"{page(rule).rstrip()}\n" for rule in catalog.every(Rule)}
    return {
        "config.example.toml": sample(),
        "docs/backlint.schema.json": json.dumps(schema(), indent=2, ensure_ascii=False) + "\n",
        "docs/rules.md": rules_page(),
        "docs/settings.md": settings_page(),
        **pages,
    }


def write(checkout: Path) -> tuple[str, ...]:
    """Write what is not as it should be; gives the paths of what was written or removed."""
    stale = outdated(checkout)
    texts = _all(checkout)
    for name in stale:
        file = checkout / name
        if name in texts:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(texts[name], "utf-8", newline="\n")
        else:
            file.unlink()
    return stale


def outdated(checkout: Path) -> tuple[str, ...]:
    """The files that are not what would be written now, and pages of rules that are no more."""
    texts = _all(checkout)
    known = {file.relative_to(checkout).as_posix() for file in (checkout / PAGES).glob("*.md")}
    changed = [name for name, text in texts.items() if _text(checkout / name) != text]
    return tuple(sorted([*changed, *(known - texts.keys())]))


def _all(checkout: Path) -> Mapping[str, str]:
    readme = _text(checkout / README)
    table = {README: _with_table(readme)} if readme and BEGIN in readme else {}
    return {**written(), **table}


def _with_table(readme: str) -> str:
    before, _, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ConfigError(f'{README} has "{BEGIN}" and no "{END}" after it.')
    return "\n".join([before + BEGIN, "", *rules_table(PAGES), "", END]) + after


def _text(file: Path) -> str | None:
    return file.read_text("utf-8") if file.is_file() else None
