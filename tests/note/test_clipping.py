from hypothesis import given
from hypothesis import strategies as st

from backlint.note.clipping import clip, units

CHARACTERS = (
    "a",
    " ",
    "Ж",
    "e\u0301",
    "👩‍👩‍👧‍👦",
    "👍🏽",
    "❤️",
    "🇨🇭",
    "🇩🇪",
    "가",
    "\u1112\u1161\u11ab",
    "क्षि",
    "\N{MATHEMATICAL SCRIPT CAPITAL X}",
)


@given(st.text(max_size=60), st.integers(1, 40))
def test_it_is_never_longer(text: str, length: int) -> None:
    short = clip(text, length)
    assert units(short) <= length
    assert short == text or text.startswith(short.removesuffix("…"))


@given(st.lists(st.sampled_from(CHARACTERS), max_size=30), st.integers(16, 80))
def test_no_character_is_cut(characters: list[str], length: int) -> None:
    short = clip("".join(characters), length)
    wholes = ["".join(characters[:end]).rstrip() for end in range(len(characters) + 1)]
    assert short.removesuffix("…").rstrip() in wholes


def test_no_more_is_cut_than_must_be() -> None:
    assert clip("👍🏽👍🏽👍🏽", 9) == "👍🏽👍🏽…"
    assert clip("🇨🇭🇩🇪🇫🇷", 10) == "🇨🇭🇩🇪…"
    assert clip("abcdef", 6) == "abcdef"
    assert clip("abcdefg", 6) == "abcde…"


def test_a_pile_of_marks_is_cut() -> None:
    assert clip("e" + "\u0301" * 500, 100) == "e" + "\u0301" * 98 + "…"
