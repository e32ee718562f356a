"""One request to a fake Jira, taken apart, and the refusal of one."""

import json
from urllib.parse import parse_qs, urlsplit

from backlint.testing.fakes.jira.words import Payload
from backlint.transport.inprocess import Heard


class Answered(Exception):  # noqa: N818 - a refusal is an answer
    """A refusal, raised from wherever it is noticed."""

    def __init__(self, status: int, *messages: str, body: Payload | None = None) -> None:
        super().__init__(*messages)
        self.status = status
        said: Payload = {"errorMessages": list(messages), "errors": {}}
        self.body = said if body is None else body


class Call:
    """One request, taken apart."""

    def __init__(self, heard: Heard, path: str, groups: tuple[str, ...]) -> None:
        self.path = path
        self.groups = groups
        self._said = parse_qs(urlsplit(heard.url).query)
        self.query = {key: values[-1] for key, values in self._said.items()}
        self.body: Payload = json.loads(heard.body or b"{}")

    def number(self, name: str, default: int) -> int:
        """A number of the query or the body."""
        return int(self.query.get(name) or self.body.get(name, default))

    def names(self, name: str) -> list[str] | None:
        """A list, which the query writes with commas, or by saying the name again and again."""
        said = self.body.get(name, ",".join(self._said[name]) if name in self._said else None)
        return said.split(",") if isinstance(said, str) else said
