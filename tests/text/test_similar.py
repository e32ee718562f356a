import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.text.series import are_a_series
from backlint.text.similar import alike, similar

SERIES = [
    ("Release 3.1", "Release 3.2"),
    ("Backport HADOOP-1 to branch-3.2", "Backport HADOOP-1 to branch-3.3"),
    ("Bulk add metadata", "Bulk remove metadata"),
    ("Connect DuraStore to RDB", "Connect DurAdmin to RDB"),
    ("Upload Yale sample EADs", "Upload Hull sample EADs"),
    ("Sort the list", "Sort the list in the archive"),
    ("Image conversion service", "Image viewer service"),
    ("Deprecate org.servlet.filters.xml", "Deprecate org.servlet.filters.ldap"),
    ("Read-only storage via the REST API", "Read only storage via the UI"),
]
DUPLICATES = [
    ("The receipt is sent twice", "The receipt is sent twice"),
    ("WSDL Should Declare Faults", "WSDL should declare faults"),
    ("The receipt is sent twice when the bank is slow", "Receipts are sent twice if a bank is slow"),
    ("Menu does not open after the update", "After an update the menus do not open"),
]


@pytest.mark.parametrize(("one", "two"), SERIES)
def test_a_series(one: str, two: str) -> None:
    assert are_a_series(one, two)
    assert are_a_series(two, one)


@pytest.mark.parametrize(("one", "two"), DUPLICATES)
def test_no_series(one: str, two: str) -> None:
    assert not are_a_series(one, two)


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_series_has_no_direction(one: str, two: str) -> None:
    assert are_a_series(one, two) == are_a_series(two, one)


def test_finds_the_pair_among_many() -> None:
    texts = [
        (f"Show column {letter}{number} of the report", f"For team {number * 7}")
        for number, letter in enumerate("abcdefghij")
    ]
    texts += [
        ("The receipt is sent twice", "When the bank is slow."),
        ("The receipt is sent twice", "When a bank is slow."),
    ]
    pairs = list(similar(texts, 0.8))
    assert [(pair.first, pair.second) for pair in pairs] == [(10, 11)]
    assert 0.8 <= pairs[0].cosine <= 1


def test_the_same_words_are_wholly_alike() -> None:
    [pair] = similar([("Sort the list", "By name."), ("Sort the list", "By name.")], 0.99)
    assert pair.cosine == pytest.approx(1.0)


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=8))
def test_takes_any_text(texts: list[tuple[str, str]]) -> None:
    for pair in similar(texts, 0.8):
        assert 0 <= pair.first < pair.second < len(texts)


def test_a_series_is_alike_and_not_the_same() -> None:
    texts = [("Release 3.1", "Publish the packages."), ("Release 3.2", "Publish the packages.")]
    assert [(pair.first, pair.second) for pair in alike(texts, 0.5)] == [(0, 1)]
    assert not list(similar(texts, 0.5))


def test_texts_without_words_are_alike_to_nothing_else() -> None:
    assert not list(alike([("", ""), ("The receipt is sent twice", "When the bank is slow.")], 0.8))


def test_texts_without_any_word_are_alike_to_nothing_not_even_each_other() -> None:
    assert not list(alike([("", ""), ("...", ""), ("", "")], 0.1))


def test_where_no_space_stands_between_words_letters_are_compared_in_pairs() -> None:
    others = [("ログイン画面が開かない", "毎朝"), ("合計金額が間違っている", "昨日から"), ("印刷できない", "")]
    texts = [*others, ("領収書が二回送信される場合がある", ""), ("領収書が2回送信される場合がある", "")]
    assert [(pair.first, pair.second) for pair in alike(texts, 0.6)] == [(3, 4)]


def test_marks_around_words_make_no_difference() -> None:
    [pair] = alike([("[Shop] The receipt (twice!)", ""), ("Shop: the receipt, twice", ""), ("Sort", "")], 0.75)
    assert pair.cosine == pytest.approx(1.0)
