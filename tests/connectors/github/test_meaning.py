"""What labels, titles and bodies are taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.connectors.github.meaning import Meaning, Sources
from backlint.connectors.github.settings import Columns
from backlint.model import EMPTY, Estimate, Kind, Moscow, Priority, Stage
from backlint.model.words import Empty


def meaning(*labels: str, **more: object) -> Meaning:
    told: dict[str, object] = {"columns": Columns(), "kinds": {}, "stages": {}, "priorities": (), "sizes": {}}
    return Meaning(**told | {"labels": frozenset(labels)} | more)  # type: ignore[arg-type]  # as the settings give it


def says(title: str = "x", body: str = "", *labels: str, type: str | None = None) -> Sources:  # noqa: A002 - GitHub's word
    return Sources(title=title, body=body, labels=labels, type=type)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (says(type="Bug"), (Kind.BUG, "Bug")),
        (says("x", "", "bug", type="Gadget"), (Kind.UNKNOWN, "Gadget")),
        (says("x", "", "good first issue", "type: feature"), (Kind.STORY, "type: feature")),
        (says("x", "", "kind/tech-debt"), (Kind.DEBT, "kind/tech-debt")),
        (says("x", "", "🐛 Bug"), (Kind.BUG, "🐛 Bug")),
        (says("[Spike] Which queue?"), (Kind.SPIKE, "Spike")),
        (says("fix(parser): crash on EOF"), (Kind.BUG, "fix")),
        (says("feat!: dark mode"), (Kind.STORY, "feat")),
        (says("Epic: checkout"), (Kind.EPIC, "Epic")),
        (says("Note: this is no kind"), (Kind.UNKNOWN, None)),
        (says("Customers cannot log in"), (Kind.UNKNOWN, None)),
    ],
    ids=str,
)
def test_kinds(item: Sources, expected: tuple[Kind, str | None]) -> None:
    assert meaning().kind(item) == expected


def test_a_team_says_what_its_own_words_mean() -> None:
    own = meaning(kinds={"Gadget": Kind.STORY}, stages={"Cooking": Stage.DOING})
    assert own.kind(says(type="Gadget")) == (Kind.STORY, "Gadget")
    assert own.stage("Cooking") is Stage.DOING


@pytest.mark.parametrize(
    ("known", "label", "expected"),
    [
        (("points: 5", "points: 8"), "points: 5", Estimate(value=5)),
        (("estimate/0.5",), "estimate/0.5", Estimate(value=0.5)),
        (("3 points",), "3 points", Estimate(value=3)),
        (("sp:13",), "sp:13", Estimate(value=13)),
        (("points: 5",), None, EMPTY),
        (("bug", "5 stars"), "5 stars", None),
        (("size: M",), "size: M", None),
    ],
)
def test_estimates_by_label(known: tuple[str, ...], label: str | None, expected: Estimate | Empty | None) -> None:
    assert meaning(*known).estimate(says("x", "", *([label] if label else []))) == expected


def test_sizes_are_points_only_where_the_team_says_so() -> None:
    assert meaning("size: M", sizes={"M": 3}).estimate(says("x", "", "size: M")) == Estimate(value=3)


@pytest.mark.parametrize(
    ("known", "label", "expected"),
    [
        (("P0", "P1", "P2"), "P1", Priority(level=2, name="P1")),
        (("P1", "P2"), "P1", Priority(level=1, name="P1")),
        (("priority: high", "priority: low"), "priority: low", Priority(level=2, name="priority: low")),
        (("prio/critical", "prio/medium"), "prio/critical", Priority(level=1, name="prio/critical")),
        (("P1",), None, EMPTY),
        (("bug",), "bug", None),
        (("priority: purple",), "priority: purple", None),
    ],
)
def test_priorities_by_label(known: tuple[str, ...], label: str | None, expected: Priority | Empty | None) -> None:
    assert meaning(*known).priority(says("x", "", *([label] if label else []))) == expected


def test_the_teams_own_list_of_priorities_comes_first() -> None:
    own = meaning("now", "never", priorities=("now", "soon", "never"))
    assert own.priority(says("x", "", "never")) == Priority(level=3, name="never")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("### Estimate\n\n5\n\n### Notes\nx", Estimate(value=5)),
        ("### Estimate\n\n_No response_\n", EMPTY),
        ("### Estimate\n\n### Notes\n", EMPTY),
        ("**Story points:** 8", Estimate(value=8)),
        ("- Estimate: 3 points", Estimate(value=3)),
        ("Effort: a lot", None),
        ("We estimate: it will be fine in 2027.", None),
        ("Nothing of the sort.", None),
    ],
)
def test_estimates_in_the_body(body: str, expected: Estimate | Empty | None) -> None:
    assert meaning().estimate(says("x", body)) == expected


def test_priority_in_the_body() -> None:
    assert meaning().priority(says("x", "### Priority\n\nHigh\n")) == Priority(level=1, name="High")


@pytest.mark.parametrize(
    ("label", "expected"), [("must have", Moscow.MUST), ("MoSCoW: won't", Moscow.WONT), ("must", None), ("bug", None)]
)
def test_moscow_by_label(label: str, expected: Moscow | None) -> None:
    assert meaning(label).moscow(says("x", "", label)) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("📋 Backlog", Stage.BACKLOG),
        ("Ready", Stage.SELECTED),
        ("In review", Stage.DOING),
        ("Done", Stage.DONE),
        ("Design", Stage.BACKLOG),
        ("Verify", Stage.DOING),
        ("Marinating", None),
    ],
)
def test_a_status_nobody_explained_means_what_the_one_before_it_does(status: str, expected: Stage | None) -> None:
    options = {"Status": ("📋 Backlog", "Design", "Ready", "In progress", "Verify", "Done")}
    assert meaning(options=options).stage(status) is expected


TEXT = st.text(max_size=200) | st.text("#*:-> \n0123456789PpEstimaoryh", max_size=400)


@given(title=TEXT, body=TEXT, labels=st.lists(TEXT, max_size=4), scheme=st.frozensets(TEXT, max_size=4))
def test_whatever_people_write_is_read(title: str, body: str, labels: list[str], scheme: frozenset[str]) -> None:
    item, all_of_it = says(title, body, *labels), meaning(*scheme, *labels)
    assert all_of_it.kind(item)[0] in Kind
    for answer in (all_of_it.estimate(item), all_of_it.priority(item), all_of_it.moscow(item)):
        assert answer is None or answer is EMPTY or answer


@pytest.mark.parametrize("body", ["#" * 100_000, "Estimate: " * 10_000, "\n" * 100_000, "*" * 50_000 + ": 1"])
def test_a_hostile_body_takes_no_time(body: str) -> None:
    assert meaning().estimate(says("x", body)) in {None, EMPTY}
