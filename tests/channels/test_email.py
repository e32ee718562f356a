"""Mails are handed to a real server, on loopback."""

import asyncio
from email.policy import SMTP

import pytest

from backlint import catalog
from backlint.channel import Channel, ChannelError
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from tests.channels.mailbox import Mailbox, opened
from tests.reports import report, sample

SECRET = "canary-7f3a9c"
PEOPLE = ("po@shop.example", "team@shop.example")


def email(**settings: object) -> Channel:
    kind: type[Channel] = catalog.load(Channel, "email")
    return kind.model_validate({"host": "127.0.0.1", "security": "none", **settings})


def send(channel: Channel, to: tuple[str, ...] = PEOPLE) -> None:
    message = report("email", sender="bot@shop.example", to=to).render(sample.run())
    asyncio.run(channel.send(message, Gate(FakeClock())))


def refused(channel: Channel, to: tuple[str, ...] = PEOPLE) -> str:
    with pytest.raises(ChannelError) as told:
        send(channel, to)
    assert SECRET not in str(told.value)
    return str(told.value)


def test_the_mail_arrives_whole() -> None:
    with opened(Mailbox()) as box:
        send(email(port=box.port))
    (mail,) = box.mails
    assert box.recipients == list(PEOPLE)
    assert str(mail["Subject"]) == "Checkout: Not ready for sprint planning"
    assert str(mail["Message-ID"]).endswith("@shop.example>")
    plain_part, page = mail.iter_parts()
    assert plain_part.get_content_type() == "text/plain"
    assert page.get_content_type() in {"text/html", "multipart/related"}
    plain, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert plain
    assert html
    assert "Do next" in plain.get_content()
    assert "<h1" in html.get_content()
    assert all(len(line) <= 998 for line in mail.as_bytes(policy=SMTP).splitlines())


def test_who_logs_in_is_let_in() -> None:
    with opened(Mailbox(password=SECRET)) as box:
        send(email(port=box.port, user="bot", password=SECRET))
    assert len(box.mails) == 1


def test_a_server_that_repeats_the_password_makes_nobody_show_it() -> None:
    with opened(Mailbox(password="another")) as box:
        said = refused(email(port=box.port, user="bot", password=SECRET))
    assert said == "the mail server does not take the user or the password"


def test_one_who_is_refused_keeps_nobody_else_from_it() -> None:
    with opened(Mailbox(refuses={"team@shop.example"})) as box:
        said = refused(email(port=box.port))
    assert said == "the mail server refused team@shop.example; the others have it"
    assert box.recipients == ["po@shop.example"]
    assert len(box.mails) == 1


def test_everybody_is_refused() -> None:
    with opened(Mailbox(refuses=set(PEOPLE))) as box:
        assert refused(email(port=box.port)) == "the mail server refused everybody whom it should go to"


def test_encryption_is_not_given_up_silently() -> None:
    with opened(Mailbox()) as box:
        said = refused(email(port=box.port, security="starttls"))
    assert said.startswith("the mail server does not offer what the settings ask for")
    assert box.mails == []


def test_nobody_is_there() -> None:
    with opened(Mailbox()) as box:
        port = box.port
    assert refused(email(port=port)) == f"the mail server 127.0.0.1:{port} could not be reached"


def test_nobody_is_named() -> None:
    assert refused(email(), to=()) == "nobody is named whom it should go to"


def test_the_channel_may_know_better_than_the_report_who_gets_it() -> None:
    assert email().about_report == {}
    assert email(to=PEOPLE, sender="bot@shop.example").about_report == {"to": PEOPLE, "sender": "bot@shop.example"}


@pytest.mark.parametrize(
    ("verb", "answer", "told"),
    [
        ("MAIL", "550 not you", "the mail server refused the sender"),
        ("DATA", f"554 spam: {SECRET}", "the mail server did not take the mail (SMTPDataError)"),
        ("EHLO", "421 too busy", "the mail server did not take the mail (SMTPHeloError)"),
    ],
)
def test_a_server_that_will_have_none_of_it(verb: str, answer: str, told: str) -> None:
    moods = {verb: answer, "HELO": answer} if verb == "EHLO" else {verb: answer}
    with opened(Mailbox(moods=moods)) as box:
        assert refused(email(port=box.port)) == told
    assert box.mails == []
