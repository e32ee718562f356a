"""The lists: all rules, and all settings that are no rule's."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from pydantic import BaseModel

from backlint import catalog
from backlint.channel import Channel
from backlint.config import Match, Settings, TeamSettings
from backlint.config.selection import PROFILES
from backlint.connector import Connector
from backlint.docs.fields import settings
from backlint.docs.pages import table
from backlint.report import Report
from backlint.rule import Rule

PLUGIN_TABLES = {"teams", "rules", "reports", "overrides", "channels"}

RULES_INTRO = """\
# Rules

Each rule is named for the fault that it finds. Its severity is the heaviest that it gives; most weigh an item by how
near it is to being planned. What a rule cannot see in a tracker it says, and holds against nobody.
"""
SETTINGS_INTRO = """\
# Settings

Settings stand in `backlint.toml`, in `.backlint.toml`, or under `[tool.backlint]` in `pyproject.toml`: the nearest file
upwards counts, and nothing else is merged into it but what it names with `extend`. `backlint config verify` checks
them, `backlint config show --origin` says which of them count and where each comes from. Every setting with its default
stands in [config.example.toml](../config.example.toml); for editors there is a [JSON Schema](backlint.schema.json).

What is said in several places is taken from the first of: the command line, the environment, `.env` beside the
configuration file, a directory of secrets (`BACKLINT_SECRETS_DIR`, or `/run/secrets`), the project's file, the user's
file (`~/.config/backlint/backlint.toml`), the default.

**Variables.** `BACKLINT_` and the path of the setting, its parts joined by two underscores, hyphens as underscores:
`BACKLINT_FAIL_ON=warning`, `BACKLINT_RULES__STALE_ITEM__SEVERITY=info`. A list is written with commas, a table as JSON.
Files in a directory of secrets have the same names.

**Secrets** are refused in a project's file, which others read. Set the variables that the tables below name.

A program can be asked instead: `token_command = ["op", "read", "op://team/jira/token"]` beside the other settings of a
source, in your own file or as a variable. In a project's file it is refused: whoever checks a project out must not
run what somebody else wrote into it.

**Which rules run.** `select` names profiles, families or rules; `extend_select` adds to them; `ignore` takes away, and
may say why. The more exact word wins: a rule over its family, a family over a profile; of two equally exact words,
`ignore`. A stronger place that says `select` starts afresh: `--select stale-item` runs that rule though a file
ignores it.
"""
CHANNELS = """\
## Where reports are sent

`backlint check --notify` sends the report to the channels under `[channels.NAME]`, once the run is over. `kind` says
which sort of channel it is, and can be left out where the channel is called so. A channel that could not be told is
named, and fails no run. What its message says is set with the report of that kind, as under `[reports.slack]`.

```toml
[channels.slack]
on = "change"

[channels.checkout-mail]
kind = "email"
teams = ["checkout"]
to = ["po@shop.example"]
host = "mail.shop.example"
```

The addresses of webhooks and the password of the mail server are secrets: set `BACKLINT_CHANNELS__SLACK__URL` or
`BACKLINT_CHANNELS__CHECKOUT_MAIL__PASSWORD`, or the variables below.
"""
OVERRIDES = """\
## Other settings for some of the items

Under `[[overrides]]`, as often as needed; the last that fits an item counts. `match` says which items are meant,
`ignore` names rules or families that are not held against them (a list, or a table that says why), and `rules` holds
other settings of rules:

```toml
[[overrides]]
match = { kind = "bug", label = ["legacy", "old-*"] }
ignore = { story-form = "bugs are no stories" }
[overrides.rules.stale-item]
severity = "info"
```

All that stands under `match` must fit, one of several words is enough, `*` stands for any letters, and upper and lower
case are the same.
"""


def rules_page() -> str:
    """`docs/rules.md`."""
    return "\n".join([RULES_INTRO, *rules_table(PurePosixPath("rules"))]) + "\n"


def rules_table(folder: PurePosixPath) -> Iterator[str]:
    """Every rule in a table, by family, with links to their pages."""
    yield "| family | rule | what it finds | severity |"
    yield "|---|---|---|---|"
    for family, rules in groupby(sorted(catalog.every(Rule), key=_by_family), key=lambda rule: rule.family()):
        for rule in rules:
            asked = "" if rule.is_default else " (on request)"
            name = f"[{rule.name()}]({folder / rule.name()}.md)"
            yield f"| {family} | {name}{asked} | {rule.summary()} | {rule().heaviest} |"


def _by_family(rule: type[Rule]) -> tuple[str, str]:
    return rule.family(), rule.name()


def settings_page() -> str:
    """`docs/settings.md`."""
    lines = [SETTINGS_INTRO, *_profiles(), *_section("Everywhere", "", Settings)]
    lines += _section("A team", "teams.NAME", TeamSettings)
    for connector in catalog.every(Connector):
        title = f"Source: {connector.name()}"
        lines += [*_section(title, f"teams.NAME.{connector.name()}", connector), *_variables(connector)]
    for report in catalog.every(Report):
        lines += _section(f"Report: {report.name()}", f"reports.{report.name()}", report)
    lines += [CHANNELS]
    for channel in catalog.every(Channel):
        lines += [*_section(f"Channel: {channel.name()}", "channels.NAME", channel), *_variables(channel)]
    lines += [OVERRIDES, *table(settings(Match)), ""]
    lines += ["## Rules", "", "Each rule's settings stand on [its page](rules.md)."]
    return "\n".join(lines) + "\n"


def _profiles() -> Sequence[str]:
    rows = [f"| `{name}` | {meaning} |" for name, meaning in PROFILES.items()]
    return ["| profile | what it selects |", "|---|---|", *rows, ""]


def _section(title: str, header: str, model: type[BaseModel], made: BaseModel | None = None) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    if header:
        yield f"Under `[{header}]`."
        yield ""
    rows = [row for row in settings(model, made) if header or row.name not in PLUGIN_TABLES]
    if rows:
        yield from table(row for row in rows if not row.table)
        yield ""
    for row in rows:
        if row.table:
            yield from _section(row.description.rstrip("."), f"{header}.{row.name}".lstrip("."), row.table, row.inner)


def _variables(connector: type[Connector | Channel]) -> Iterator[str]:
    if connector.usual_variables:
        yield "Where nothing else says it, these variables are taken as well:"
        yield ""
        for field, names in connector.usual_variables.items():
            yield f"- `{field}` from {' or '.join(f'`{name}`' for name in names)}"
        yield ""
