"""Mail programs show no SVG: the trend goes with the mail as pictures, where they can be drawn."""

import asyncio
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from email import message_from_string
from email.message import EmailMessage
from email.policy import default

import pytest

from backlint import catalog
from backlint.channel import Channel
from backlint.health import Run
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from tests.channels.mailbox import Mailbox, opened
from tests.reports import report, sample
from tests.reports.inked import read
from tests.reports.page import read as read_page

pytest.importorskip("resvg_py", reason="without the extra mail there are no pictures")

NO_EXTRA = """
import sys
sys.modules["resvg_py"] = None
from tests.reports import report, sample
print(report("email").render(sample.run()))
"""
MOST = 1_000_000


def mail(run: Run, **settings: object) -> EmailMessage:
    return message_from_string(report("email", **settings).render(run), policy=default)


def pictures(told: EmailMessage) -> Mapping[str, bytes]:
    """By what the page calls them."""
    found = (part for part in told.walk() if part.get_content_type() == "image/png")
    return {str(part["Content-ID"]).strip("<>"): part.get_content() for part in found}


def page(told: EmailMessage) -> str:
    body = told.get_body(("html",))
    assert body
    content: str = body.get_content()
    return content


def test_the_page_shows_what_goes_with_it() -> None:
    told = mail(sample.run(sample.health(), sample.health("Platform")))
    shown = [it.attributes for it in read_page(page(told)).every("img")]
    assert [it["src"].removeprefix("cid:") for it in shown] == [*pictures(told)]
    assert [*pictures(told)] == [f"{what}-{team}@backlint" for team in (1, 2) for what in ("trend", "score")]
    assert all(it["alt"].startswith(("Findings: from ", "Score: from ")) for it in shown)


def test_the_figures_of_a_chart_are_drawn() -> None:
    """A picture without fonts has lines and no figures: its left edge, and what stands below it, would be empty."""
    picture = read(pictures(mail(sample.run()))["trend-1@backlint"])
    assert (picture.width, picture.height) == (960, 420)
    assert picture.ink(0, 0, 0.06, 0.9) > 100
    assert picture.ink(0, 0.92, 1, 1) > 300
    assert picture.ink(0.08, 0.05, 1, 0.85) > 1000
    assert min(picture.rows[0]) == 255, "it is light, whatever the reader has"


def test_they_arrive_beside_the_page() -> None:
    channel: type[Channel] = catalog.load(Channel, "email")
    with opened(Mailbox()) as box:
        settings = {"host": "127.0.0.1", "port": box.port, "security": "none"}
        message = report("email", to=("po@shop.example",)).render(sample.run())
        asyncio.run(channel.model_validate(settings).send(message, Gate(FakeClock())))
    (told,) = box.mails
    plain, related = told.iter_parts()
    kinds = [part.get_content_type() for part in related.iter_parts()]
    assert (plain.get_content_type(), kinds) == ("text/plain", ["text/html", "image/png", "image/png"])
    assert pictures(told) == pictures(mail(sample.run()))


def test_the_same_run_gives_the_same_mail() -> None:
    assert report("email").render(sample.run()) == report("email").render(sample.run())


def test_many_teams_make_no_heavy_mail() -> None:
    run = sample.run(*[sample.health(items=8)] * 40)
    told = report("email").render(run)
    assert len(told) < MOST
    shown = pictures(message_from_string(told, policy=default))
    assert 2 <= len(shown) < 40


def test_a_first_run_without_a_past_has_no_line_to_show() -> None:
    assert pictures(mail(sample.run(replace(sample.health(), past=())))) == {}


def test_what_was_rebuilt_is_said_to_be() -> None:
    health = sample.health()
    before = tuple(replace(point, is_rebuilt=True, score=None) for point in health.past)
    told = mail(sample.run(replace(health, past=before)))
    assert [*pictures(told)] == ["trend-1@backlint"]
    assert "before the first run, as the items&#39; histories tell" in page(told)


def test_who_wants_none_gets_none() -> None:
    assert pictures(mail(sample.run(), pictures=False)) == {}


def test_without_the_extra_the_mail_is_whole_and_nobody_complains() -> None:
    made = subprocess.run([sys.executable, "-c", NO_EXTRA], capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
    told = message_from_string(made.stdout, policy=default)
    assert made.stderr == ""
    assert pictures(told) == {}
    assert [part.get_content_type() for part in told.iter_parts()] == ["text/plain", "text/html"]
    assert "<img" not in page(told)
