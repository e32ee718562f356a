"""What trackers write in, turned into Markdown, which is all that rules read."""

import json
from enum import StrEnum

from backlint.markup.adf import adf_to_markdown
from backlint.markup.wiki import wiki_to_markdown

__all__ = ["Markup", "adf_to_markdown", "to_markdown", "wiki_to_markdown"]


class Markup(StrEnum):
    """How a body is written: Markdown, Jira's wiki markup, Atlassian Document Format, or plain text."""

    MARKDOWN = "markdown"
    JIRA_WIKI = "jira-wiki"
    ADF = "adf"
    PLAIN = "plain"


def to_markdown(text: object, markup: Markup | str) -> str:
    """Turn a body into Markdown; `None` is `""`, NUL and lone surrogates are dropped, and every line ends as on Unix.

    An ADF body is the decoded document or its JSON; ADF that is no JSON is taken as plain text. Plain text keeps its
    lines as they are: what looks like a list in it was meant as one.
    """
    match Markup(markup):
        case Markup.ADF:
            said = adf_to_markdown(_document(text))
        case Markup.JIRA_WIKI:
            said = wiki_to_markdown(_clean(text))
        case _:
            said = _clean(text)
    return _clean(said)


def _document(text: object) -> object:
    if not isinstance(text, str):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _clean(text: object) -> str:
    if not isinstance(text, str):
        return ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return lines.encode("utf-8", "ignore").decode("utf-8")
