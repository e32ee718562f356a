import asyncio
from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from backlint.connector import Observation
from backlint.connectors.jira import Jira
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.jira import FakeJira
from backlint.testing.fakes.jira.troubles import Trouble, changes, hangs_up, says
from backlint.testing.loopback import serve
from backlint.transport import Gate
from tests.connectors.jira.sites import cloud, connector, fill, gate, living, server


def looked(jira: Jira, way: Gate) -> list[Observation]:
    async def look() -> list[Observation]:
        return [observation async for observation in jira.examine(way)]

    return asyncio.run(look())


def over_a_port(jira: FakeJira, **told: object) -> list[Observation]:
    """As a user's doctor looks: the `jira` package and ours, each over its own connection."""
    with serve(jira) as url:
        context = jira.base.partition("//")[2].partition("/")[2]
        here = f"{url}/{context}".rstrip("/")
        return looked(connector(jira, url=here, **told), Gate(FakeClock()))


def lines(observations: list[Observation]) -> list[str]:
    return [
        f"{'ok  ' if it.is_well else 'FIX '} {it.about}: {it.found}" + (f" -> {it.fix}" if it.fix else "")
        for it in observations
        if it.about != "site"
    ]


@pytest.mark.parametrize("is_cloud", [True, False], ids=["cloud", "server"])
def test_a_healthy_site(is_cloud: bool, snapshot: SnapshotAssertion) -> None:
    observations = over_a_port(living(is_cloud=is_cloud))
    assert all(it.is_well for it in observations)
    assert lines(observations) == snapshot


@pytest.mark.parametrize("is_cloud", [True, False], ids=["cloud", "server"])
def test_a_wire_of_its_own_gives_the_same_lines(is_cloud: bool) -> None:
    jira = living(is_cloud=is_cloud)
    assert lines(looked(connector(jira), gate(jira))) == lines(over_a_port(jira))


def test_it_only_reads() -> None:
    jira = living(is_cloud=True)
    over_a_port(jira)
    writes = [it for it in jira.requests if not it.startswith("GET ")]
    assert {it.rpartition("/rest/")[2] for it in writes} <= {"api/3/search/jql", "api/3/search/approximate-count"}


def test_what_is_not_well_has_a_fix(snapshot: SnapshotAssertion) -> None:
    jira = cloud(may_configure=False)
    jira.board("SHOP")
    fill(jira, 1)
    jira.now -= timedelta(hours=2)
    assert lines(over_a_port(jira)) == snapshot


def test_several_boards_ask_for_a_choice() -> None:
    jira = living(is_cloud=True)
    jira.board("SHOP", "Another")
    (board,) = [it for it in looked(connector(jira), gate(jira)) if it.about == "board"]
    assert board.found == "2 boards; the order is the rank of all"
    assert board.fix == "Set `board` to the one that the team plans with."


def test_a_project_that_may_not_be_seen() -> None:
    jira = living(is_cloud=True)
    jira.hidden_projects.add("SHOP")
    ill = [it for it in looked(connector(jira), gate(jira)) if not it.is_well]
    assert [it.about for it in ill][:2] == ["permission", "issues"]


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Trouble("", says(401, "Client must be authenticated"), times=99), "Jira answered 401"),
        (Trouble("", says(503, Retry_After="999"), times=99), "Jira answered 503"),
        (Trouble("", hangs_up(), times=99), "could not be read"),
    ],
)
def test_a_site_that_does_not_answer_is_one_line(trouble: Trouble, said: str) -> None:
    jira = fill_one(server())
    jira.troubles.append(trouble)
    (only,) = over_a_port(jira)
    assert said in only.found
    assert not only.is_well
    assert only.fix
    assert jira.token not in f"{only}"


def fill_one(jira: FakeJira) -> FakeJira:
    fill(jira, 1)
    return jira


def test_the_rate_is_shown_where_jira_tells_it() -> None:
    jira = fill_one(cloud())
    jira.limit = (350, 347)
    (rate,) = [it for it in looked(connector(jira), gate(jira)) if it.about == "rate"]
    assert rate.found == "347 of 350 requests left for now"


def test_a_filter_is_read_by_jira_before_it_is_believed() -> None:
    jira = fill_one(cloud())
    (said,) = [it for it in looked(connector(jira, filter="labels = web"), gate(jira)) if it.about == "filter"]
    assert said.is_well
    jira.troubles.append(
        Trouble("jql/parse", changes(lambda _: {"queries": [{"query": "x", "errors": ["No such word."]}]}))
    )
    (said,) = [it for it in looked(connector(jira, filter="labels = web"), gate(jira)) if it.about == "filter"]
    assert said.found.endswith("No such word.")
    assert said.fix
