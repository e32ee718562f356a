"""What is going on is known wherever it goes on: in tasks, in threads that are awaited, and nowhere else."""

import asyncio

import pytest

from backlint.occasion import going_on, occasion


def test_it_is_known_inside_and_forgotten_outside() -> None:
    with occasion(run="r1", team="web"):
        with occasion(source="jira:x/SHOP", team=None):
            assert going_on() == {"run": "r1", "team": "web", "source": "jira:x/SHOP"}
        assert going_on() == {"run": "r1", "team": "web"}
    assert going_on() == {}


def test_it_ends_with_an_error_too() -> None:
    with pytest.raises(ValueError, match="nothing"), occasion(team="web"):
        int("nothing")
    assert going_on() == {}


def test_tasks_side_by_side_know_their_own() -> None:
    async def one(team: str) -> str:
        with occasion(team=team):
            await asyncio.sleep(0)
            return await asyncio.to_thread(lambda: going_on()["team"])

    async def both() -> list[str]:
        return list(await asyncio.gather(one("web"), one("shop")))

    assert asyncio.run(both()) == ["web", "shop"]
