"""Titles and addresses as somebody writes them who wishes no good, or pastes without looking."""

TITLES = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><script src=//evil.example></script>",
    "</style><style>*{display:none}</style>",
    "'; drop table items; --",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- hidden",
    "]]></svg><a xlink:href='javascript:alert(1)'>x</a>",
    "\u202egnp.exe right to left",
    "zero\u200bwidth and \x00 nothing, \x1b[31mred\x07",
    "lone \ud800 surrogate",
    "@everyone look at #1, acme/shop#12, GH-7 and 0123456789abcdef0123456789abcdef01234567",
    "https://evil.example/ www.evil.example mailto:a@b.example",
    "[click](javascript:alert(1)) ![](http://evil.example/pixel) `code` **bold** | cell | <b>",
    "=cmd|' /C calc'!A0",
    "1. a list\n# a heading\n---\nsetext",
    "👩‍👩‍👧‍👦 family " * 8,
    "x" * 500,
    " ",
)

ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "https:evil",
    "http://[bad",
    'https://tracker.example/"><script>alert(1)</script>',
    "https://tracker.example/a b>(c)",
    "https://github.com/acme/shop/issues/12",
    "",
)
