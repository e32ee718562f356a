"""What is no text is taken out; everything else stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from backlint.text.clean import clean


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@given(st.text(st.characters() | st.sampled_from("\0\ud83d\udf82")))
def test_what_is_left_can_be_stored(text: str) -> None:
    left = clean(text)
    assert left.encode().decode() == left
    assert "\0" not in left


def test_two_halves_that_belong_together_are_one_character() -> None:
    assert clean("\ud83c\udf82") == "🎂"
    assert clean("\udf82\ud83c") == "\ufffd\ufffd"
