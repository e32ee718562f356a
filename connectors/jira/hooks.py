"""What Jira calls out when something changes, and which issue a call is about.

Jira signs a call where its webhook was given a secret, as WebSub does: `X-Hub-Signature: sha256=...`. Nothing of the
payload is believed but which issue it names.
"""

import re
from collections.abc import Mapping

from backlint.connector import Hint, Hook
from backlint.connectors.jira.payload import part
from backlint.transport import Json

SIGNATURE = "x-hub-signature"
DELIVERY = "x-atlassian-webhook-identifier"

ABOUT_ISSUES = re.compile(r"(jira:issue|comment)_(created|updated|deleted)")
"""Sprints, boards, versions and links name no issue with its key, or many; the nightly read sees them."""

ID = re.compile(r"[0-9]{1,18}")
KEY = re.compile(r"[A-Z][A-Z0-9_]{0,99}-[0-9]{1,12}")


def about(_: Mapping[str, str], payload: Json) -> tuple[Hint, ...]:
    """The issue that a call is about; none for an event that is about none."""
    told, issue = part(payload), part(payload, "issue")
    id_, key = str(issue.get("id")), str(issue.get("key"))
    is_known = ABOUT_ISSUES.fullmatch(str(told.get("webhookEvent")))
    return (Hint(id_, key),) if is_known and ID.fullmatch(id_) and KEY.fullmatch(key) else ()


HOOK = Hook(signature=SIGNATURE, delivery=DELIVERY, about=about)
