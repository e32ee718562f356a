"""Every key of a TOML file is found on its line."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.config.places import places
from backlint.config.tables import Table, is_table

DOCUMENT = '''\
# a comment with = and [brackets]
store = "x = y # no comment"

[teams."Mobile App"]
bands.next_items = 3
long = """
[not.a.table]
key = "inside"
"""  # and out
list = [
  "a", # ]
  "[b]",
]
after = 1

[[teams.web.jira]]
url = 'https://x'
[[teams.web.jira]]
url = 'https://y'
[teams.web.jira.people]
bots = []
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("store",), 2),
        (("teams",), 4),
        (("teams", "Mobile App"), 4),
        (("teams", "Mobile App", "bands", "next_items"), 5),
        (("teams", "Mobile App", "long"), 6),
        (("teams", "Mobile App", "list"), 10),
        (("teams", "Mobile App", "after"), 14),
        (("teams", "web", "jira"), 16),
        (("teams", "web", "jira", "0"), 16),
        (("teams", "web", "jira", "0", "url"), 17),
        (("teams", "web", "jira", "1"), 18),
        (("teams", "web", "jira", "1", "url"), 19),
        (("teams", "web", "jira", "1", "people", "bots"), 21),
    ],
)
def test_finds_the_line(path: tuple[str, ...], line: int) -> None:
    assert places(DOCUMENT)[path] == line


def test_what_stands_inside_a_text_is_no_key() -> None:
    assert ("not", "a", "table") not in places(DOCUMENT)
    assert ("teams", "Mobile App", "key") not in places(DOCUMENT)


def keys(table: Table, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in table.items():
        yield (*above, key)
        if is_table(value):
            yield from keys(value, (*above, key))


names = st.sampled_from(["a", "b-c", '"d e"', "'f.g'", "h1"])
values = st.sampled_from(
    ['"x"', "1", "[1, 2]", '"""\n[t]\n"""', "'''\nk = 1\n'''", "[\n 'a', # b ]\n]", "'#'", '"\\"["']
)


@given(st.lists(st.tuples(names, names, values), unique_by=lambda entry: entry[:2]))
def test_finds_every_key_of_a_table_and_nothing_else(entries: list[tuple[str, str, str]]) -> None:
    tables: dict[str, list[str]] = {}
    for table, key, value in entries:
        tables.setdefault(table, []).append(f"{key} = {value}")
    text = "\n".join(f"[{table}] # {table}\n" + "\n".join(lines) for table, lines in tables.items())
    assert set(places(text)) == set(keys(tomllib.loads(text)))
