"""What goes wrong between a tracker and its reader; a site may be given any number of these."""

import email.utils
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from backlint.transport.inprocess import HungUp, Reply

Doing = Callable[[Reply], Reply]


@dataclass
class Trouble:
    """What happens to answers whose request (method and path) holds `where`: `after` pass, then `times` do not."""

    where: str
    do: Doing
    times: int = 1
    after: int = 0
    met: int = field(default=0, init=False)

    def touches(self, request: str) -> bool:
        """Whether this request meets it; counts the requests that could have."""
        if self.where not in request:
            return False
        self.met += 1
        return self.after < self.met <= self.after + self.times


def says(status: int, message: str = "", **headers: str) -> Doing:
    """Answers with a status; `Retry_After="5"` becomes the header `Retry-After`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = json.dumps({"errorMessages": [message] if message else [], "errors": {}}).encode()
    return lambda _: Reply(status, body, {"Content-Type": "application/json"} | named)


def limits(seconds: float | datetime | None, reason: str) -> Doing:
    """A 429 with Jira's reason; `seconds` may be a date, or `None` for the gateway's, which says nothing."""
    asked = email.utils.format_datetime(seconds) if isinstance(seconds, datetime) else f"{seconds}"
    wait = {} if seconds is None else {"Retry_After": asked}
    return says(429, "Rate limit exceeded.", RateLimit_Reason=reason, **wait)


def shows_a_login_page() -> Doing:
    """What single sign-on does: a page for people, with status 200."""
    page = b"<!DOCTYPE html><html><body><form>Log in</form></body></html>"
    return lambda _: Reply(200, page, {"Content-Type": "text/html;charset=UTF-8"})


def cuts_the_answer() -> Doing:
    """Half of the JSON arrives."""
    return lambda reply: replace(reply, body=reply.body[: len(reply.body) // 2])


def hangs_up() -> Doing:
    """The line goes dead."""

    def do(_: Reply) -> Reply:
        raise HungUp

    return do


def changes(edit: Callable[[object], object]) -> Doing:
    """The decoded answer is edited on its way."""
    return lambda reply: replace(reply, body=json.dumps(edit(json.loads(reply.body))).encode())
