import re
from dataclasses import replace
from email import message_from_string
from email.message import EmailMessage
from email.policy import default

import pytest
from syrupy.assertion import SnapshotAssertion

from backlint.health import Run
from tests.reports import hostile, report, sample
from tests.reports.page import read

GMAIL_CUTS_AT = 102_000


def mail(run: Run, **settings: object) -> EmailMessage:
    return message_from_string(report("email", **settings).render(run), policy=default)


def part(told: EmailMessage, kind: str) -> str:
    body = told.get_body((kind,))
    assert body
    content: str = body.get_content()
    return content


def test_what_people_read(snapshot: SnapshotAssertion) -> None:
    told = mail(sample.run(sample.health(items=20)), link="https://ci.example/report.html", pictures=False)
    assert (part(told, "plain"), part(told, "html")) == snapshot


def test_headings() -> None:
    told = mail(sample.run(), sender="bot@shop.example", to=("po@shop.example", "team@shop.example"))
    assert str(told["Subject"]) == "Checkout: Not ready for sprint planning"
    assert str(told["From"]) == "backlint <bot@shop.example>"
    assert [it.addr_spec for it in told["To"].addresses] == ["po@shop.example", "team@shop.example"]
    assert told["Date"].datetime == sample.run().at


def test_the_same_run_gives_the_same_mail() -> None:
    assert report("email").render(sample.run()) == report("email").render(sample.run())


@pytest.mark.parametrize("title", hostile.TITLES)
def test_a_hostile_title_is_only_shown(title: str) -> None:
    told, plain = (
        read(part(mail(sample.run(sample.health(titles=[it], items=12))), "html")) for it in (title, "Plain")
    )
    assert [it.tag for it in told.every()] == [it.tag for it in plain.every()]


@pytest.mark.parametrize("name", ["Team\r\nBcc: everybody@shop.example", "x" * 500, "Käsekuchen 👩‍👩‍👧"])
def test_a_name_adds_no_heading(name: str) -> None:
    told = mail(sample.run(replace(sample.health(items=8), name=name)))
    assert set(told.keys()) == {"Subject", "From", "Date", "MIME-Version", "Content-Type"}


def test_it_needs_nothing_that_mail_programs_drop() -> None:
    html = part(mail(sample.run()), "html")
    assert not re.search(r"<svg|<style|var\(|<script|<img src=\"(?!cid:)|data:", html)


@pytest.mark.parametrize("teams", [1, 5, 40])
def test_it_is_not_cut_off(teams: int) -> None:
    health = sample.health(titles=["Ж" * 500])
    told = mail(sample.run(*[health] * teams))
    assert len(part(told, "html").encode()) < GMAIL_CUTS_AT
    if teams == 40:
        assert "28 teams more in the whole report." in part(told, "plain")
