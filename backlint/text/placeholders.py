"""What stands in a text without saying anything: `TBD`, an unreplaced slot, a template's own instructions.

The instructions are those of the templates that GitHub, GitLab and Jira offer, and the imperatives in which people
write their own; what a team's own template says beyond that is learned from its items (`boilerplate`).
"""

import re

from backlint.text.lexicon import bare, fold
from backlint.text.lines import Line, Mark

ANSWERS_NOTHING = frozenset(
    {"n/a", "na", "none", "nothing", "no", "nil", "not applicable", "no response", "none as of now", "no experiment"}
)
"""Words that answer a template's question with "nothing here": no content, and nothing left to fill in either."""

_NOTHING_YET = frozenset(
    """tbd|tba|tbc|todo|to do|to-do|x|xx|xxx|xyz|wip|fixme|to be defined|to be determined|to be decided|to be done
    |to be discussed|to be added|to be confirmed|to be specified|to be filled|to be filled in|to be written|not yet defined
    |fill in|fill me in|fill this in|coming soon|placeholder|lorem ipsum|text|text here|description|description here
    |your text here|add description|insert text here|criteria|criterion|criteria 1|criterion 1|acceptance criteria 1
    |acceptance criterion 1|ac 1|ac1|item 1|first|second|third|step 1|step 2|step 3|step one|deliverable 1|deliverable 2
    |deliverable 3|requirement 1|requirement 2|given|when|then|and|given when then|given ... when ... then
    |offen|noch offen|folgt|noch zu klaren|zu definieren|a definir|a preciser|a completer|por definir|a determinar
    |da definire|nvt|n.v.t|nog te bepalen|volgt|do uzupelnienia|do ustalenia|уточнить|будет уточнено|未定|未記入|待定
    |待补充|待補充|なし|特になし|无|無|暂无""".replace("\n    ", "").split("|")
)
_PROMPT_OPENINGS = tuple(
    """a clear and concise description of|add any other context|if applicable, add screenshots|tell us what|tell us how
    |describe the|describe your|describe what|describe how|please describe|please provide|please complete the template
    |please make sure|please read this|please fill|please include|please add|please explain|please attach|please specify
    |please list|please note the following|please check all that apply|before opening a new issue|before submitting
    |is this a bug? make sure|make sure to use|make sure the information you provide|if you can, link to|if you can, add
    |paste any relevant|paste your|paste the|add screenshots|attach a file|attach screenshots|if cause is known
    |if you can pinpoint|add technical implementation|define terms that|give a more technical|give a short|summarize the
    |summarise the|how one can reproduce|what actually happens|what you should see instead|what problem do we solve
    |who will use this feature|who is this for|how are we going to solve|what does success look like, and
    |your reproduction script goes here|insert |fill in |fill out |enter a |enter the |explain what|explain why
    |explain the|explain how|briefly describe|short description of|a short description|brief description of
    |detailed description of|provide a|provide more|include any|include the steps|include screenshots|list the|list all
    |list any|list of |e.g. |i.e. |for example: |example: as a|use this section|use this template|delete this|remove this
    |replace this|this section should|this template|optional:|optional -|(optional|what is the |what are the |why is this
    |why do we|when do we|who needs|who is|how should|how will|how do|is your feature request related
    |i'm always frustrated when|ex. i'm always|go to '...'|click on '|scroll down to '|see error|steps to reproduce the behavior
    |make sure information|upload any extra|end goal for this|add/remove rows|add or remove|sample criteria|samples criteria
    |feel free to|short summary|one sentence|in a few sentences|note to|clearly outline|clearly detail|everyone should be able
    |beschreibe|bitte beschreib|hier beschreiben|decrivez|decrire|veuillez|describa|describe el|describir|por favor
    |descreva|descrivi|descrivere|beschrijf|opisz|prosze opis|опишите|укажите|ここに|記入してください|请描述|请填写|請描述""".replace(
        "\n    ", ""
    ).split("|")
)
_SURE_PROMPTS = tuple(
    """a clear and concise description of|add any other context about|if applicable, add screenshots|tell us what should
    |tell us what happens|please complete the template|please make sure to|please read this|before opening a new issue
    |is this a bug? make sure|make sure the information you provide|if you can, link to the line|paste any relevant logs
    |add technical implementation details|define terms that are|give a more technical|summarize the bug
    |how one can reproduce the issue|what actually happens|what you should see instead|please describe
    |your reproduction script goes here|i'm always frustrated when [|ex. i'm always frustrated|go to '...'|click on '...
    |scroll down to '...|click on '....|scroll down to '....|upload any extra files|end goal for this|add/remove rows
    |samples criteria exists|sample criteria|we would like to x which|what problem do we solve|who will use this feature
    |please check all that apply|if known, include any|try to include the user journey|lorem ipsum
    |if this is urgent, what is|if the requestor is not""".replace("\n    ", "").split("|")
)
_SLOT = re.compile(r"[<\[{]{1,2}([a-z][a-z0-9 ,/'._-]{1,60})[>\]}]{1,2}", re.IGNORECASE)
_SLOT_WORDS = re.compile(
    r"(?<![\w-])(?:insert|your|enter|fill|replace|describe|link to|name of|type of|role|user role|persona|goal|action|benefit"
    r"|purpose|reason|feature|url|date|number|placeholder|add)(?![\w-])",
    re.IGNORECASE,
)
_VARIABLES = re.compile(r"(?<![\w`'\"/])(?:XYZ|XXX+|TBD\w*|FIXME|\?\?\?+)(?![\w'\"/])")


def says_nothing(text: str) -> bool:
    """Whether a line is a placeholder for content, or an answer that there is none."""
    if len(text) > 40:
        return False
    core = bare(text)
    return not core or core in _NOTHING_YET or core in ANSWERS_NOTHING or is_slot(text)


def is_unfilled(text: str) -> bool:
    """Whether a line waits to be replaced: `TBD`, `...`, `<insert text>`; `N/A` does not wait, and neither does `-`."""
    if len(text) > 40 or not text:
        return False
    core = bare(text)
    return core in _NOTHING_YET or (not core and ("..." in text or "\u2026" in text)) or is_slot(text)


def is_slot(text: str) -> bool:
    """Whether the whole text is a slot to be replaced: `<role>`, `[insert goal]`, `{{name}}`."""
    if len(text) > 80 or text[:1] not in "<[{":
        return False
    slot = _SLOT.fullmatch(text.strip())
    return bool(slot and _SLOT_WORDS.search(slot[1]))


def is_prompt(line: Line) -> bool:
    """Whether a line is a template's instruction to its author.

    Some sentences are so whoever writes them; an imperative is one only where it stands as instructions do: in brackets,
    in a quotation, in italics or as code.
    """
    text = fold(line.text).lstrip(" -*#(\"'>")
    if text.startswith(_SURE_PROMPTS):
        return True
    return _stands_apart(line) and text.startswith(_PROMPT_OPENINGS)


def _stands_apart(line: Line) -> bool:
    raw = line.raw.lstrip("-*+0123456789.) \t") if line.mark is Mark.ITEM else line.raw
    raw = raw.removeprefix("[ ]").strip()
    if line.mark is Mark.QUOTE:
        return True
    pairs = (("(", ")"), ("_", "_"), ("*", "*"), ("`", "`"), ("[", "]"), ("<", ">"), ("{", "}"))
    return any(raw.startswith(first) and raw.rstrip(".").endswith(last) for first, last in pairs)


def trails_off(text: str) -> bool:
    """Whether a short line ends in dots that wait for its rest: `When ...`."""
    return len(text) <= 40 and text.count(" ") <= 4 and text.rstrip(" )*_'\"").endswith(("...", "\u2026"))


def variable(text: str) -> str | None:
    """A stand-in that nobody replaced, `XYZ` or `TBD`, within a line."""
    found = _VARIABLES.search(text)
    return found[0] if found else None
