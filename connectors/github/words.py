"""The words that teams on GitHub use for kinds, priorities and stages; a team's own settings come first."""

import re
from collections.abc import Mapping
from functools import lru_cache

from backlint.model import Kind, Moscow, Stage

KINDS: Mapping[str, Kind] = {
    word: kind
    for kind, words in {
        Kind.BUG: ("bug", "defect", "regression", "crash", "incident"),
        Kind.STORY: ("story", "user story", "feature", "feature request", "enhancement", "improvement"),
        Kind.TASK: ("task", "chore", "maintenance", "documentation", "docs"),
        Kind.DEBT: ("debt", "tech debt", "technical debt", "refactor", "refactoring", "cleanup"),
        Kind.SPIKE: ("spike", "research", "investigation", "poc", "discovery"),
        Kind.QUALITY: ("quality", "performance", "security", "accessibility", "a11y", "nfr", "non functional"),
        Kind.OPERATION: ("ops", "operation", "operations", "infra", "infrastructure", "deployment", "runbook"),
        Kind.EPIC: ("epic",),
        Kind.INITIATIVE: ("initiative", "goal", "objective"),
        Kind.SUBTASK: ("subtask", "sub task", "sub issue"),
    }.items()
    for word in words
}

COMMITS: Mapping[str, Kind] = {
    "feat": Kind.STORY,
    "fix": Kind.BUG,
    "perf": Kind.QUALITY,
    "build": Kind.OPERATION,
    "ci": Kind.OPERATION,
    "test": Kind.TASK,
}
"""The prefixes of conventional commits, which many titles carry."""

STAGES: Mapping[str, Stage] = {
    word: stage
    for stage, words in {
        Stage.BACKLOG: (
            "backlog", "new", "no status", "triage", "inbox", "icebox", "to triage", "needs triage", "ideas", "todo",
            "to do", "open", "later",
        ),
        Stage.SELECTED: (
            "ready", "selected", "next", "up next", "planned", "sprint backlog", "this sprint", "committed",
        ),
        Stage.DOING: (
            "in progress", "doing", "in review", "review", "in development", "wip", "active", "started", "testing",
            "in test", "qa", "blocked", "on hold", "waiting",
        ),
        Stage.DONE: ("done", "closed", "completed", "shipped", "released", "merged", "deployed", "resolved"),
        Stage.DROPPED: ("dropped", "rejected", "won't do", "wont do", "won't fix", "wontfix", "cancelled", "canceled"),
    }.items()
    for word in words
}  # fmt: skip

TIERS: tuple[frozenset[str], ...] = (
    frozenset({"p0", "blocker", "critical", "urgent", "highest", "immediate", "showstopper", "asap"}),
    frozenset({"p1", "high", "major", "important"}),
    frozenset({"p2", "medium", "normal", "moderate", "mid", "default"}),
    frozenset({"p3", "low", "minor"}),
    frozenset({"p4", "p5", "lowest", "trivial", "someday", "nice to have", "none"}),
)
"""Words of priority from the highest; words of one tier weigh the same."""

MOSCOW: Mapping[str, Moscow] = {
    "must": Moscow.MUST,
    "should": Moscow.SHOULD,
    "could": Moscow.COULD,
    "wont": Moscow.WONT,
    "won't": Moscow.WONT,
    "will not": Moscow.WONT,
}

_SCOPE = re.compile(r"^(?P<scope>[\w ]{1,30}?)\s*[:/=]+\s*(?P<rest>\S.*)$")
_NOISE = re.compile(r"[^\w'. /-]+")


@lru_cache(4096)
def plain(name: str) -> str:
    """A name without its emoji, in small letters, words parted by single spaces: `🔥 Tech-Debt` is `tech debt`."""
    return " ".join(_NOISE.sub(" ", name).replace("-", " ").replace("_", " ").casefold().split())


@lru_cache(4096)
def scoped(label: str) -> tuple[str, str]:
    """The scope and the rest of a label: `priority: high` is (`priority`, `high`); without a scope it is `""`."""
    found = _SCOPE.match(label.strip())
    return (plain(found["scope"]), plain(found["rest"])) if found else ("", plain(label))


def tier(word: str) -> int | None:
    """How high a word of priority stands, 0 the highest: `P1 - High` is read by its first word that is known."""
    name = plain(word)
    for candidate in (name, *name.split()):
        for level, words in enumerate(TIERS):
            if candidate in words:
                return level
    return None
