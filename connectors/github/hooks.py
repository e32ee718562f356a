"""What GitHub calls out when something changes, and which items a call is about.

A call's own picture of an item is never used: it may be old, forged by whoever learnt the secret, or out of order. What
is taken from it is which item to ask for, and even that only where it looks like one.
"""

import re
from collections.abc import Iterator, Mapping

from backlint.connector import Hint, Hook
from backlint.connectors.github.payload import part
from backlint.transport import Json

SIGNATURE = "x-hub-signature-256"
DELIVERY = "x-github-delivery"
EVENT = "x-github-event"

ABOUT_ISSUES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "issues": (("issue",), ("changes", "new_issue")),
    "issue_comment": (("issue",),),
    "sub_issues": (("parent_issue",), ("sub_issue",)),
    "issue_dependencies": (("blocked_issue",), ("blocking_issue",)),
}
"""Where the issues stand in the payload of each event."""

ON_A_PROJECT = "projects_v2_item"
ITEMS = {"Issue", "DraftIssue"}

NODE = re.compile(r"[\w=+/-]{1,200}", re.ASCII)
ADDRESS = re.compile(r"https?://[^\s?#]{1,200}/repos/([\w.-]{1,100}/[\w.-]{1,100})/issues/(\d{1,12})", re.ASCII)


def about(headers: Mapping[str, str], payload: Json) -> tuple[Hint, ...]:
    """The items that a call is about; none for an event that is about none, such as `ping`."""
    event = headers.get(EVENT, "")
    if event == ON_A_PROJECT:
        return tuple(_on_project(part(payload, ON_A_PROJECT)))
    found = (_issue(part(payload, *where)) for where in ABOUT_ISSUES.get(event, ()))
    return tuple(dict.fromkeys(hint for hint in found if hint))


def _on_project(card: Json) -> Iterator[Hint]:
    id_ = card.get("content_node_id")
    if card.get("content_type") in ITEMS and _is_node(id_):
        yield Hint(id_)


def _issue(row: Json) -> Hint | None:
    """An issue by its id and key. The key is read from its address: after a transfer, that says where it is now."""
    address = ADDRESS.fullmatch(str(row.get("url")))
    if not address or not _is_node(row.get("node_id")) or row.get("pull_request"):
        return None
    return Hint(row["node_id"], f"{address[1]}#{address[2]}")


def _is_node(id_: object) -> bool:
    return isinstance(id_, str) and NODE.fullmatch(id_) is not None


HOOK = Hook(signature=SIGNATURE, delivery=DELIVERY, about=about)
