import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.safe import clipped, visible, web_address
from tests.reports import hostile


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Pay by invoice", "Pay by invoice"),
        ("  two \n lines\tand a tab ", "two lines and a tab"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\x1b[31mred\x07", "\\u001b[31mred\\u0007"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("nul\x00", "nul\\u0000"),
        ("half \ud800", "half \\ud800"),
        ("👩\u200d👩\u200d👧 stays", "👩\u200d👩\u200d👧 stays"),
        ("日本語 العربية", "日本語 العربية"),
    ],
)
def test_what_is_unseen_is_written_out(written: str, shown: str) -> None:
    assert visible(written) == shown


@given(st.text())
def test_it_is_one_line_that_can_be_written_anywhere(words: str) -> None:
    shown = visible(words)
    assert len(shown.splitlines()) <= 1
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(st.text())
def test_twice_is_the_same_as_once(words: str) -> None:
    assert visible(visible(words)) == visible(words)


@given(st.text(), st.integers(1, 40))
def test_clipped_is_never_longer(words: str, length: int) -> None:
    short = clipped(words, length)
    assert len(short) <= length
    assert short == words or short.endswith("…")


@pytest.mark.parametrize(
    "url", ["https://tracker.example/SHOP-1?a=b#c", "http://localhost:8080/x", "HTTPS://A.example"]
)
def test_web_addresses_stay(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize("url", hostile.ADDRESSES)
def test_nothing_else_is_an_address(url: str) -> None:
    address = web_address(url)
    assert address is None or address.startswith("https://")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "java\tscript:alert(1)", "//evil.example", "data:text/html,x", ""]
)
def test_what_a_browser_would_run_or_guess_is_none(url: str) -> None:
    assert web_address(url) is None


@given(st.text())
def test_any_text_is_an_address_or_is_not(words: str) -> None:
    address = web_address(words)
    assert address is None or address.lower().startswith(("http://", "https://"))
