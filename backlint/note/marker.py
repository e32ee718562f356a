"""What tells our note from everybody else's comments, and one note of ours from an older one.

Anybody can paste a marker: whoever looks for notes asks for the author too.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from backlint.markup import adf_to_markdown

_PLAIN = re.compile(r"[^A-Za-z0-9]")
_SIGN = r"backlint:note v\d+ item=([A-Za-z0-9%]+) fp=([0-9a-f]+)"
_FIRST = re.compile(rf"\s*<!-- {_SIGN} -->")
_DASHBOARD = "dashboard:"
_LAST = re.compile(rf"~?{_SIGN}~?")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a note says of itself: the id of its item, and the fingerprint of its content."""

    item: str
    fingerprint: str


def sign(item: str, fingerprint: str) -> str:
    """The marker as words without a special character in any markup: all but letters and digits of the id is in %."""
    return f"backlint:note v1 item={_PLAIN.sub(_percent, item)} fp={fingerprint}"


def marker(item: str, fingerprint: str) -> str:
    """The marker as the comment that Markdown hides."""
    return f"<!-- {sign(item, fingerprint)} -->"


def dashboard_of(team: str) -> str:
    """What stands for the item in the marker of a team's dashboard."""
    return f"{_DASHBOARD}{team}"


def is_dashboard(body: object) -> bool:
    """Whether a text says of itself that it is a dashboard of ours."""
    found = _FIRST.match(body) if isinstance(body, str) else None
    return found is not None and unquote(found[1], errors="replace").startswith(_DASHBOARD)


def read_marker(body: object) -> Marker | None:
    """The marker of a comment's body, which is Markdown, wiki markup or ADF (the decoded document); `None`: not ours.

    It counts as the first thing in Markdown and as the last line elsewhere, so a marker in quoted words is none.
    """
    text = body if isinstance(body, str) else adf_to_markdown(body)
    last = text.rstrip().rpartition("\n")[2].strip()
    found = _FIRST.match(text) or _LAST.fullmatch(last)
    return Marker(unquote(found[1], errors="replace"), found[2]) if found else None


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))
