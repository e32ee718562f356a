"""Where a list goes on, as the `Link` header says it."""

import time

import pytest

from backlint.connectors.github.listing import next_page
from backlint.transport import Answer

HERE = "https://api.github.com/repositories/1/issues"


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("", None),
        (f'<{HERE}?page=2>; rel="next"', f"{HERE}?page=2"),
        (f'<{HERE}?page=1>; rel="prev", <{HERE}?page=3>; rel="next", <{HERE}?page=9>; rel="last"', f"{HERE}?page=3"),
        (f'<{HERE}?after=a,b>; title="x"; rel="next"', f"{HERE}?after=a,b"),
        (f'<{HERE}?page=9>; rel="last"', None),
        (f'<{HERE}?page=2>, rel="next"', None),
    ],
)
def test_the_next_page_is_the_one_that_is_called_so(link: str, leads_to: str | None) -> None:
    assert next_page(Answer(200, {"link": link}, [], HERE)) == leads_to


@pytest.mark.parametrize("piece", ["<", "<a>;", "<a>; x", "<a> ", "<a>;r", '<a>; rel="nex', ";", " "])
def test_a_hostile_header_is_read_in_one_pass(piece: str) -> None:
    link = piece * (200_000 // len(piece))
    began = time.process_time()
    assert next_page(Answer(200, {"link": link}, [], HERE)) is None
    assert time.process_time() - began < 1
