import pytest

from backlint.text import read

WHOLE = {
    "one line": "As a buyer, I want to see the total, so that I know what I pay.",
    "lines": "**As a** buyer\n<br>**I want** to see the total\n<br>**so that** I know what I pay",
    "paragraphs": "As a buyer\n\nI want to see the total\n\nso that I know what I pay",
    "shouted": "AS A buyer\nI WANT to see the total\nSO THAT I know what I pay",
    "benefit first": "In order to know what I pay, as a buyer I want to see the total.",
    "after a label": "User story: As a buyer I want to see the total because I have to pay it.",
    "no article": "As product owner, I want to see the total so I can plan.",
    "so alone": "As an API user, I want to sort measures by size, so I find them.",
    "benefit in a sentence of its own": "As a buyer I want to see the total. So that I know what I pay.",
    "name": "As Patrick, I want to edit the date so that the two are the same.",
    "only": "As an owner, I only want padded fields, so that they line up.",
    "job story": "* **Situation**: *When I pay*\n* **Motivation**: *I want the total*\n* **Outcome**: *So I can plan*",
}
NO_BENEFIT = {
    "ensure": "As an agency user, I want to ensure that deleted records are not included.",
    "full stop": "As a user I want to see pictures. This is not possible now, so nobody does.",
    "in order to elsewhere": "As a user I want to see groups.\n\nIn order to not depend on it, it is saved.",
    "would like": "As a PO, I'd like to see the epic.",
    "greeting": "Hello, as a new developer I would like some help.",
    "benefit empty": "As a buyer I want to see the total so that",
}
UNFINISHED = {
    "slots empty": "**As a**\n<br>**I want to**\n<br>**so that**",
    "slots named": "As a <role> I want <goal> so that <benefit>",
    "want named": "As a buyer I want _goal_ so that I know what I pay",
    "no wish": "As a user, when I click on a group, I will be directed to it.",
    "job": "* **Situation**: *When ...*\n* **Motivation**: *We want to ...*\n* **Outcome**: *So we can ...*",
}
NONE = {
    "workaround": "As a workaround we could restart it.",
    "fault": "### Observed behaviour\nAs a visitor I can only see three projects.",
    "criterion": "## Acceptance criteria\nAs a user I should be able to:\n- download",
    "in passing": "We sort it as a list. I want that too.",
    "step": "As a follow-on step, we need to sort out the buckets.",
    "need": "In order to size it we need to research the volume.",
    "quoted code": "```\nAs a user I want x so that y\n```",
}


@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE)
def test_whole(body: str) -> None:
    story = read(body).story("Title")
    assert story
    assert story.is_whole, story


@pytest.mark.parametrize("body", NO_BENEFIT.values(), ids=NO_BENEFIT)
def test_without_a_benefit(body: str) -> None:
    story = read(body).story("Title")
    assert story
    assert story.lacks_benefit, story
    assert not story.is_whole


@pytest.mark.parametrize("body", UNFINISHED.values(), ids=UNFINISHED)
def test_unfinished(body: str) -> None:
    story = read(body).story("Title")
    assert story
    assert story.empty_slots, story


@pytest.mark.parametrize("body", NONE.values(), ids=NONE)
def test_none(body: str) -> None:
    assert read(body).story("Title") is None


def test_the_title_may_tell_it() -> None:
    story = read("See the design.").story("As a buyer I want to see the total, so that I know what I pay")
    assert story
    assert (story.role, story.want, story.benefit) == ("buyer", "to see the total", "I know what I pay")


def test_a_whole_story_counts_before_one_that_was_only_begun() -> None:
    story = read("As a buyer I want it cheap so that I buy it.").story("As a buyer, I want it cheap")
    assert story
    assert story.is_whole
