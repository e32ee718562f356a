"""What a rule says: a fault it holds against an item or the backlog, or that it could not decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2s

from backlint.model import Band

Fact = str | int | float | bool | None
Evidence = Mapping[str, "Fact | list[Fact] | list[str] | dict[str, Fact] | dict[str, float]"]


class Severity(StrEnum):
    """How much it matters, from the least."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    weight: int
    """0 for info, 2 for error."""

    def __init__(self, word: str) -> None:
        del word
        self.weight = len(type(self).__members__)


class Confidence(StrEnum):
    """How sure the rule is, from the least: what is read from a field is surer than what is read from prose."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The item that a finding is about, as a reader needs it; title and URL are the tracker's own, unescaped."""

    id: str
    key: str
    title: str
    url: str
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a rule holds against an item, before it is known how much that matters where the item stands.

    Attributes:
        fact: What was measured, to be read after the item's key: "has no acceptance criteria".
        limit: What it was held against, and where that comes from: "8 points, 90 % of this team's estimates".
        fix: The one next step, in the imperative.
        part: Tells apart several faults of one rule in one item; it is part of the fingerprint.
        evidence: The figures and quotes that the fact rests on.
        item_id: The item, where the rule looks at the whole backlog; `None` there means the backlog itself.
        confidence: How sure the rule is of this one fault; `None` is the rule's own.
    """

    fact: str
    fix: str
    limit: str | None = None
    part: str = ""
    evidence: Evidence = field(default_factory=dict[str, Fact])
    item_id: str | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecidable:
    """A rule could not decide. `missing` names the one thing that would let it: "estimates", "the item's history"."""

    missing: str
    item_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that one rule holds against one item, or against the backlog as a whole (`subject` is `None`)."""

    rule: str
    family: str
    severity: Severity
    confidence: Confidence
    subject: Subject | None
    band: Band | None
    fact: str
    fix: str
    limit: str | None
    part: str
    evidence: Evidence

    @property
    def fingerprint(self) -> str:
        """The same for the same fault of the same item, whatever its figures, wording, key or rank are today."""
        about = self.subject.id if self.subject else ""
        return blake2s(f"{self.rule}\0{about}\0{self.part}".encode(), digest_size=8).hexdigest()

    def __str__(self) -> str:
        """One line: who and what."""
        return f"{self.subject.key} {self.fact}" if self.subject else self.fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """Something that a rule could not decide, and the one thing that would let it."""

    rule: str
    missing: str
    subject: Subject | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """A rule failed; that is its author's to mend, and stops nothing else."""

    rule: str
    subject: Subject | None
    error: str
