"""Webhooks, over a socket: bad signatures, large bodies, slow senders, replays; and what a good one leads to."""

import json
import socket
from http.client import HTTPConnection
from itertools import product
from typing import Any

import pytest

from backlint.testing.fakes.github import payloads
from tests.service.conftest import SECRET, Build, HeldClock, Town
from tests.shared import SHARED, needs_shared

RECORDED = SHARED / "recordings" / "github" / "webhooks-examples-issues.json"
HOOK = "/hooks/github"
PING = {"zen": "Keep it logically awesome."}


def waiting(town: Town) -> int:
    return len(town.service.hints)


@pytest.fixture
def patient(build: Build) -> Town:
    """A service whose hints wait until the test lets time pass, so that they can be counted."""
    return build("settle_seconds = 60\nmost_hints = 2\nlargest_call = 20000\ncall_seconds = 0.2", HeldClock())


WRONG = ("", "sha256=", "sha256=" + "0" * 64, "sha1=" + "0" * 40, "0" * 64, "sha256=\xff\xfe", "sha256=" + "0" * 6000)


def test_a_bad_signature_is_refused(town: Town) -> None:
    for signature in WRONG:
        assert town.edited(town.issue, X_Hub_Signature_256=signature).status == 403, signature
    assert waiting(town) == 0
    assert town.figure('backlint_webhook_calls_total{status="403",tracker="github"}') == len(WRONG)


def test_a_signature_by_another_secret_or_of_another_body_is_refused(town: Town) -> None:
    payload = {"issue": payloads.issue(town.issue)}
    assert town.call("github", payload, secret=SECRET + "x", X_GitHub_Event="issues").status == 403
    good = town.call("github", PING, X_GitHub_Event="ping")
    assert good.status == 204
    connection = HTTPConnection("127.0.0.1", town.service.port)
    connection.request("POST", HOOK, b"{}", {"X-GitHub-Event": "issues"})
    assert connection.getresponse().status == 403
    connection.close()


def test_a_tracker_without_a_secret_is_not_heard(town: Town) -> None:
    assert town.call("file", PING).status == 404
    assert town.call("gitlab", PING).status == 404


def test_what_is_too_large_is_refused_unread(patient: Town) -> None:
    with socket.create_connection(("127.0.0.1", patient.service.port)) as line:
        line.sendall(b"POST /hooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n")
        assert line.recv(20).startswith(b"HTTP/1.1 413 ")


def test_what_does_not_say_how_large_it_is_is_counted(patient: Town) -> None:
    piece = b"1000\r\n" + b"x" * 0x1000 + b"\r\n"
    head = b"POST /hooks/github HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert patient.say(head + piece * 5).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("sent", [b"", b"{", b'{"issue": '])
def test_who_dawdles_is_not_waited_for(patient: Town, sent: bytes) -> None:
    head = b"POST /hooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
    assert patient.say(head + sent).startswith(b"HTTP/1.1 408 ")
    assert patient.figure('backlint_webhook_calls_total{status="408",tracker="github"}') == 1


def test_who_hangs_up_harms_nobody(patient: Town) -> None:
    for _ in range(10):
        with socket.create_connection(("127.0.0.1", patient.service.port)) as line:
            line.sendall(b"POST /hooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    assert patient.ask("/readyz").status == 200


def test_a_signed_body_that_is_no_json_is_a_mistake(town: Town) -> None:
    for body in (b"", b"{", b"\xff\xfe", b"[" * 10_000, b"9" * 5_000, b"payload=%7B%7D"):
        assert town.call("github", body, X_GitHub_Event="issues").status == 400, body[:10]


def test_a_form_is_told_from_json(town: Town) -> None:
    told = {"Content_Type": "application/x-www-form-urlencoded", "X_GitHub_Event": "ping"}
    assert town.call("github", b"payload=%7B%7D", **told).status == 415


def test_what_is_about_nothing_is_nothing(town: Town) -> None:
    garbage: tuple[Any, ...] = ([], None, 7, "x", {"issue": 7}, {"issue": {"node_id": {}}}, PING)
    for payload, event in product(garbage, ("issues", "ping", "label", "", "no event of theirs")):
        assert town.call("github", payload, X_GitHub_Event=event).status == 204, (payload, event)
    assert waiting(town) == 0


@needs_shared
def test_recorded_calls_are_taken_and_concern_nobody_here(patient: Town) -> None:
    for kind in json.loads(RECORDED.read_text()):
        for payload in kind["examples"][:2]:
            if len(json.dumps(payload)) < 20_000:
                assert patient.call("github", payload, X_GitHub_Event=kind["name"]).status in {202, 204}
    assert waiting(patient) == 0


# What waits


def test_the_same_call_again_is_dropped(patient: Town) -> None:
    assert patient.edited(patient.issue, X_GitHub_Delivery="a").status == 202
    assert patient.edited(patient.issue, X_GitHub_Delivery="b").status == 204, "the same bytes under another name"
    patient.issue.rename("Another", by="ada")
    assert patient.edited(patient.issue, X_GitHub_Delivery="a").status == 204, "the same name with other bytes"
    assert patient.edited(patient.issue, X_GitHub_Delivery="c").status == 202
    assert patient.figure('backlint_hints_total{fate="received",tracker="github"}') == 2


def test_an_item_waits_once(patient: Town) -> None:
    for title in ("one", "two", "three"):
        patient.issue.rename(title, by="ada")
        assert patient.edited(patient.issue, X_GitHub_Delivery=title).status == 202
    assert waiting(patient) == 1
    assert patient.figure('backlint_hints_total{fate="joined",tracker="github"}') == 2
    patient.night()
    before = len(patient.hub.heard)
    patient.clock.pass_time(60)
    patient.until('backlint_hints_total{fate="handled",tracker="github"}', 1)
    assert waiting(patient) == 0
    about = [heard for heard in patient.hub.heard[before:] if heard.url.endswith("/issues/1")]
    assert len(about) == 1


def test_beyond_the_queue_s_length_hints_are_dropped_and_counted(patient: Town) -> None:
    shop = patient.hub.repositories["acme/shop"]
    for number in range(5):
        assert patient.edited(shop.issue(str(number)), X_GitHub_Delivery=str(number)).status == 202
    assert waiting(patient) == 2
    assert patient.figure('backlint_hints_total{fate="dropped",tracker="github"}') == 3


def test_what_nobody_reads_does_not_wait(patient: Town) -> None:
    other = patient.hub.repository("acme/other").issue("Not ours")
    assert patient.edited(other).status == 202
    assert waiting(patient) == 0


# What it leads to


def test_a_hint_from_github_is_read_linted_and_told_once(town: Town) -> None:
    town.night(writes=True)
    town.issue.rename("Pay with a card", by="ada")
    town.edited(town.issue)
    town.until('backlint_hints_total{fate="handled",tracker="github"}', 1)
    [source] = (reading.source for reading in town.service.standings.all()[0].readings)
    assert town.kept(source) == {"acme/shop#1": "Pay with a card"}
    [note] = town.comments
    assert "backlint:note" in note
    assert town.figure('backlint_hinted_writes_total{verdict="done"}') == 1
    town.edited(town.issue, X_GitHub_Delivery="its own note is an event, too")
    town.until('backlint_hints_total{fate="handled",tracker="github"}', 2)
    assert town.comments == [note]


def test_a_hint_from_jira_too(town: Town) -> None:
    issue = town.jira.issue("SHOP", "Take cash", description="People pay cash.")
    town.night()
    town.jira.change(issue, title="Take coins")
    payload = {"webhookEvent": "jira:issue_updated", "issue": {"id": str(issue.id), "key": issue.key}}
    assert town.call("jira", payload).status == 202
    town.until('backlint_hints_total{fate="handled",tracker="jira"}', 1)
    source = next(it.source for each in town.service.standings.all() for it in each.readings if "jira" in it.source)
    assert town.kept(source) == {"SHOP-1": "Take coins"}


def test_a_tracker_that_fails_ends_nothing(town: Town) -> None:
    town.night()
    town.hub.admit("another")
    town.edited(town.issue)
    town.until('backlint_hints_total{fate="failed",tracker="github"}', 1)
    town.hub.tokens.clear()
    town.edited(town.issue, X_GitHub_Delivery="later", X_GitHub_Event="issue_comment")
    town.until('backlint_hints_total{fate="failed",tracker="github"}', 1)
    assert town.ask("/readyz").status == 200
