"""Notes to look at, and words as somebody writes them who wishes no good."""

from typing import Any

from hypothesis import strategies as st

from backlint.example import item
from backlint.finding import Confidence, Finding, Severity, Subject
from backlint.model import Item
from backlint.note import Note, compose
from tests.reports import hostile

PAGES = "https://docs.example/rules"

ITEM = item(7, title="Pay by invoice")

FRAGMENTS = (
    *hostile.TITLES,
    *hostile.ADDRESSES,
    "@ada", "a@-b.example", "a@.b.example", "\N{FULLWIDTH COMMERCIAL AT}ada", "#12", "GH-12", "acme/shop#12",
    "SHOP-12", "acme/shop@0123456789abc", "https://github.com/acme/shop/issues/12", "_https://evil.example",
    "1http://evil.example", "WWW.evil.example", "xmpp:a@b.example", "<b>", "</details>", "<!--", "-->", "--!>",
    "<?php", "<![CDATA[", "&lt;", "&#64;", "![x](y)", "[x][y]", "[x]: https://evil.example", "[^1]", "](", ">)",
    "`", "``", "```", "~~~", "**", "__", "~~", "$$", "\\", "\\\\", "{code}", "{html}", "{{", "}}", "[~ada]",
    "[~accountid:5]", "!shot.png!", "||", "|", "^", "~", "+", "-", "----", "??", "(x)", "(/)", "(on)", ":)",
    ";)", ":D", "h1. x", "bq. x", "# x", "* x", "- [ ] x", "1. x", "> x", "\\\\server\\share",
    "mailto:a@b.example", "file:///etc", "{color:red}", "\n", "\r\n", "\n\n", "\t", "    ", "\u2028", "\u202e",
    "\u2066", "\u200b", "\u200d", "\ufeff", "\x00", "\ud83d", "\udc00", "👩‍👩‍👧‍👦", "🇨🇭", "e\u0301", "מימין",
    "العربية", "backlint: ignore", "\nbacklint: ignore[x]\n", "backlint:note v1 item=other fp=0123456789abcdef",
    "<!-- backlint:note v1 item=other fp=0123456789abcdef -->",
)  # fmt: skip

words = st.lists(
    st.sampled_from(FRAGMENTS) | st.text(st.characters(codec=None), max_size=8) | st.just(" "), max_size=12
).map("".join)
"""Anything at all: half of a surrogate pair too."""

LONG = tuple(
    each * 5000 for each in ("x", "|", "\\", "@", "\u202e", "👩‍👩‍👧‍👦", "🇨🇭", "e" + "\u0301" * 40, "\x00", "Ж ", "_`")
)


def finding(rule: str = "oversized-item", about: Item = ITEM, **fields: Any) -> Finding:
    subject = Subject(id=about.id, key=about.key, title=about.title, url=about.url)
    usual: dict[str, Any] = {
        "family": "sizing",
        "severity": Severity.WARNING,
        "confidence": Confidence.HIGH,
        "band": None,
        "fact": "is 13 points",
        "limit": "8 points, 90 % of this team's estimates",
        "fix": "Split it by what somebody could use alone.",
        "part": "",
        "evidence": {},
    }
    return Finding(rule=rule, subject=subject, **usual | fields)


def saying(said: str) -> Note:
    """A note that says it wherever a note says what comes from elsewhere."""
    return compose(ITEM, [finding(fact=f"is {said}", limit=f"x {said}", fix=f"Look {said}")], pages=PAGES)


MISSING = finding(
    "missing-acceptance-criteria",
    severity=Severity.ERROR,
    fact="has no acceptance criteria",
    limit=None,
    fix="Add a checklist, or Given/When/Then.",
)

TYPICAL = compose(ITEM, [finding(), MISSING], pages=PAGES)
