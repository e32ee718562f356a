"""What in a text hints at a large item.

Only what correlated with estimates in 39,730 items is here: many criteria, long lists, many boxes, an epic by its own
word, several stories. Long titles and an "and" in them did not (lift 0.9 and 1.1), though they are folklore.
"""

import re
from collections.abc import Iterator

from backlint.text.lexicon import fold, holds
from backlint.text.lines import ITEM, WORDS
from backlint.text.reading import Text

LONG_LIST = 12
MANY_BOXES = 10
MANY_CRITERIA = 8

_EPIC = re.compile(
    r"\b(?:this (?:is an? )?epic|epic (?:for|to|covers|that)|too (?:big|large) (?:for|to)|should be split"
    r"|needs to be split|split (?:this )?into|break (?:this |it )?(?:down|up)|umbrella (?:issue|ticket|task)|meta issue"
    r"|(?:would|will) (?:likely )?be very large)\b",
    re.IGNORECASE,
)

_SIGNS = frozenset({"epic", "too", "split", "break", "umbrella", "meta", "very"})
"""One of these words stands in whatever the pattern matches; they are looked up first."""


def signs_of_size(title: str, text: Text) -> Iterator[tuple[str, str]]:
    """Each hint: what it is, and the words it rests on."""
    items = [line for line in text.said if line.mark is ITEM]
    criteria = [line for line in text.criteria.statements if line.mark is ITEM]
    boxes = [line for line in items if line.checked is not None]
    if len(criteria) >= MANY_CRITERIA:
        yield f"{len(criteria)} criteria", criteria[0].raw
    if len(items) >= LONG_LIST:
        yield f"{len(items)} points in lists", items[0].raw
    if len(boxes) >= MANY_BOXES:
        yield f"{len(boxes)} boxes to tick", boxes[0].raw
    if named := _called_large(title, text):
        yield f'says "{named}"', named
    stories = {fold(story.want): story.quote for story in text.stories(title) if story.want and not story.is_job}
    if len(stories) > 1:
        yield f"{len(stories)} user stories", next(reversed(stories.values()))


def _called_large(title: str, text: Text) -> str | None:
    """The words that call the item large, in the title or a sentence."""
    likely = [title] if holds(fold(title), _SIGNS) else []
    if not text.vocabulary.isdisjoint(_SIGNS):
        likely += [line.text for line in text.said if line.mark in WORDS and holds(line.folded, _SIGNS)]
    return next((named[0] for words in likely if (named := _EPIC.search(words[:1000]))), None)
