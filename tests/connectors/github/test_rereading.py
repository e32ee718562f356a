"""One item read again is the item that a whole read gives, and nothing else is asked for."""

import asyncio
from datetime import timedelta

from backlint.connector import Batch, Hint
from backlint.testing.fakes.github import Column, FakeGithub, Issue, Iteration
from tests.connectors.github.harness import NOW, connector, gate_to, github, pull

SPRINTS = Column("Sprint", "ITERATION", iterations=(Iteration("S1", NOW.date() - timedelta(days=3), 14),))


def shop(issues: int = 3) -> tuple[FakeGithub, list[Issue]]:
    hub = github()
    made = [hub.repository("acme/shop").issue("0", at=NOW - timedelta(days=9))] if issues else []
    made += [hub.repositories["acme/shop"].issue(str(n), at=NOW - timedelta(days=9)) for n in range(1, issues)]
    project = hub.project("acme", 4, Column("Estimate", "NUMBER"), SPRINTS)
    for issue in reversed(made):
        project.add(issue, Estimate=5, Sprint="S1")
    return hub, made


def reread(hub: FakeGithub, *hints: Hint, **settings: object) -> Batch:
    return asyncio.run(connector(**settings).reread(gate_to(hub), hints))


def hint_of(issue: Issue) -> Hint:
    return Hint(issue.ids[1], f"{issue.repository.full_name}#{issue.number}")


def test_it_is_the_item_that_a_whole_read_gives() -> None:
    hub, issues = shop()
    issues[1].comment("Which cards?", by="ada")
    hub.projects["acme", 4].draft("A note")
    whole = pull(hub)
    batch = reread(hub, hint_of(issues[1]))
    assert {item.key: item for item in batch.items} == {
        key: item for key, item in whole.items.items() if key in {"acme/shop#2", "acme/4: A note"}
    }
    assert batch.items[0].estimate is not None
    assert batch.ranking == whole.batches[-1].ranking
    assert batch.sprints == whole.batches[-1].sprints
    assert batch.cursor is None
    assert batch.warnings == ()


def test_few_requests_for_few_items() -> None:
    hub, issues = shop(120)
    pull(hub)
    hub.heard.clear()
    reread(hub, *map(hint_of, issues[:3]))
    assert len(hub.heard) <= 9, "what the server is, the project and two pages of it, the repository, 3 issues, details"


def test_what_moved_on_the_board_is_known_by_its_id_alone() -> None:
    hub, issues = shop()
    assert [item.key for item in reread(hub, Hint(issues[2].ids[1])).items] == ["acme/shop#3"]


def test_what_is_not_there_is_left_out() -> None:
    hub, issues = shop()
    elsewhere = hub.repository("acme/other").issue("Not ours")
    pull_request = hub.repositories["acme/shop"].issue("Mend it", is_pull=True)
    hub.repositories["acme/shop"].delete(issues[0])
    batch = reread(hub, *map(hint_of, (issues[0], elsewhere, pull_request)), Hint("I_nobody"))
    assert batch.items == ()


def test_a_project_that_cannot_be_read_is_said() -> None:
    hub, issues = shop()
    batch = reread(hub, hint_of(issues[0]), project=5)
    assert any("project acme/5" in warning for warning in batch.warnings)


def test_an_order_by_label_is_left_as_it_is() -> None:
    hub, issues = shop()
    batch = reread(hub, hint_of(issues[0]), project=None, order_by="label", order_labels=("first",))
    assert [item.key for item in batch.items] == ["acme/shop#1"]
    assert batch.ranking is None


def test_which_source_a_hint_may_be_about() -> None:
    ours, other, bare = Hint("I_1", "Acme/Shop#1"), Hint("I_2", "acme/else#1"), Hint("I_3")
    assert [connector().may_hold(it) for it in (ours, other, bare)] == [True, False, True]
    assert [connector(project=None).may_hold(it) for it in (ours, other, bare)] == [True, False, False]
    assert [connector(repository=None, project="acme/4").may_hold(it) for it in (ours, other, bare)] == [True] * 3
