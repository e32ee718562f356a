"""The commands, by name: where each stands, and the line that `--help` says about it."""

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

import click
from click.shell_completion import CompletionItem

from backlint import __version__


class Entry(NamedTuple):
    """A command that is not imported yet."""

    module: str
    summary: str


COMMANDS: Mapping[str, Entry] = {
    "apply": Entry("backlint.cli.apply", "Take the steps of a plan, each exactly once."),
    "baseline": Entry("backlint.cli.baseline", "Forgive what stands today, so that only what is new counts."),
    "check": Entry("backlint.cli.check", "Read the backlog, check it, and report."),
    "comment": Entry("backlint.cli.comment", "Keep one quiet note on each item that lacks something."),
    "completion": Entry("backlint.cli.completion", "Print what makes a shell complete commands."),
    "config": Entry("backlint.cli.config", "Show or verify the configuration."),
    "dashboard": Entry("backlint.cli.dashboard", "Keep one issue for each team that shows how its backlog is."),
    "demo": Entry("backlint.cli.demo", "Check the backlogs of two invented teams, with no tracker and no token."),
    "diff": Entry("backlint.cli.diff", "Show what was found in one run and not in another."),
    "doctor": Entry("backlint.cli.doctor", "Say what each tracker shows, and what is missing to see more."),
    "explain": Entry("backlint.cli.explain", "Explain a rule or an item."),
    "init": Entry("backlint.cli.init", "Write a backlint.toml that runs, and say how much the tracker shows."),
    "journal": Entry("backlint.cli.journal", "Print what was written to the trackers, before and after."),
    "label": Entry("backlint.cli.label", "Keep a label on what is ready, and one on what is not."),
    "new": Entry("backlint.cli.new", "Write a new rule, report or connector, and its test."),
    "order": Entry("backlint.cli.order", "Propose the fewest moves that put the backlog in order."),
    "plan": Entry("backlint.cli.plan", "Write a plan of the comments to a file."),
    "ready": Entry("backlint.cli.ready", "Say whether the team can plan."),
    "report": Entry("backlint.cli.report", "Write reports of an earlier run again, without a tracker."),
    "rules": Entry("backlint.cli.rules", "List the rules."),
    "run": Entry("backlint.cli.run", "Do a whole job once: for cron, CI and Kubernetes."),
    "serve": Entry(
        "backlint.cli.serve", "Do each team's jobs at their time, show their reports and hear webhooks, until stopped."
    ),
    "store": Entry("backlint.cli.store", "Look after the store: back it up, forget what is old, see what it holds."),
    "sync": Entry("backlint.cli.sync", "Read what changed in the trackers, and keep it."),
    "trend": Entry("backlint.cli.trend", "Show how a backlog fared from run to run."),
    "undo": Entry("backlint.cli.undo", "Put back what a run wrote, as far as it is still ours."),
    "worker": Entry(
        "backlint.cli.worker", "Do the jobs that `backlint serve` puts into the queue, on as many machines as wanted."
    ),
}


class Lazy(click.Group):
    """A group whose commands are imported when they run: help and completion need their names only."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name: its module holds a click command called `command`."""
        del ctx
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        found: click.Command = import_module(entry.module).command
        return found

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete a command's name from the table, without importing one; options as click does."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return [
            CompletionItem(name, help=each.summary) for name, each in COMMANDS.items() if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, without importing one."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest right word where there is no such command."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - only who mistypes needs it

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(COMMANDS)}."
            ctx.fail(f'There is no command "{args[0]}"; {hint}')
        return super().resolve_command(ctx, args)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="backlint %(version)s")
def backlint() -> None:
    """The linter for product backlogs.

    Reads the issues of Jira and GitHub, checks the whole ordered backlog, and says what to do next.
    `backlint demo` shows what that looks like.

    Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or configuration, 3 a tracker failed
    or the data are incomplete.
    """
