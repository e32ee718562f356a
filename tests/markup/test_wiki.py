from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from backlint.markup import Markup, to_markdown, wiki_to_markdown

PAGE = """\
h2. Acceptance *criteria*
* one [the page|https://x.example/c?x=(1)] and [~bob] or [~accountid:557058:a]
** two {{x|y}}
*# three
continued
# a
# b
- [ ] a box
- [x] done
||Given||Then||
|a|[b|https://y.example]|
|c| |

{code:java|title=x}
int a = *b*;
{code}
{quote}
hi _there_
h3. quoted heading
{quote}
{panel:title=Note|borderStyle=dashed}
panel {color:red}text{color}
{panel}
{expand:title=More}
folded
{expand}
bq. said
-done- +new+ ??who?? !shot.png|thumbnail! !https://x.example/a b.png! \\\\ next
[https://bare.example] [^log.txt] {noformat}raw *x*{noformat} after
----
<b>x</b> \\*no\\* &amp; a_b_c 2*3*4 x-y-z {unknown}kept{unknown} (/) :)
"""


def test_a_page(snapshot: SnapshotAssertion) -> None:
    assert wiki_to_markdown(PAGE) == snapshot


@pytest.mark.parametrize(
    ("wiki", "markdown"),
    [
        ("h1. Title", "# Title"),
        (r"\{color:red\} \{code\} no macro", "{color:red} {code} no macro"),
        (r"{{a\[b\-c\] C:\dir}}", r"`a[b-c] C:\dir`"),
        ("h1.", ""),
        ("*bold* and _em_", "**bold** and _em_"),
        ("not*bold*here", "not*bold*here"),
        ("*", "*"),
        ("# one\r\n# two", "1. one\n2. two"),
        ("-- a dash", "-- a dash"),
        ("{code}\na\n", "```\na\n```"),
        ("{CODE}x{CODE}", "```\nx\n```"),
        ("{quote}open", "> open"),
        ("{{a`b}}", "``a`b``"),
        ("[no link]", "[no link]"),
        ("   indented", "indented"),
        ("a{color:#fff}b{color}c", "abc"),
        ("||h||\n|a|\ntext", "| h |\n| --- |\n| a |\n\ntext"),
        ("|only a bar", "|only a bar"),
        ("\0x", "x"),
    ],
)
def test_small_things(wiki: str, markdown: str) -> None:
    assert to_markdown(wiki, Markup.JIRA_WIKI) == markdown


@given(st.text(max_size=200))
def test_anything_becomes_text(said: str) -> None:
    for markup in Markup:
        made = to_markdown(said, markup)
        assert "\0" not in made
        made.encode("utf-8")


@given(
    st.lists(
        st.sampled_from(["alpha", "beta", "*gamma*", "_delta_", "|", "{quote}", "#", "-", "\n", " ", "[x|y]", "{{m}}"]),
        max_size=30,
    )
)
def test_no_word_is_lost(parts: list[str]) -> None:
    made = wiki_to_markdown(" ".join(parts))
    for word in ("alpha", "beta", "gamma", "delta"):
        assert (word in made) == any(word in part for part in parts)


@pytest.mark.parametrize(
    "hostile",
    [
        "*a ",
        "[a|",
        "{code}",
        "|",
        "* ",
        "_",
        "!a",
        "{{a",
        "a\n",
        "-a",
        "?",
        "+a +",
        "{quote}",
        "[a",
        "{panel:",
        "h1. ",
        "\\",
    ],
)
def test_a_million_characters_cost_no_more_than_their_length(hostile: str) -> None:
    short, long = (hostile * (size // len(hostile)) for size in (50_000, 400_000))
    begun = process_time()
    wiki_to_markdown(short)
    first = process_time() - begun
    begun = process_time()
    wiki_to_markdown(long)
    assert process_time() - begun <= 24 * max(first, 0.02), (
        "eight times the text, far less than sixty-four times the work"
    )


def test_markdown_and_plain_text_stay_as_they_are() -> None:
    said = "# Title\r\n\r\n- a\n  - b\n"
    assert to_markdown(said, Markup.MARKDOWN) == said.replace("\r\n", "\n")
    assert to_markdown("1) a\n2) b", "plain") == "1) a\n2) b"
    assert to_markdown(None, Markup.PLAIN) == ""


def test_an_unknown_markup_is_refused() -> None:
    with pytest.raises(ValueError, match="textile"):
        to_markdown("x", "textile")
