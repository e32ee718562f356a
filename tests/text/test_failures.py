import pytest

from backlint.text import read
from backlint.text.failures import CLEAR, failure_score, has_expected, has_steps

FAILURES = [
    ("Crash in the list", "The list crashes."),
    ("(fix): the total is not summed", ""),
    ("Artifacts too large", "Jobs fail with `413`.\n```\nERROR: too large\n```"),
    ("The list", "### Steps to reproduce\n1. Open\n### Actual result\nNothing"),
    ("NullPointerException on save", "It is thrown when the name is empty."),
    ("Hide names behind walls", "You are able to see the names even if nobody is visible. They are not hidden."),
    ("Absturz beim Speichern", "Die Liste ist kaputt."),
]
REQUESTS = [
    ("Add a bar", "We would like to see how far it is."),
    ("Show a warning when a guest leaves", "As a user I want to be warned so that I do not lose my order."),
    ("Support error codes", "It would be nice to tell clients what is wrong."),
    ("[Spike] Which library draws charts", "Compare three."),
    ("Sort the list", "By name."),
]


@pytest.mark.parametrize(("title", "body"), FAILURES)
def test_tells_of_a_failure(title: str, body: str) -> None:
    assert failure_score(title, read(body)) >= CLEAR


@pytest.mark.parametrize(("title", "body"), REQUESTS)
def test_asks_for_something(title: str, body: str) -> None:
    assert failure_score(title, read(body)) < CLEAR


STEPS = {
    "section": "Steps to reproduce:\n1. Open the list",
    "inline": "*Steps to reproduce:* # Open the list # Press delete",
    "how": "### Steps how to reproduce\nOpen the list",
    "commands": "It fails:\n```\n$ shop list --all\nError\n```",
    "code": "```\nimport shop\nlist = shop.all()\nprint(list[-1])\n```",
    "numbered actions": "1. Open the list\n2. Click on delete\n3. See",
}
NO_STEPS = {
    "private": "### Steps to reproduce\nprivate\n\n### Version\n1",
    "hard": "### Steps to reproduce\nDifficult to reproduce",
    "empty": "### Steps to reproduce\n\n### Version\n1",
    "log": "```\nERROR: too large\nCaused by: nothing\n2023-01-01 12:00:00 failed\n```",
    "prose": "The list sometimes closes.",
}


@pytest.mark.parametrize("body", STEPS.values(), ids=STEPS)
def test_steps(body: str) -> None:
    assert has_steps(read(body))


@pytest.mark.parametrize("body", NO_STEPS.values(), ids=NO_STEPS)
def test_no_steps(body: str) -> None:
    assert not has_steps(read(body))


@pytest.mark.parametrize("body", ["Expected: No Error", "It should stay open.", "### Soll-Verhalten\nBleibt offen."])
def test_expected(body: str) -> None:
    assert has_expected(read(body))


@pytest.mark.parametrize("body", ["### Expected behaviour\n\n### Notes\nx", "It closes.", "This should be fixed soon."])
def test_nothing_expected(body: str) -> None:
    assert not has_expected(read(body))
