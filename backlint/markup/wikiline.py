"""One line of Jira's wiki markup: emphasis, links, mentions, images, code."""

import re
from collections.abc import Callable, Mapping

from backlint.markup.inline import code, link, literal, wrap

# Everything is bounded, so that a long line of opening brackets costs no more than its length.
_TOKENS = re.compile(
    r"""
      \{\{(?P<mono>(?:[^{}\\\n]|\\[^\n]){1,400})\}\}
    | \[~(?:accountid:)?(?P<mention>[^\]|\n]{1,400})\]
    | \[\^(?P<attachment>[^\]|\n]{1,400})\]
    | \[(?P<text>[^\]\[|\n]{0,400})\|(?P<url>[^\]|\n]{1,2000})(?:\|[^\]\n]{0,400})?\]
    | \[(?P<bare>(?:https?|ftp|file|mailto):[^\]|\s]{1,2000})\]
    | !(?P<image>[^\s!|\n][^!|\n]{0,400}\.\w{2,5})(?:\|[^!\n]{0,400})?!
    | (?<![\w*])\*(?=\S)(?P<strong>[^*\n]{1,400})(?<=\S)\*(?![\w*])
    | (?<![\w_])_(?=\S)(?P<em>[^_\n]{1,400})(?<=\S)_(?![\w_])
    | (?<![\w-])-(?=[^\s-])(?P<strike>[^-\n]{1,400})(?<=\S)-(?![\w-])
    | (?<![\w+])\+(?=\S)(?P<inserted>[^+\n]{1,400})(?<=\S)\+(?![\w+])
    | \?\?(?=\S)(?P<cited>[^?\n]{1,400})\?\?
    | (?P<break>\\\\)(?=\s|$)
    | \\(?P<escaped>[][{}*_+^~!|?\\-])
    """,
    re.VERBOSE,
)

_ESCAPED = re.compile(r"\\([][{}*_+^~!|?\\-])")


def line_to_markdown(line: str) -> str:
    """Turn one line into Markdown. Superscripts, smileys and macros that are not known stay as they were typed."""
    said: list[str] = []
    start = 0
    for match in _TOKENS.finditer(line):
        said += [literal(line[start : match.start()]), _token(match)]
        start = match.end()
    return "".join([*said, literal(line[start:])])


def _token(match: re.Match[str]) -> str:
    name = match.lastgroup or ""
    return (
        _WRITERS.get(name, literal)(match[name])
        if name != "url"
        else link(line_to_markdown(match["text"]), match[name])
    )


def _image(said: str) -> str:
    target = said if "://" in said else f"attachment:{said}"
    return f"![{literal(said.rpartition('/')[2])}]({target.replace(' ', '%20')})"


_WRITERS: Mapping[str, Callable[[str], str]] = {
    "mono": lambda said: code(_ESCAPED.sub(r"\1", said)),
    "mention": lambda said: literal(f"@{said}"),
    "attachment": lambda said: link(said, f"attachment:{said}"),
    "bare": lambda said: link("", said),
    "image": _image,
    "strong": lambda said: wrap(line_to_markdown(said), "**"),
    "em": lambda said: wrap(line_to_markdown(said), "_"),
    "strike": lambda said: wrap(line_to_markdown(said), "~~"),
    "inserted": line_to_markdown,
    "cited": line_to_markdown,
    "break": lambda _: "\n",
}
