"""What is compared at all: few of many, whatever their titles are."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from backlint.text.bags import Bags
from backlint.text.blocking import CROWDED, RAREST, blocks

Words = Sequence[Sequence[str]]

LETTERS = st.lists(st.sampled_from("abcdefghij"), max_size=7)


def bags(texts: Words) -> Bags:
    made = Bags()
    for words in texts:
        made.add(words)
    return made


def compared(titles: Words, bodies: Words) -> set[tuple[int, int]]:
    return {(other, block.at) for block in blocks(bags(titles), bags(bodies)) for other in block.others}


def empty(titles: Words) -> Words:
    """As many empty bodies."""
    return [list[str]()] * len(titles)


def test_a_bag_has_a_word_once_and_knows_how_many_have_it() -> None:
    made = bags([["bank", "slow", "bank"], ["bank"], []])
    assert [len(row) for row in made.rows] == [2, 1, 0]
    assert made.spread[made.numbers["bank"]] == 2
    assert made.spread[made.numbers["slow"]] == 1


def test_what_has_nothing_in_common_is_not_compared() -> None:
    titles = [["receipt", "sent"], ["menu", "opens"], []]
    assert not compared(titles, [["bank"], ["update"], []])


def test_each_of_two_titles_may_have_two_words_that_the_other_one_lacks() -> None:
    ours, theirs = "receipt sent twice bank slow", "receipt sent twice guest waits"
    others = ["guest waits", "bank slow"]
    titles = [title.split() for title in (ours, theirs, *others)]
    assert (0, 1) in compared(titles, empty(titles))


def test_two_words_are_enough_where_a_title_has_no_more_than_three() -> None:
    titles = [title.split() for title in ("bulk delete space", "bulk delete content", "content", "space")]
    assert (0, 1) in compared(titles, empty(titles))


@given(st.lists(st.tuples(LETTERS, LETTERS), max_size=60))
def test_a_text_is_compared_with_others_before_it_and_each_once(texts: list[tuple[list[str], list[str]]]) -> None:
    for block in blocks(bags([title for title, _ in texts]), bags([body for _, body in texts])):
        assert len(set(block.others)) == len(block.others) > 0
        assert all(0 <= other < block.at for other in block.others)


@given(st.integers(1, 6), st.integers(1, 6))
def test_no_text_is_compared_with_more_than_its_lists_hold(title: int, body: int) -> None:
    """However many have the same words: that is what keeps it linear."""
    titles = [[f"title{(number * place) % 7}" for place in range(title)] for number in range(400)]
    bodies = [[f"body{(number * place) % 5}" for place in range(body)] for number in range(400)]
    most = CROWDED * (RAREST * (RAREST - 1) // 2 + 1)
    assert all(len(block.others) <= most for block in blocks(bags(titles), bags(bodies)))
