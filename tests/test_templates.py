from datetime import UTC, date, datetime

import pytest
from jinja2 import UndefinedError

from backlint.finding import Subject
from backlint.plural import plural
from backlint.templates import day, fill, link, moment, prose, sentence, short_day, signed, slug
from tests.reports import hostile
from tests.reports.page import read

AT = datetime(2026, 11, 2, 8, 5, tzinfo=UTC)


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        fill("report.md")


@pytest.mark.parametrize(("number", "shown"), [(3, "+3"), (-2, "\N{MINUS SIGN}2"), (0, "±0"), (1.5, "+1.5")])
def test_signed(number: float, shown: str) -> None:
    assert signed(number) == shown


def test_dates_are_for_people() -> None:
    assert (day(AT), short_day(AT), moment(AT)) == ("2 November 2026", "2 November", "2 November 2026, 08:05 UTC")
    assert day(date(2026, 1, 9)) == "9 January 2026"


def test_plural() -> None:
    assert [plural(1, "item"), plural(1200, "item"), plural(2, "item is", "items are")] == [
        "1 item",
        "1,200 items",
        "2 items are",
    ]


def test_sentence() -> None:
    assert (sentence("in 12 weeks"), sentence("")) == ("In 12 weeks", "")


@pytest.mark.parametrize("name", [*hostile.TITLES, "missing-estimate"])
def test_a_slug_can_stand_in_a_style_sheet(name: str) -> None:
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize("words", hostile.TITLES)
def test_html_in_prose_is_shown_and_not_obeyed(words: str) -> None:
    tags = {each.tag for each in read(str(prose(words))).every()}
    assert not tags & {"script", "style", "iframe", "img", "svg"}


def test_a_link_to_github_leaves_no_mark() -> None:
    about = Subject(id="1", key="acme/shop#12", title="", url="https://www.github.com/acme/shop/issues/12")
    assert link(about).endswith("(<https://redirect.github.com/acme/shop/issues/12>)")


def test_what_is_no_web_address_is_no_link() -> None:
    assert link(Subject(id="1", key="SHOP-1", title="", url="javascript:alert(1)")) == "SHOP-1"
