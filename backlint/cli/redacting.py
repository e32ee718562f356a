"""Take out of a line what nobody else may read, as the last thing before it is written.

What raises an error leaves secrets out of it already. This is for what we did not write: a library's warning, an
answer that repeats a request, an address with a password in it.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

HIDDEN = "(hidden)"

SHORTEST = 8
"""What is shorter is hidden by what stands before it ("password=") only: alone it would tear holes into words."""

NAMED_AS_SECRET = re.compile(r"(TOKEN|PASSWORD|PASSWD|SECRET|KEY|CREDENTIALS?)$", re.IGNORECASE)
"""Variables whose values are secrets, whoever they are for."""

LOOKS_SECRET = re.compile(
    r"""
      -----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY-----.*?(?:-----END[ ][A-Z ]*PRIVATE[ ]KEY-----|\Z)
    | \b gh[opsru]_\w{16,} | \b github_pat_\w{16,}          # GitHub
    | \b AT[ACS]TT[\w=+/.-]{10,}                            # Atlassian
    | \b xox[a-z]-[\w-]{8,} | \b xapp-[\w-]{8,}             # Slack
    | (?<![\w-]) eyJ[\w-]{10,}+\.[\w-]++\.[\w-]*            # a JSON Web Token
    | (?<=\bhooks\.slack\.com/) [a-z]+/[^\s"'<>]+
    """,
    re.VERBOSE | re.DOTALL,
)
FOLLOWS = re.compile(
    r"""
    ( \b bearer \s+ (?=[^\s"',;]*[\d.~+/=_-][^\s"',;])           # "bearer tokens" are none
    | \b basic \s+ (?=[\w+/]{16})
    | \b (?:\w+[_-])?(?:password|passwd|secret|token|api[_-]?key)=
    ) [^\s"',;&]+
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What stands after a word that says what it is: in a header, or in a query or a connection string."""

USER_INFO = re.compile(r"(\b[a-z][a-z0-9+.-]{0,30}://)[^\s/?#@\"'<>]+@", re.IGNORECASE)
ADDRESS = re.compile(r"(\bhttps?://[^\s?#\"'<>]*+)(\?[^\s\"'<>)]+)?", re.IGNORECASE)
"""It matches where there is no query, too, so that a long text is gone through once."""


class Redactor:
    """Knows the secrets of a run, and what a secret looks like."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Know what the environment holds."""
        self._known: set[str] = set()
        self.hide(value for name, value in environ.items() if NAMED_AS_SECRET.search(name))

    def hide(self, secrets: Iterable[str]) -> None:
        """Know these as well, also line by line, and as they stand in an address."""
        for line in (line.strip() for secret in secrets for line in secret.splitlines()):
            self._known |= {each for each in (line, quote(line, safe="")) if len(each) >= SHORTEST}

    def __call__(self, text: str) -> str:
        """The text without secrets."""
        for each in sorted(self._known, key=len, reverse=True):
            text = text.replace(each, HIDDEN)
        text = LOOKS_SECRET.sub(HIDDEN, text)
        text = FOLLOWS.sub(rf"\g<1>{HIDDEN}", text)
        text = USER_INFO.sub(rf"\g<1>{HIDDEN}@", text)
        return ADDRESS.sub(lambda it: f"{it[1]}?{HIDDEN}" if it[2] else it[1], text)
