"""The rules that read text as one writes them first: plain `re`, a pattern a question, each rule reading for itself.

The peer of `benchmarks.lint`. Phrases and limits are the real rules' own, in all their languages; nothing is shared
between rules, nothing looked for before it is matched, and no template is learned. It finds most of what the rules
find (`benchmarks.lint` prints how much) and knows less: no labels, tables, underlined headings or examples in code.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from backlint.model import Item, Kind
from backlint.rule import PLANNED_KINDS
from backlint.text.lexicon import phrases
from backlint.text.words import in_order

Says = Callable[[Item], bool]

FLAGS = re.IGNORECASE | re.MULTILINE
CRITERIA_KINDS = PLANNED_KINDS - {Kind.SPIKE}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _words(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any(words)})(?!\w)", FLAGS)


def _section(topic: str) -> re.Pattern[str]:
    """A heading, a bold line or a label about the topic, and what stands below it."""
    told = _any(phrases(topic))
    heading = rf"^[ \t]*(?:#{{1,6}}[ \t]*|\*\*|__)?(?:{told})\b[^\n:]{{0,30}}:?(?:\*\*|__)?:?"
    return re.compile(rf"{heading}(.*?)(?=^#|^\*\*|\Z)", FLAGS | re.DOTALL)


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]?\][ \t]*)?(\S.*)$", re.MULTILINE)
_BOX = re.compile(r"^[ \t]*[-*+][ \t]+\[[ xX]?\]", re.MULTILINE)
_PLACEHOLDER = re.compile(
    rf"^[ \t>*-]*(?:\[[ xX]?\])?[ \t]*(?:{_any(in_order('nothing_yet'))}|\.\.\.|<[a-z ]+>)[ \t.!*]*$", FLAGS
)
_SENTENCES, _OPENINGS = _any(in_order("template_sentences")), _any(in_order("instruction_openings"))
_PROMPT = re.compile(rf"^[ \t>*_(-]*(?:{_SENTENCES})|^[_(<*][ \t]*(?:{_OPENINGS})", FLAGS)
_CRITERIA, _STEPS, _EXPECTED = _section("criteria"), _section("steps"), _section("expected")
_QUESTIONS = _section("questions")
_SCENARIO = re.compile(
    rf"^\W*(?:{_any(phrases('given'))}|{_any(phrases('when'))})\b.{{0,900}}?\b(?:{_any(phrases('then'))})\b",
    FLAGS | re.DOTALL,
)
_ROLES, _WANTS = _any(role.strip(".,") for role in phrases("role")), _any(phrases("want"))
_STORY = re.compile(rf"(?:^|[.:!?] )\W*(?:{_ROLES})\b(.{{1,120}}?)\b(?:{_WANTS})\b(.*)", FLAGS)
_BENEFIT = _words(phrases("benefit"))
_FAILS, _HINTS = _words(phrases("failure")), _words(phrases("hint"))
_WISHES, _OUGHT = _words(phrases("wish")), _words(phrases("ought"))
_ASKS_FOR = re.compile(rf"^\W*(?:{_any(phrases('make'))})\b", FLAGS)
_TRACE = re.compile(r"Traceback \(most recent|\b[A-Z]\w+(?:Exception|Error)\b|\bERROR\b|\bFATAL\b")
_COMMAND = re.compile(r"^[ \t]*(?:[$%>] ?\S|(?:curl|npm|pip|git|docker|kubectl|python3?|java|mvn) \S)", re.MULTILINE)
_ACTION = re.compile(
    r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?:go to|open|click|select|choose|press|run|start|create|enter)\b", FLAGS
)
_QUESTION = re.compile(r"^\W*(?:tbd|tbc|open question|q:|question:)", FLAGS)
_OPEN_WORDS = _words(in_order("open_words"))
_TASK = re.compile(rf"^(?:{_any(in_order('task_words'))})\b", re.IGNORECASE)
_EMPTY_TITLE = re.compile(
    rf"^(?:\W*\b(?:{_any((*in_order('fillers'), *in_order('empty_title_words')))})\b\W*)+$", re.IGNORECASE
)
_REASONS = _words(in_order("reasons"))
_EPIC = re.compile(
    r"\b(?:this (?:is an? )?epic|epic (?:for|to|covers|that)|too (?:big|large) (?:for|to)|should be split"
    r"|needs to be split|split (?:this )?into|break (?:this |it )?(?:down|up)|umbrella (?:issue|ticket|task))\b", FLAGS
)  # fmt: skip
_TIMEBOX = _words(phrases("timebox"))
_SPIKE = re.compile(r"\b(?:spike|poc|proof of concept|research|investigat(?:e|ion)|time-?box)\b", re.IGNORECASE)


def _read(item: Item) -> str:
    return _COMMENT.sub("\n", (item.body or "").replace("\r\n", "\n"))


def _said(body: str) -> list[str]:
    lines = (line.strip() for line in body.split("\n"))
    return [
        line for line in lines
        if line and not line.startswith("#") and not _PLACEHOLDER.match(line) and not _PROMPT.match(line)
    ]  # fmt: skip


def _criteria(body: str) -> list[str]:
    section = _CRITERIA.search(body)
    return _said(section[1]) if section else []


def missing_description(item: Item) -> bool:
    return not _said(_read(item))


def missing_acceptance_criteria(item: Item) -> bool:
    body = _read(item)
    return not _criteria(body) and not _SCENARIO.search(_CODE.sub("", body))


def untestable_criteria(item: Item) -> bool:
    stated = _criteria(_read(item))
    return bool(stated) and all(_OPEN_WORDS.search(line) or _TASK.match(line.lstrip("-*+[] x")) for line in stated)


def too_many_criteria(item: Item) -> bool:
    return len(_criteria(_read(item))) > 8


def unfilled_template(item: Item) -> bool:
    body = _read(item)
    empty = re.search(r"^#{1,6}[ \t][^\n]+\n\s*(?=^#{1,6}[ \t]|\Z)", body, re.MULTILINE)
    return bool(_PLACEHOLDER.search(body) or _PROMPT.search(body) or empty)


def open_question(item: Item) -> bool:
    body = _read(item)
    section = _QUESTIONS.search(body)
    return bool(_QUESTION.search(body)) or bool(section and re.search(r"\?[ \t)*_]*$", section[1], re.MULTILINE))


def story_form(item: Item) -> bool:
    story = _STORY.search(item.title) or _STORY.search(_CODE.sub("", _read(item)))
    return story is not None and not _BENEFIT.search(story[2])


def _fails(item: Item, body: str) -> bool:
    opening = _CODE.sub("", body)[:700]
    score = 2 * (item.kind is Kind.BUG) + 2 * bool(_FAILS.search(item.title)) + bool(_HINTS.search(item.title))
    score += bool(_FAILS.search(opening)) or bool(_HINTS.search(opening))
    score += 2 * bool(_TRACE.search(body[:6000])) + 3 * bool(_STEPS.search(body) and _EXPECTED.search(body))
    score -= 2 * bool(_ASKS_FOR.search(item.title)) + bool(_WISHES.search(opening)) + 2 * bool(_STORY.search(body))
    return score >= 2


def bug_report(item: Item) -> bool:
    body = _read(item)
    if not _fails(item, body):
        return False
    shown = _STEPS.search(body) or _COMMAND.search(body) or _CODE.search(body) or _ACTION.search(body)
    return not shown or not (_EXPECTED.search(body) or _OUGHT.search(_CODE.sub("", body)))


def vague_title(item: Item) -> bool:
    if _EMPTY_TITLE.match(item.title):
        return True
    said = " ".join(_said(_read(item)))
    known = set(re.findall(r"\w{3,}", item.title.casefold()))
    return 0 < len(said.split()) <= 25 and len(set(re.findall(r"\w{3,}", said.casefold())) - known) <= 2


def oversized_item(item: Item) -> bool:
    body = _read(item)
    signs = [len(_ITEM.findall(body)) >= 12, len(_BOX.findall(body)) >= 10, len(_criteria(body)) >= 8]
    stories = {story[2] for story in _STORY.finditer(body)}
    return sum((*signs, bool(_EPIC.search(item.title) or _EPIC.search(body)), len(stories) > 1)) > 1


def missing_rationale(item: Item) -> bool:
    body = _read(item)
    return bool(_said(body)) and not (_REASONS.search(body) or _BENEFIT.search(body))


def debt_without_reason(item: Item) -> bool:
    return not _REASONS.search(f"{item.title} {_read(item)}")


def unmeasurable_quality(item: Item) -> bool:
    return not re.search(r"\d", f"{item.title} {_read(item)}")


def spike_without_timebox(item: Item) -> bool:
    body = _read(item)
    is_spike = item.kind is Kind.SPIKE or bool(_SPIKE.match(item.title))
    return is_spike and not (_TIMEBOX.search(f"{item.title}\n{body}") and "?" in body)


RULES: Mapping[str, tuple[frozenset[Kind], Says]] = {
    "missing-description": (PLANNED_KINDS, missing_description),
    "missing-acceptance-criteria": (CRITERIA_KINDS, missing_acceptance_criteria),
    "untestable-criteria": (PLANNED_KINDS, untestable_criteria),
    "too-many-criteria": (PLANNED_KINDS, too_many_criteria),
    "unfilled-template": (PLANNED_KINDS, unfilled_template),
    "open-question": (PLANNED_KINDS, open_question),
    "story-form": (PLANNED_KINDS - {Kind.BUG}, story_form),
    "bug-report": (frozenset({Kind.BUG, Kind.UNKNOWN}), bug_report),
    "vague-title": (PLANNED_KINDS, vague_title),
    "oversized-item": (PLANNED_KINDS, oversized_item),
    "missing-rationale": (frozenset({Kind.STORY, Kind.TASK, Kind.DEBT, Kind.QUALITY}), missing_rationale),
    "debt-without-reason": (frozenset({Kind.DEBT}), debt_without_reason),
    "unmeasurable-quality": (frozenset({Kind.QUALITY}), unmeasurable_quality),
    "spike-without-timebox": (frozenset({Kind.SPIKE, Kind.STORY, Kind.TASK, Kind.UNKNOWN}), spike_without_timebox),
}
"""By the name of the rule that each is a port of: the kinds it is about, and whether it finds its fault."""


def port(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """What the port finds: an item's id, and a rule's name."""
    for item in items:
        if item.body is None:
            continue
        for name, (kinds, says) in RULES.items():
            if item.kind in kinds and says(item):
                yield item.id, name
