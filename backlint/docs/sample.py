"""`config.example.toml`: every setting once, with what it means and its default."""

from collections.abc import Collection, Iterable, Iterator

from pydantic import BaseModel

from backlint import catalog
from backlint.channel import Channel
from backlint.config import Settings, TeamSettings
from backlint.connector import Connector
from backlint.docs.fields import Setting, settings
from backlint.report import Report
from backlint.rule import Rule

HEAD = """\
#:schema docs/backlint.schema.json
# Every setting of backlint, with its default. Copy what you want to change into a file called backlint.toml;
# nothing of it has to be there. `backlint config verify` checks it, `backlint config show --origin` says what counts.
# Any setting can also be a variable: BACKLINT_FAIL_ON, BACKLINT_RULES__STALE_ITEM__SEVERITY.
"""
TEAM = "checkout"
TABLES = {"teams", "rules", "reports", "overrides", "channels"}
OVERRIDE = """\
# Other settings for some of the items: all that stands under match must fit, and the last that fits counts.
# [[overrides]]
# match = { kind = "bug", label = ["legacy", "old-*"] }
# ignore = { story-form = "bugs are no stories" }
# [overrides.rules.stale-item]
# severity = "info"
"""
WIDTH = 118


def sample() -> str:
    """The whole file."""
    lines = [HEAD]
    lines += _fields(settings(Settings), skip=TABLES)
    lines += _title("Teams: each is one ordered backlog, read from one or several sources.")
    lines += _section(f"teams.{TEAM}", TeamSettings)
    for connector in catalog.every(Connector):
        lines += _section(f"teams.{TEAM}.{connector.name()}", connector, connector.summary())
    lines += _title("Rules. `backlint explain NAME` says more of each.")
    for rule in catalog.every(Rule):
        lines += _section(f"rules.{rule.name()}", rule, rule.summary())
    lines += [OVERRIDE, *_title("Reports.")]
    for report in catalog.every(Report):
        lines += _section(f"reports.{report.name()}", report, report.summary())
    lines += _title("Channels: `backlint check --notify` sends the report there. Take out what you do not use.")
    for channel in catalog.every(Channel):
        lines += _section(f"channels.{channel.name()}", channel, channel.summary())
    return "\n".join(lines).rstrip() + "\n"


def _title(text: str) -> list[str]:
    return ["# " + "-" * (WIDTH - 2), f"# {text}", ""]


def _section(name: str, model: type[BaseModel], summary: str = "", made: BaseModel | None = None) -> list[str]:
    rows = list(settings(model, made))
    nested = [
        line for row in rows if row.inner for line in _section(f"{name}.{row.name}", type(row.inner), made=row.inner)
    ]
    return [*_comment(summary), f"[{name}]", *_fields(rows), *nested]


def _fields(rows: Iterable[Setting], skip: Collection[str] = ()) -> list[str]:
    lines: list[str] = []
    for setting in rows:
        if setting.name not in skip and not setting.inner:
            lines += [*_comment(_said(setting)), _line(setting)]
    return [*lines, ""]


def _said(setting: Setting) -> str:
    return f"{setting.description.rstrip('.')} ({setting.kind})."


def _line(setting: Setting) -> str:
    """A setting that has no default is shown as a comment, and a secret never stands here."""
    if setting.is_secret:
        return f"# {setting.name}: set it in the environment, in .env or in a directory of secrets, never in this file"
    if setting.default is not None:
        return f"{setting.name} = {setting.default}"
    return f"# {setting.name} = {setting.example or '...'}"


def _comment(text: str) -> Iterator[str]:
    line = "#"
    for word in text.split():
        if len(line) + 1 + len(word) > WIDTH:
            yield line
            line = "#"
        line += f" {word}"
    if line != "#":
        yield line
