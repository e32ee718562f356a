"""Which questions in a text nobody has answered."""

import pytest

from backlint.text import read
from backlint.text.questions import open_questions


@pytest.mark.parametrize(
    ("body", "is_open"),
    [
        ("Q: Is it sorted? A: By name.", False),
        ("Q: Is it sorted? A: TBD", True),
        ("Q: Is it sorted?\nA: By name.", False),
        ("Q: Is it sorted?\nA: (x)", True),
        ("Q: Is it sorted?\n> By name.", False),
        ("Q: Is it sorted?\n```\nby name\n```", True),
        ("Q: Is it sorted?", True),
        ("## Open questions\n- [x] Is it sorted?", False),
        ("## Open questions\n- Is it sorted?\n  - By what?", True),
    ],
)
def test_an_answer_stands_on_the_line_or_below(body: str, is_open: bool) -> None:
    assert bool(list(open_questions(read(body)))) is is_open
