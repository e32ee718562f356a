"""The one place where templates are found and filled in. A name that is not there is an error, never an empty word."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup

from backlint import safe
from backlint.finding import Subject
from backlint.plural import plural

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = "reports/templates"
URL_MARKS = ":/?#[]@!$&'()*+,;=%~-._"
"""What may stand in a URL unquoted; angle brackets, quotes and spaces may not."""

MINUS = "\N{MINUS SIGN}"

_KEY = re.compile(r"[#/\d]")
"""What stands in the key of an item, and in no word that begins a sentence."""


def fill(template: str, **words: Any) -> str:
    """The template's text with the words in it. A template whose name ends in `.html` is escaped always."""
    return _environment().get_template(template).render(words)


@cache
def _environment() -> "Environment":
    # Who only counts or names something with the words below fills no template.
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape  # noqa: PLC0415

    made = Environment(
        loader=PackageLoader("backlint", FOLDER),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(FILTERS)
    return made


def signed(number: float) -> str:
    """With its sign, a true minus, and ± for none."""
    if not number:
        return "±0"
    return f"{'+' if number > 0 else MINUS}{abs(number):g}"


def day(moment: datetime | date) -> str:
    """22 November 2026."""
    return f"{moment.day} {moment:%B %Y}"


def short_day(moment: datetime | date) -> str:
    """22 November."""
    return f"{moment.day} {moment:%B}"


def slug(name: str) -> str:
    """A name that can stand in an id, a class and a style sheet."""
    return re.sub(r"[^a-z0-9-]+", "-", name.lower())


def sentence(text: str) -> str:
    """With a capital letter, but for the key of an item: `fernhill/platform#349` stays as it is."""
    is_key = _KEY.search(text.partition(" ")[0])
    return text if is_key else text[:1].upper() + text[1:]


def moment(at: datetime) -> str:
    """22 November 2026, 08:00 UTC."""
    return f"{day(at)}, {at:%H:%M} UTC"


def prose(text: str) -> Markup:
    """Markdown as HTML; HTML within it is shown, not obeyed, and pictures are not fetched."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only a page has prose

    return Markup(MarkdownIt("commonmark", {"html": False}).disable("image").render(text))  # noqa: S704 - the parser escapes


def link(about: Subject) -> str:
    """The item's key as a Markdown link that leaves no reference behind on github.com."""
    address = safe.web_address(about.url)
    if address is None:
        return safe.markdown(about.key)
    quiet = re.sub(r"(?i)^https?://(www\.)?github\.com/", "https://redirect.github.com/", address)
    return f"[{safe.markdown(about.key)}](<{quote(quiet, safe=URL_MARKS)}>)"


FILTERS: dict[str, Callable[..., Any]] = {
    "clip": safe.clipped,
    "day": day,
    "link": link,
    "markdown": safe.markdown,
    "moment": moment,
    "plural": plural,
    "prose": prose,
    "sentence": sentence,
    "short_day": short_day,
    "signed": signed,
    "slug": slug,
    "visible": safe.visible,
    "web_address": safe.web_address,
}
