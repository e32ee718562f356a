"""What a note says: at most three findings, each with its fact, its limit, one next step and the page of its rule."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from backlint.finding import Confidence, Finding
from backlint.model import Item, Stage
from backlint.model.waivers import LABEL, Waiver
from backlint.note.clipping import clip
from backlint.note.tree import Code, Leaf, Link, Note, Paragraph, Strong, Task, Tasks, Text, shown

SHOWN = 3
"""Findings in one note. More are read by nobody: what annoys about bots is volume (arXiv 2604.24450)."""

LONGEST = 300
"""UTF-16 units of a fact, a limit or a step. A whole note, all of it escaped, is then far below every tracker's limit
(Jira 32,767 characters, GitHub 65,536), and no written note ever has to be cut."""

_SURE = list(Confidence)
_PURPOSES = {Stage.BACKLOG: "make this ready for planning", Stage.SELECTED: "make this ready to start"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def compose(item: Item, findings: Iterable[Finding], *, pages: str | None = None, stays: bool = False) -> Note:
    """The note for what was found in the item; findings in other items are left out.

    `pages` is where the pages of the rules are: an address to which a rule's name is added, or one with `{rule}` in
    it. Without it the rule is named and not linked. `stays`: the team keeps a settled note. Raises `ValueError` if
    nothing was found in the item.
    """
    own = sorted((each for each in findings if each.subject and each.subject.id == item.id), key=_pressing)
    if not own:
        raise ValueError(f"Nothing was found in {item.key}: there is no note to write.")
    return Note(
        item=item.id,
        blocks=(
            Paragraph((Strong(_title(item, len(own))),)),
            Tasks(tuple(Task((*_leaves(each), _page(each.rule, pages))) for each in own[:SHOWN])),
            Paragraph((Text(_rest(len(own))), Text(_end(stays=stays)))),
            Paragraph(_way_out(own[0].rule)),
        ),
    )


def settled(item: Item, rules: Sequence[str] = (), *, pages: str | None = None) -> Note:
    """The note that stays when all is done, for teams that keep it: what was asked for (`rules`), ticked and folded."""
    done = tuple(Task((_page(rule, pages),), is_done=True) for rule in dict.fromkeys(rules))
    first = Paragraph((Strong("All settled."), Text("Nothing is left to do here, thank you.")))
    return Note(item=item.id, blocks=(first, Tasks(done, title="What was settled")) if done else (first,))


def _pressing(finding: Finding) -> tuple[int, int, str, str]:
    """The most pressing first; a fixed order among equals, so that a note is not edited for nothing."""
    return -finding.severity.weight, -_SURE.index(finding.confidence), finding.rule, finding.part


def _title(item: Item, count: int) -> str:
    things = f"{_number(count).capitalize()} {'thing' if count == 1 else 'things'}"
    return f"{things} would {_PURPOSES.get(item.stage, 'help this along')}"


def _leaves(finding: Finding) -> Iterator[Leaf]:
    yield Strong(_sentence(f"It {shown(finding.fact)}"))
    if limit := shown(finding.limit or ""):
        yield Text(_sentence(f"Limit: {limit}"))
    yield Text(_sentence(shown(finding.fix)))


def _page(rule: str, pages: str | None) -> Leaf:
    if pages is None:
        return Code(rule)
    name = quote(rule, safe="", errors="replace")
    return Link(rule, pages.replace("{rule}", name) if "{rule}" in pages else f"{pages.rstrip('/')}/{name}")


def _rest(count: int) -> str:
    more = count - SHOWN
    if more <= 0:
        return "Nothing else was found."
    return f"When these are done, {_number(more)} more {'remains' if more == 1 else 'remain'}."


def _end(*, stays: bool) -> str:
    return f"This note edits itself, and {'is ticked off' if stays else 'goes away'} when all is settled."


def _way_out(rule: str) -> tuple[Leaf, ...]:
    """How to waive; no line of a note may begin with the words, or it would waive what it tells of."""
    example = f"{Waiver(rules=frozenset({rule}))} reason until YYYY-MM-DD"
    return (
        Text("Not right here? Add the label"),
        Code(LABEL),
        Text("or write"),
        Code(example),
        Text("in the text or in a comment."),
    )


def _sentence(said: str) -> str:
    short = clip(said, LONGEST)
    return short if not short or short.endswith((".", "!", "?", "…")) else f"{short}."


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
