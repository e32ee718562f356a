"""What a tracker answered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

from backlint.errors import TrackerError

Json = Any
"""What `json.loads` gives: typed where it is mapped, not where it passes through."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, headers with lower-case names, and the decoded JSON (`None` where there was no content).

    `url` is where the answer came from after redirects: it differs from what was asked when a project was renamed.
    """

    status: int
    headers: Mapping[str, str]
    body: Json
    url: str

    @property
    def is_ok(self) -> bool:
        """Whether the tracker did what was asked."""
        return 200 <= self.status < 300  # noqa: PLR2004


def decode(site: str, request: str, content_type: str, content: bytes) -> Json:
    """Decode a body, or say what came instead of JSON.

    Trackers behind single sign-on answer a login page with status 200, and a broken proxy cuts JSON in the middle:
    neither may look like "no issues".
    """
    if not content.strip():
        return None
    if "html" in content_type or content.lstrip()[:1] == b"<":
        raise TrackerError(
            f"{site} answered {request} with a web page and not with data: the URL is wrong, or the token was not "
            "accepted and this is a login page."
        )
    try:
        return from_json(content)
    except ValueError:  # half a surrogate pair, which JSON may spell; or nothing that anybody can read
        pass
    try:
        return json.loads(content)
    except (ValueError, RecursionError):  # cut in the middle, or nested deeper than anybody writes
        raise TrackerError(f"{site} answered {request} with broken JSON.", retryable=True) from None
