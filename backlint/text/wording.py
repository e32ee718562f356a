"""How much words say: what a description adds to its title, and what a criterion leaves open."""

from collections.abc import Iterable

from backlint.text.lexicon import bare, fold

STEM = 5
"""Words that begin alike are one word: `create`, `creating`, `creation`."""

SHORTEST = 3

_FILLERS = frozenset(
    """the and for that this with from are was were will would should could can must have has had not but you your our
    their its they them there here which what when where who how why into onto about over under also any all some such
    than then only just more most other each per via out off one two use used using need needs want wants able new now
    get got make makes made let see does did been being please issue ticket task story item part order way der die das
    und mit fur von den dem ein eine les des une pour avec dans los las con por para del que""".split()
)
_EMPTY_TITLE_WORDS = frozenset(
    """bug bugs fix fixes fixing bugfix bugfixes issue issues problem problems error errors update updates updating change
    changes improvement improvements improve improving enhancement enhancements misc miscellaneous various several some
    stuff things thing general todo task tasks test tests testing refactor refactoring cleanup clean up work wip follow
    followup follow-up new feature features request question help small minor tweaks tweak polish feedback review
    discussion idea ideas spike investigate investigation check performance ui ux backend frontend code""".split()
)
_OPEN_WORDS = frozenset(
    """fast quick quickly slow easy easily simple intuitive user-friendly userfriendly friendly good nice better best
    appropriate appropriately properly proper correctly adequate sufficient efficient efficiently flexible robust
    seamless seamlessly smooth smoothly modern clean optimal optimally performant scalable secure stable reasonable
    acceptable well fine etc various schnell einfach intuitiv benutzerfreundlich rapide simple facile rapido facil
    snel eenvoudig""".split()
)
_TASK_WORDS = frozenset(
    """add create update change fix implement build write test refactor remove move rename migrate deploy document research
    investigate spike poc analyse analyze design develop configure setup set introduce provide extend replace clean check
    review merge release tests spec specs unit code""".split()
)
MANY_WORDS = 4
"""A criterion with so many words besides the open one says what it means often enough."""


def content_words(text: str) -> list[str]:
    """The words that carry meaning, in order."""
    words = (bare(word) for word in fold(text).replace("/", " ").replace("-", " ").split())
    return [word for word in words if len(word) >= SHORTEST and word not in _FILLERS]


def words_added(title: str, texts: Iterable[str]) -> tuple[int, int]:
    """How many words a description has, and how many content words of it are not in the title."""
    known = {word[:STEM] for word in content_words(title)}
    total = 0
    added: set[str] = set()
    for text in texts:
        total += len(text.split())
        added.update(stem for word in content_words(text) if (stem := word[:STEM]) not in known)
    return total, len(added)


def names_nothing(title: str) -> bool:
    """Whether a title says only that there is something to do: `Fix bug`, `Misc improvements`."""
    words = [bare(word) for word in fold(title).replace("/", " ").split()]
    words = [word for word in words if word and word not in _FILLERS and not word.isdigit()]
    return all(word in _EMPTY_TITLE_WORDS or len(word) == 1 for word in words)


def open_word(statement: str) -> str | None:
    """The word on which two people could disagree, where a criterion rests on it: `The page loads fast`."""
    words = [bare(word) for word in fold(statement).split()]
    if any(char.isdigit() for char in statement):
        return None
    others = sum(1 for word in words if len(word) >= SHORTEST and word not in _FILLERS and word not in _OPEN_WORDS)
    return next((word for word in words if word in _OPEN_WORDS and others <= MANY_WORDS), None)


def is_task(statement: str) -> bool:
    """Whether a criterion is something to do rather than something to be seen: `Write tests`, `Spec tests`."""
    words = [bare(word) for word in fold(statement).split()]
    return bool(words) and (words[0] in _TASK_WORDS or (len(words) <= SHORTEST and words[-1] in _TASK_WORDS))
