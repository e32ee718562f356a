"""Who is a machine, who is on the team, who orders."""

import pytest

from backlint.model import People, Person

KIM = Person(id="jira:557058", name="Kim Lee")


@pytest.mark.parametrize(
    ("name", "is_bot"),
    [
        ("dependabot[bot]", True),
        ("deploy-bot", True),
        ("ASF GitHub Bot", True),
        ("Automation for Jira", True),
        ("github-actions", True),
        ("Jenkins", True),
        ("Jan Bot", False),
        ("Talbot", False),
        ("Jenkins-Smith", False),
        ("", False),
    ],
)
def test_machines_under_ordinary_accounts_are_known_by_name(name: str, is_bot: bool) -> None:
    assert People().is_bot(Person(id="1", name=name)) is is_bot


def test_nobody_is_no_machine() -> None:
    assert not People().is_bot(None)


@pytest.mark.parametrize("name", ["Kim Lee", "kim lee", "jira:557058", "kim*", "*"])
def test_an_account_is_named_by_its_id_or_by_what_it_shows(name: str) -> None:
    assert People(bots=(name,)).is_bot(KIM)
    assert People(team=(name,)).on_team(KIM)
    assert People(owners=(name,)).is_owner(KIM)


@pytest.mark.parametrize("name", ["Kim", "K.m Lee", "[kK]im Lee", ""])
def test_only_a_star_stands_for_something_else(name: str) -> None:
    assert not People(bots=(name,)).is_bot(KIM)


def test_what_the_team_says_is_all() -> None:
    member = Person(id="1", name="Sam", on_team=True)
    assert People().on_team(member) is True
    assert People(team=("Kim Lee",)).on_team(member) is False
    assert People().on_team(KIM) is None
    assert People().is_owner(KIM) is None
