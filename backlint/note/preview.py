"""What a dry run shows."""

import json
from collections.abc import Callable, Mapping

from backlint.note.adf import to_adf
from backlint.note.markdown import to_markdown
from backlint.note.tree import Note
from backlint.note.wiki import to_wiki


def _adf_text(note: Note) -> str:
    return json.dumps(to_adf(note), ensure_ascii=False, separators=(",", ":"))


_WRITTEN: Mapping[str, Callable[[Note], str]] = {"markdown": to_markdown, "wiki": to_wiki, "adf": _adf_text}


def preview(note: Note, markup: str) -> str:
    """Exactly what would be sent as the comment's body: `markdown`, `wiki`, or `adf` (its JSON). Else `KeyError`."""
    return _WRITTEN[markup](note)
