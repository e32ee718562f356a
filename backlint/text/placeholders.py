"""What stands in a text without saying anything: `TBD`, an unreplaced slot, a template's own instructions.

The instructions are those of the templates that GitHub, GitLab and Jira offer, and the imperatives in which people
write their own; what a team's own template says beyond that is learned from its items (`boilerplate`).
"""

import re
from collections.abc import Iterable
from functools import cache

from backlint.text.lexicon import bare, fold
from backlint.text.lines import HEADING, ITEM, QUOTE, Line
from backlint.text.words import BEGINNING, beginnings, begins, listed

LONGEST_PLACEHOLDER = 40
LONGEST_OPENING = 60
LONGEST_SLOT = 80
FEW_BLANKS = 4
_SLOT = re.compile(r"[<\[{]{1,2}([a-z][a-z0-9 ,/'._-]{1,60})[>\]}]{1,2}", re.IGNORECASE)
VARIABLES = ("xyz", "xxx")
"""Stand-ins that people forget, folded."""
_VARIABLES = re.compile(r"(?<![\w`'\"/])(?:XYZ|XXX+)(?![\w'\"/])")


def shows(line: Line) -> bool:
    """Whether there is anything for a reader to see: words, a link, a picture."""
    return bool(line.text) or "](" in line.raw or "<img" in line.raw


def says_nothing(text: str) -> bool:
    """Whether a line is a placeholder for content, or an answer that there is none."""
    if len(text) > LONGEST_PLACEHOLDER:
        return False
    core = bare(text)
    return not core or core in listed("nothing_yet") or core in listed("answers_nothing") or is_slot(text)


def is_unfilled(text: str) -> bool:
    """Whether a line waits to be replaced: `TBD`, `...`, `<insert text>`; `N/A` does not wait, and neither does `-`."""
    if not text or len(text) > LONGEST_PLACEHOLDER or text.endswith(":"):
        return False
    core = bare(text)
    return core in listed("nothing_yet") or (not core and ("..." in text or "\u2026" in text)) or is_slot(text)


def is_slot(text: str) -> bool:
    """Whether the whole text is a slot to be replaced: `<role>`, `[insert goal]`, `{{name}}`."""
    if len(text) > LONGEST_SLOT or text[:1] not in "<[{":
        return False
    slot = _SLOT.fullmatch(text.strip())
    return slot is not None and not listed("slot_words").isdisjoint(fold(slot[1]).split())


def prompts_in(lines: Iterable[Line]) -> frozenset[Line]:
    """The lines that are a template's instructions; most begin as none does, and are looked at once."""
    known = _beginnings()
    likely = [line for line in lines if _opening(line)[:BEGINNING] in known or "](" in line.raw]
    return frozenset([line for line in likely if line.mark is not HEADING and _is_prompt(line)])


def _opening(line: Line) -> str:
    return line.folded[:LONGEST_OPENING].lstrip(" -*#(\"'>")


def _is_prompt(line: Line) -> bool:
    """Whether a line is a template's instruction to its author.

    Some sentences are so whoever writes them; an imperative is one only where it stands as instructions do: in
    brackets, in a quotation, in italics or as code.
    """
    text = _opening(line)
    if begins(text, "template_sentences"):
        return True
    if "](" in line.raw and line.raw.rstrip("` ").endswith(("](URL)", "](url)", "](link)", "](LINK)")):
        return True
    return begins(text, "instruction_openings") and _stands_apart(line)


@cache
def _beginnings() -> frozenset[str]:
    return beginnings("template_sentences") | beginnings("instruction_openings")


def _stands_apart(line: Line) -> bool:
    raw = line.raw.lstrip("-*+0123456789.) \t") if line.mark is ITEM else line.raw
    raw = raw.removeprefix("[ ]").strip()
    if line.mark is QUOTE:
        return True
    pairs = (("(", ")"), ("_", "_"), ("*", "*"), ("`", "`"), ("[", "]"), ("<", ">"), ("{", "}"))
    return any(raw.startswith(first) and raw.rstrip(".").endswith(last) for first, last in pairs)


def trails_off(text: str) -> bool:
    """Whether a short line ends in dots that wait for its rest: `When ...`."""
    return (
        len(text) <= LONGEST_PLACEHOLDER
        and text.count(" ") <= FEW_BLANKS
        and text.rstrip(" )*_").endswith(("...", "\u2026"))
    )


def variable(text: str) -> str | None:
    """A stand-in that nobody replaced, `XYZ`, within a line."""
    found = _VARIABLES.search(text)
    return found[0] if found else None
