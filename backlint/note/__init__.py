"""The note: the one comment that backlint keeps on an item. What it says, and how it is written in each tracker."""

from backlint.note.adf import to_adf
from backlint.note.composing import SHOWN, compose, settled
from backlint.note.markdown import to_markdown
from backlint.note.marker import Marker, dashboard_of, is_dashboard, marker, read_marker
from backlint.note.preview import preview
from backlint.note.tree import Note
from backlint.note.wiki import to_wiki

__all__ = [
    "SHOWN",
    "Marker",
    "Note",
    "compose",
    "dashboard_of",
    "is_dashboard",
    "marker",
    "preview",
    "read_marker",
    "settled",
    "to_adf",
    "to_markdown",
    "to_wiki",
]
