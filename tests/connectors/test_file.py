"""The file connector: friendly to write, exact to read, and clear about what is wrong."""

import asyncio
import io
import json
import os
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from backlint.catalog import load
from backlint.connector import Batch, Connector, Observation
from backlint.connectors.file import File
from backlint.connectors.file.item import ItemLine
from backlint.connectors.file.lines import Lines
from backlint.errors import ConfigError
from backlint.example import NOW
from backlint.markup import Markup
from backlint.model import EMPTY, Estimate, Item, Kind, LinkKind, Person, Priority, Stage
from backlint.testing import contract
from backlint.testing.clock import FakeClock
from backlint.transport import Gate

DOCS = Path(__file__).resolve().parents[2] / "docs"
LEAST = {"key": "SHOP-7", "title": "Pay by card"}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def pull(file: File) -> list[Batch]:
    async def collect() -> list[Batch]:
        return [batch async for batch in file.pull(Gate(FakeClock()), None)]

    return asyncio.run(collect())


def examine(file: File) -> list[Observation]:
    async def collect() -> list[Observation]:
        return [each async for each in file.examine(Gate(FakeClock()))]

    return asyncio.run(collect())


def batches(*lines: object, markup: Markup = Markup.MARKDOWN) -> list[Batch]:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return list(Lines("backlog.jsonl", markup, NOW).batches(raw))


def item(**fields: object) -> Item:
    return batches(LEAST | fields)[0].items[0]


def refusal(*lines: object) -> str:
    with pytest.raises(ConfigError) as refused:
        batches(*lines)
    return str(refused.value)


def test_two_keys_are_an_item() -> None:
    least = item()
    assert (least.id, least.key, least.project, least.url, least.stage) == ("SHOP-7", "SHOP-7", "SHOP", "", "backlog")
    assert (least.body, least.priority, least.labels, least.events) == (None, None, None, None)


def test_null_is_empty_and_absent_is_unsaid() -> None:
    empty = item(body=None, due=None, labels=None, assignees=None, parent=None, events=None, votes=None)
    assert (empty.body, empty.due, empty.labels, empty.assignees) == ("", EMPTY, frozenset(), ())
    assert (empty.parent, empty.events, empty.votes) == (EMPTY, (), None)
    assert (empty.criteria, empty.estimate, empty.links) == (None, None, None)


def test_is_friendly_to_a_hand_that_writes() -> None:
    friendly = item(
        kind="Bug",
        stage="DOING",
        priority="High",
        estimate=3,
        assignees=["Robin", {"id": "x1", "name": "Kim", "is_bot": True}],
        author={"name": "Ada"},
        links={"Blocked By": ["SHOP-1", "SHOP-2"], "relates": "SHOP-3"},
        created="2026-01-05",
        updated="2026-01-06T10:00:00",
        due="2026-12-24",
    )
    assert (friendly.kind, friendly.stage) == (Kind.BUG, Stage.DOING)
    assert friendly.priority == Priority(level=2, name="High")
    assert friendly.estimate == Estimate(value=3)
    assert friendly.assignees == (Person(id="Robin", name="Robin"), Person(id="x1", name="Kim", is_bot=True))
    assert friendly.author == Person(id="Ada", name="Ada")
    assert [link.target for link in friendly.linked(LinkKind.BLOCKED_BY)] == ["SHOP-1", "SHOP-2"]
    assert friendly.created == datetime(2026, 1, 5, tzinfo=UTC)
    assert friendly.updated == datetime(2026, 1, 6, 10, tzinfo=UTC)
    assert friendly.due == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("key", "project"), [("SHOP-1", "SHOP"), ("acme/shop#12", "acme/shop"), ("A-B-3", "A-B"), ("x", "")]
)
def test_project_is_the_key_before_its_number(key: str, project: str) -> None:
    assert item(key=key).project == project


def test_dates_that_are_missing_come_from_those_that_are_there() -> None:
    events = [{"at": "2026-03-01", "what": "commented"}, {"at": "2026-02-01", "what": "created", "actor": "Robin"}]
    told = item(events=events, closed="2026-02-15")
    assert (told.created, told.updated) == (datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))
    assert told.events is not None
    assert [event.what for event in told.events] == ["created", "commented"]
    assert item().created == NOW


def test_an_item_without_dates_does_not_change_while_the_file_does_not(tmp_path: Path) -> None:
    path = tmp_path / "backlog.jsonl"
    path.write_text(json.dumps(LEAST))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    (first,) = pull(File(path=str(path)))[0].items
    assert first.created == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_texts_become_markdown_whatever_they_are_written_in() -> None:
    document = {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Hi"}]}],
    }
    assert item(body="h2. Steps", markup="jira-wiki").body == "## Steps"
    assert item(body=document).body == "Hi"
    assert item(criteria="h2. Steps", markup="jira-wiki").criteria == "## Steps"
    (by_setting,) = batches(LEAST | {"body": "h2. Steps"}, markup=Markup.JIRA_WIKI)[0].items
    assert by_setting.body == "## Steps"


def test_sprints_themes_and_velocity_have_lines_of_their_own() -> None:
    told = batches(
        {"sprint": {"name": "Sprint 14", "state": "Active", "start": "2026-11-16"}},
        {"theme": {"key": "Checkout", "due": "2027-03-31"}},
        {"velocity": [21, 18.5]},
        LEAST,
    )
    assert [sprint.id for batch in told for sprint in batch.sprints] == ["Sprint 14"]
    assert [theme.title for batch in told for theme in batch.themes] == ["Checkout"]
    assert [batch.velocity for batch in told if batch.velocity] == [(21, 18.5)]


def test_order_of_the_lines_can_be_the_backlogs(tmp_path: Path) -> None:
    path = tmp_path / "backlog.jsonl"
    lines = [LEAST | {"key": "A-2"}, LEAST | {"key": "A-9", "stage": "done"}, LEAST | {"key": "A-1"}]
    path.write_text("\n".join(map(json.dumps, lines)))
    assert pull(File(path=str(path), is_ordered=True))[-1].ranking == ("A-2", "A-1")
    assert pull(File(path=str(path)))[-1].ranking == ()


def test_a_large_file_comes_in_batches_and_is_whole_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "backlog.jsonl"
    path.write_text("".join(json.dumps(LEAST | {"key": f"A-{number}"}) + "\n" for number in range(1201)))
    pulled = pull(File(path=str(path)))
    assert [len(batch.items) for batch in pulled] == [500, 500, 201, 0]
    assert [batch.is_whole for batch in pulled] == [False, False, False, True]
    assert pulled[-1].total == 1201


def test_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(LEAST).encode())))
    assert pull(File(path="-"))[0].items[0].key == "SHOP-7"


def test_a_byte_order_mark_and_empty_lines_do_no_harm() -> None:
    assert len(batches(b"\xef\xbb\xbf" + json.dumps(LEAST).encode(), b"\n", b"  \r\n")[0].items) == 1


def test_a_body_of_a_million_characters_survives() -> None:
    body = "\u202e<b>\x07 🎂 " * 100_000
    assert item(body=body).body == body


def test_what_is_no_text_is_taken_out() -> None:
    (told,) = batches(rb'{"key": "A-1", "title": "a\ud800b\u0000c", "labels": ["\udc00"], "body": "\ud83c\udf82"}')[
        0
    ].items
    assert (told.title, told.labels, told.body) == ("a\ufffdbc", frozenset({"\ufffd"}), "🎂")


WRONG: list[dict[str, object]] = [
    {"prio": 1},
    {"title": None},
    {"key": ""},
    {"stage": "dun"},
    {"kind": "storry"},
    {"estimate": "big"},
    {"estimate": -1},
    {"estimate": True},
    {"estimate": {"value": 1, "unit": "days"}},
    {"priority": "huge"},
    {"priority": {"level": 0, "name": "Now"}},
    {"created": "yesterday"},
    {"created": 1700000000},
    {"updated": "9999-12-31T23:59:59-10:00"},
    {"due": "2026-02-30"},
    {"assignees": "Robin"},
    {"assignees": [3]},
    {"links": {"blokced-by": ["SHOP-1"]}},
    {"links": "SHOP-1"},
    {"events": [{"what": "commented"}]},
    {"events": [{"at": "2026-01-01", "what": "commented", "who": "Robin"}]},
    {"labels": "a,b"},
    {"votes": "many"},
    {"votes": 10**30},
    {"rank": 0},
    {"body": 3},
    {"score": {"framework": "rise"}},
    {"score": {"framework": "rice", "inputs": {"reach": float("inf")}}},
]


def test_says_what_is_wrong(snapshot: SnapshotAssertion) -> None:
    assert [refusal(LEAST | wrong) for wrong in WRONG] == snapshot


@pytest.mark.parametrize(
    "line",
    [b"[1, 2]", b'"text"', b"{", b"key,title", b"\xff\xfe{\x00", b"[" * 200_000, b'{"a":' * 200_000, b"1" * 5000],
    ids=lambda line: line[:12].decode("latin-1"),
)
def test_what_is_not_json_lines_is_refused(line: bytes, snapshot: SnapshotAssertion) -> None:
    assert refusal(LEAST, line) == snapshot


def test_a_misspelt_key_is_told_before_the_one_that_is_missing() -> None:
    said = refusal({"key": "A-1", "tittle": "Pay by card"})
    assert said == 'backlog.jsonl, line 1: there is no key "tittle"; did you mean "title"?'


def test_says_where_an_id_stood_first() -> None:
    assert refusal(LEAST, {"velocity": [1]}, LEAST) == 'backlog.jsonl, line 3: "SHOP-7" stands on line 1 already.'


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nothing\.jsonl cannot be read: No such file or directory\."):
        pull(File(path=str(tmp_path / "nothing.jsonl")))
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        pull(File(path=str(tmp_path)))


def test_examining_reads_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "backlog.jsonl"
    path.write_text(json.dumps(LEAST))
    assert [(each.found, each.is_well) for each in examine(File(path=str(path)))] == [("it reads; items: 1", True)]
    path.write_text("oops")
    (told,) = examine(File(path=str(path)))
    assert not told.is_well
    assert told.fix


def outcome(line: bytes) -> str:
    """What is said about the line; nothing where it is read."""
    try:
        batches(line)
    except ConfigError as error:
        return str(error)
    return ""


@given(st.dictionaries(st.sampled_from(sorted(ItemLine.model_fields)), JSON))
def test_any_line_is_read_or_refused_in_one_line(fields: dict[str, object]) -> None:
    said = outcome(json.dumps(LEAST | fields).encode())
    assert re.fullmatch(r"(backlog\.jsonl, line 1: [^\n]+[.?])?", said)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(line: bytes) -> None:
    assert "\n" not in outcome(line)


def test_the_schema_is_that_of_the_reader() -> None:
    written = json.loads((DOCS / "items.schema.json").read_text(encoding="utf-8"))
    assert written == File.line_schema(), "write File.line_schema() to docs/items.schema.json"


def test_every_line_in_the_docs_is_right_by_schema_and_reader() -> None:
    page = (DOCS / "items.md").read_text(encoding="utf-8")
    schema = jsonschema_rs.validator_for(File.line_schema(), validate_formats=True)
    shown = [line for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    assert len(shown) > 5
    for line in shown:
        schema.validate(json.loads(line))
        assert batches(line.encode())


def test_every_key_stands_in_the_docs() -> None:
    page = (DOCS / "items.md").read_text(encoding="utf-8")
    keys = json.loads(json.dumps(File.line_schema()))["$defs"]["ItemLine"]["properties"]
    assert [key for key in keys if f"`{key}`" not in page] == []


def test_the_catalog_finds_it() -> None:
    assert load(Connector, "file").name() == "file"
    assert File(path="a/b.jsonl").source == "file:a/b.jsonl"


@pytest.mark.parametrize("check", contract.CHECKS, ids=contract.name)
def test_keeps_the_contract(check: contract.Check, tmp_path: Path) -> None:
    path = tmp_path / "backlog.jsonl"
    sprint = {"sprint": {"name": "Sprint 14", "state": "active", "start": "2026-11-16"}}
    lines = [sprint, *(LEAST | {"key": f"A-{number}", "body": "Cards"} for number in range(1100))]
    path.write_text("\n".join(map(json.dumps, lines)))
    check(contract.Tried(File(path=str(path), is_ordered=True), lambda: Gate(FakeClock())))
