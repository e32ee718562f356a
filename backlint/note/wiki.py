"""The note in Jira's wiki markup, for Data Center."""

import re

from backlint.note.address import address
from backlint.note.layout import laid_out
from backlint.note.marker import sign
from backlint.note.tree import Code, Leaf, Link, Note, Strong, Task, Text, shown
from backlint.safe import ZERO_WIDTH

_SPECIAL = re.compile(r"[][{}*_+^~!|?-]")
_BROKEN = re.compile(
    r"""
      \\                                             # two are a line break, so a backslash cannot escape itself
    | @
    | :(?=//)                                        # an address
    | (?:mailto|news|nntp|irc|file|www)(?=[:.])
    | [:;](?=[()PD])                                 # smileys :) :( :P :D ;)
    | \((?=[!+/?*xyniof-])                           # and (!) (x) (on) (flag)
    | &(?=[#\w])                                     # an entity
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LINE_START = re.compile(r"^(?:\#|h(?=[1-6]\.)|b(?=q\.))", re.IGNORECASE)


def to_wiki(note: Note) -> str:
    """The note as the body of a comment, its marker in small letters in the last line."""
    blocks = laid_out(note, _leaf, _task)
    return "\n\n".join([*blocks, f"~{sign(note.item, note.fingerprint)}~"])


def escaped(said: str) -> str:
    """Words that Jira shows as they are: what can be escaped is escaped, what cannot is broken, unseen."""
    broken = _BROKEN.sub(rf"\g<0>{ZERO_WIDTH}", said)
    return _SPECIAL.sub(r"\\\g<0>", _LINE_START.sub(rf"\g<0>{ZERO_WIDTH}", broken))


def _task(task: Task, line: str) -> str:
    """Wiki markup has no boxes; its tick is for what is done."""
    return f"* {'(/) ' if task.is_done else ''}{line}"


def _leaf(leaf: Leaf) -> str:
    said = escaped(shown(leaf.said))
    match leaf:
        case Text():
            return said
        case Strong():
            return f"*{said}*"
        case Code():
            return f"{{{{{said}}}}}"
        case Link():
            return f"[{said}|{address(leaf.url)}]"
