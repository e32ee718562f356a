"""`backlint baseline`."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from backlint import app
from backlint.app import Baseline, Checked, baseline
from backlint.app.baseline import forgiven
from backlint.cli.options import chosen_teams, config_option, configured, now_option, team_option
from backlint.cli.progress import progress
from backlint.config import Config
from backlint.errors import ConfigError, TrackerError
from backlint.plural import plural

no_sync_option = click.option("--no-sync", is_flag=True, help="Use what was read last, and ask no tracker.")


@click.group("baseline")
def command() -> None:
    """Forgive what stands today, so that only what is new counts."""


@command.command()
@config_option
@team_option
@no_sync_option
@now_option
@click.option("--force", is_flag=True, help="Write over a baseline that is there.")
def create(
    *, config_file: Path | None, teams: tuple[str, ...], no_sync: bool, now: datetime | None, force: bool
) -> None:
    """Check the backlog, and forgive everything that is found. Commit the file that is written."""
    config = configured(config_file)
    if config.baseline.exists() and not force:
        raise ConfigError(
            f"{config.baseline.name} is there already. `backlint baseline prune` takes out what is mended; "
            "--force forgives everything that stands today."
        )
    checked = _check(config, teams, now, syncs=not no_sync)
    made = baseline.made_of(checked.found)
    others = forgiven(config) if teams else Baseline()
    baseline.write(Baseline(teams={**others.teams, **made.teams}), config.baseline)
    found = sum(map(len, checked.found.values()))
    click.echo(f"Forgiven in {config.baseline.name}: {plural(found, 'finding')}. Commit it, and only new ones count.")


@command.command()
@config_option
@team_option
@no_sync_option
@now_option
def prune(*, config_file: Path | None, teams: tuple[str, ...], no_sync: bool, now: datetime | None) -> None:
    """Take out of the baseline what is no longer found."""
    config = configured(config_file)
    before = baseline.read(config.baseline)
    checked = _check(config, teams, now, syncs=not no_sync)
    asked = {rule.name() for rule in config.rules}
    after = baseline.pruned(before, checked.found, asked)
    baseline.write(after, config.baseline)
    click.echo(f"Taken out: {plural(before.size - after.size, 'finding')}. Still forgiven: {after.size:,}.")


@command.command()
@config_option
def show(config_file: Path | None) -> None:
    """Count what is forgiven, by team and rule."""
    config = configured(config_file)
    if not config.baseline.is_file():
        click.echo(f"Nothing is forgiven: there is no {config.baseline.name}.")
        return
    for team, entries in baseline.read(config.baseline).teams.items():
        rules: Counter[str] = Counter()
        for entry in entries.values():
            rules.update({rule: sum(counts.values()) for rule, counts in entry.rules.items()})
        click.echo(f"{team}: {plural(rules.total(), 'finding')} on {plural(len(entries), 'item')}")
        for rule, number in rules.most_common():
            click.echo(f"  {number:>6,}  {rule}")


def _check(config: Config, names: tuple[str, ...], now: datetime | None, *, syncs: bool) -> Checked:
    clock = app.SystemClock()
    with progress() as tell:
        asked = app.Asked(now=now or clock.now(), syncs=syncs, on_progress=tell)
        checked = app.check(config, chosen_teams(config, names), app.gate_of(config, clock), asked)
    if not checked.is_complete:
        raise TrackerError("Not everything could be read; a baseline is made of complete data only.")
    return checked
