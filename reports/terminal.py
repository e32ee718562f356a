"""The report terminal."""

from collections.abc import Iterable
from io import StringIO
from typing import ClassVar

from pydantic import Field
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from backlint.finding import Finding, Severity
from backlint.health import Action, Grade, Health, Run, Tile, Tone
from backlint.plural import plural
from backlint.report import Report
from backlint.safe import clipped, visible, web_address
from backlint.templates import moment, sentence, signed

STYLE_OF_TONE = {Tone.GOOD: "green", Tone.FAIR: "yellow", Tone.BAD: "red", Tone.UNKNOWN: "dim"}
STYLE_OF_SEVERITY = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


RULES = 10
"""How many rules are listed by name."""

GAPS = 8
"""Characters between and around the columns of the list of rules."""


class Terminal(Report):
    """What to know at a glance, for a person at a shell: the verdict, the figures, ten things to do, the findings.

    Findings are written as compilers write them: what, where, the limit and the next step.
    """

    suffix: ClassVar[str] = ".txt"

    colour: bool = Field(default=False, description="Whether to colour it.")
    width: int = Field(default=100, ge=40, description="Characters in a line.")
    findings: int = Field(default=20, ge=0, description="How many findings to write out; the rest are counted.")

    def render(self, run: Run) -> str:
        """The report, ready to be printed."""
        paper = StringIO()
        console = Console(
            file=paper,
            width=self.width,
            force_terminal=self.colour,
            color_system="standard" if self.colour else None,
            no_color=not self.colour,
            highlight=False,
            legacy_windows=False,
        )
        for team in run.teams:
            console.print(self._team(team))
        return "\n".join(line.rstrip() for line in paper.getvalue().splitlines()) + "\n"

    def _team(self, health: Health) -> RenderableType:
        parts: list[RenderableType] = [_heading(health), Text(), _verdict(health), Text()]
        if health.grade:
            parts += [_score(health.grade, health), Text()]
        parts += [_tiles(health.tiles), Text()]
        if health.actions:
            parts += [_title("Do next"), _actions(health.actions, self.width), Text()]
        if any(rule.findings for rule in health.rules):
            parts += [_title("By rule"), _rules(health, self.width), Text()]
        if health.findings and self.findings:
            shown = health.findings[: self.findings]
            parts += [_title("Findings"), *(_finding(finding) for finding in shown)]
        return Group(*parts, *_sums(health, self.findings))


def _heading(health: Health) -> Text:
    name = visible(health.name) or "Backlog"
    return Text.assemble((name, "bold"), (f"  {plural(health.open_items, 'open item')}, {moment(health.now)}", "dim"))


def _verdict(health: Health) -> Text:
    style = "bold green" if health.is_well else "bold red"
    return Text.assemble((f"{health.headline}: ", style), visible(health.because))


def _score(grade: Grade, health: Health) -> Text:
    line = Text.assemble("Score ", (f"{grade.value:.0f}", f"bold {STYLE_OF_TONE[grade.tone]}"), " of 100")
    before = health.change.before if health.change else None
    if before and before.score is not None:
        line.append(f" ({signed(round(grade.value) - round(before.score))})", "dim")
    for number, loss in enumerate(grade.losses):
        line.append("   lost to " if not number else ", ", "dim")
        line.append(f"{loss.family} {loss.points:g}", "dim")
    return line


def _tiles(tiles: Iterable[Tile]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for tile in tiles:
        delta = f" {signed(tile.delta)}" if tile.delta else ""
        table.add_row(
            Text(tile.label),
            Text(tile.value, style=f"bold {STYLE_OF_TONE[tile.tone]}", justify="right"),
            Text("" if tile.of is None else f"of {tile.of}"),
            Text(tile.note + delta, style="dim"),
        )
    return Padding(table, (0, 0, 0, 2))


def _actions(actions: Iterable[Action], width: int) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim")
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", no_wrap=True, style="dim")
    for number, action in enumerate(actions, 1):
        step = Text.assemble(visible(action.step), "\n", (_about(action, width), "dim"))
        table.add_row(f"{number}.", step, Text(f"+{action.gain:g}", "green"), f"{action.minutes} min")
    return table


def _about(action: Action, width: int) -> str:
    """What the step is about: the item and what was found, or that alone for the backlog itself."""
    about, fact = action.findings[0].subject, visible(action.findings[0].fact)
    if about is None:
        return sentence(fact)
    who = f" ({', '.join(visible(name) for name in action.who)})" if action.who else ""
    return f"{visible(about.key)} {clipped(visible(about.title), width // 2)}{who}: {fact}"


def _rules(health: Health, width: int) -> RenderableType:
    """The rules that found most. Only the summary may be cut: a name is what one types next."""
    found = [rule for rule in health.rules if rule.findings]
    shown = found[:RULES]
    table = Table.grid(padding=(0, 2))
    counts, names = max(len(str(rule.findings)) for rule in found), max(len(rule.rule) for rule in shown)
    table.add_column(justify="right", min_width=counts)
    table.add_column(min_width=names)
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=max(width - counts - names - GAPS, 1), style="dim")
    for rule in shown:
        table.add_row(str(rule.findings), Text(rule.rule), Text(rule.summary))
    if found[RULES:]:
        left = sum(rule.findings for rule in found[RULES:])
        table.add_row(str(left), "others", Text(f"of {plural(len(found) - RULES, 'more rule')}"))
    return Padding(table, (0, 0, 0, 2))


def _finding(finding: Finding) -> RenderableType:
    style = STYLE_OF_SEVERITY[finding.severity]
    lines = [
        Text.assemble(
            (finding.severity.value, style),
            ": ",
            (visible(str(finding)) if finding.subject else sentence(visible(finding.fact)), "bold"),
            (f" [{finding.rule}]", "dim"),
        )
    ]
    address = web_address(finding.subject.url) if finding.subject else None
    if address:
        lines.append(Text.assemble(("  --> ", "blue"), address))
    if finding.limit:
        lines.append(Text.assemble(("   = ", "blue"), "limit: ", visible(finding.limit)))
    lines.append(Text.assemble(("   = ", "blue"), "next: ", visible(finding.fix)))
    return Group(*lines, Text())


def _sums(health: Health, shown: int) -> Iterable[RenderableType]:
    by_severity = ", ".join(
        plural(health.count(severity), word)
        for severity, word in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))
    )
    left = max(len(health.findings) - shown, 0) if shown else 0
    more = f" {plural(left, 'finding')} more than shown here: add --output html=report.html." if left else ""
    yield Text.assemble((plural(len(health.findings), "finding"), "bold"), f": {by_severity}.{more}")
    if health.hidden:
        yield Text("Hidden: " + ", ".join(f"{number:,} {why}" for why, number in health.hidden.items()) + ".")
    for unsaid in health.unsaid:
        yield Text(
            f"The tracker does not say {unsaid.missing}: {', '.join(unsaid.rules)} could not decide.", style="dim"
        )
    for crash in health.crashes:
        yield Text(f"The rule {crash.rule} failed: {visible(crash.error)}", style="red")
    for reading in health.readings:
        for problem in reading.problems:
            yield Text(f"{visible(reading.source)}: {visible(problem)}", style="red")


def _title(words: str) -> Text:
    return Text(words, style="bold underline")
