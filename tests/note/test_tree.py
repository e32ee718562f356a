import pytest

from backlint.note.tree import Block, Link, Note, Paragraph, Strong, Task, Tasks, Text, shown


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("nul\x00 and half \ud83d", "nul and half \N{REPLACEMENT CHARACTER}"),
        ("\u202eturned", "\\u202eturned"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        (" two\r\nlines ", "two lines"),
    ],
)
def test_nothing_unseen_is_shown(said: str, seen: str) -> None:
    assert shown(said) == seen


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//x.example", "mailto:a@b.example", "x", ""])
def test_a_link_leads_to_the_web(url: str) -> None:
    with pytest.raises(ValueError, match="no http or https address"):
        Link("x", url)


def test_every_difference_is_in_the_fingerprint() -> None:
    task = (Text("x"),)
    notes: list[tuple[Block, ...]] = [
        (Paragraph((Text("x"),)),),
        (Paragraph((Strong("x"),)),),
        (Paragraph((Text("x"), Text("y"))),),
        (Paragraph((Text("x y"),)),),
        (Paragraph((Text("x"),)), Paragraph((Text("y"),))),
        (Paragraph((Link("x", "https://x.example/"),)),),
        (Paragraph((Link("x", "https://y.example/"),)),),
        (Tasks((Task(task),)),),
        (Tasks((Task(task, is_done=True),)),),
        (Tasks((Task(task),), title="x"),),
    ]
    assert len({Note("7", blocks).fingerprint for blocks in notes}) == len(notes)


def test_the_fingerprint_is_the_same_tomorrow() -> None:
    """Were it another after an update, every note would be edited for nothing."""
    assert Note("7", (Paragraph((Strong("x"), Text("é"))),)).fingerprint == "570cd53f06742bd0"
