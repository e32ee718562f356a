"""The report github."""

from typing import ClassVar

from pydantic import Field

from backlint.finding import Finding, Severity
from backlint.health import Run
from backlint.report import Report
from backlint.safe import visible

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class Github(Report):
    """Annotations of a GitHub Actions run: print it in a step, and the most pressing findings stand on its page.

    GitHub shows ten of each sort for a step. For the rest, write the markdown report to `$GITHUB_STEP_SUMMARY`.
    """

    suffix: ClassVar[str] = ".github.txt"

    findings: int = Field(default=10, ge=0, description="How many findings of each severity to annotate.")

    def render(self, run: Run) -> str:
        """Workflow commands, one a line; the verdicts come last, as notices."""
        lines: list[str] = []
        for severity, command in COMMANDS.items():
            found = [each for health in run.teams for each in health.findings if each.severity is severity]
            lines += [_command(command, each.rule, _said(each)) for each in found[: self.findings]]
        lines += [_command("notice", health.name or "backlog", health.verdict) for health in run.teams]
        return "".join(f"{line}\n" for line in lines)


def _said(finding: Finding) -> str:
    limit = f" (limit: {finding.limit})" if finding.limit else ""
    return f"{finding}{limit}. {finding.fix}"


def _command(command: str, title: str, message: str) -> str:
    """`::error title=T::M`. In the title a comma or a colon would end it; in either, a line end the command."""
    escaped = visible(title).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{command} title={escaped}::{visible(message).replace('%', '%25')}"
