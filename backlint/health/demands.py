"""What a team asks of an item before it is planned: one answer for the report and for `backlint ready`."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from backlint.finding import Finding, Severity
from backlint.model import Kind


class Demands(BaseModel):
    """A team's definition of ready: the rules, or whole families of them, that an item must pass to be planned."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: frozenset[str] = Field(
        default=frozenset({"readiness", "size", "blocked-above-blocker"}),
        description="Rules and families that every item must pass.",
    )
    by_kind: Mapping[Kind, frozenset[str]] = Field(
        default={Kind.BUG: frozenset({"readiness", "size", "blocked-above-blocker", "bug-report"})},
        description="The same for one kind of item, in place of the above.",
    )
    severity: Severity = Field(default=Severity.WARNING, description="How heavy a finding must be to count.")
    runway: float = Field(default=2, ge=0, description="Sprints of ready work that there should be.")

    def hold(self, finding: Finding, kind: Kind) -> bool:
        """Whether the finding keeps an item of that kind from being planned."""
        demanded = self.by_kind.get(kind, self.rules)
        return finding.severity.weight >= self.severity.weight and bool({finding.rule, finding.family} & demanded)
