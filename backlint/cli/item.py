"""Explain an item: why it stands where it stands."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from backlint.cli.looking import answer, echo_json, looks
from backlint.errors import ConfigError, Exit
from backlint.explanation import Explanation, ScoreTold, explain, find
from backlint.plural import plural
from backlint.safe import visible


def explain_item(
    key: str,
    file: str | None,
    config_file: Path | None,
    teams: tuple[str, ...],
    now: datetime | None,
    *,
    no_sync: bool,
    as_json: bool,
) -> Exit:
    """Find the item in the teams' backlogs, and explain it."""
    seen = looks(config_file, teams, file, now, no_sync=no_sync)
    misses: list[str] = []
    for each in seen:
        try:
            item = find(each.backlog, key)
        except ConfigError as error:
            misses.append(str(error))
            continue
        told = explain(each.backlog, item, each.said)
        if as_json:
            echo_json(told)
        else:
            click.echo("\n".join(_told(told, each.backlog.now)))
        return answer(seen)
    raise ConfigError("\n".join(misses))


def _told(told: Explanation, now: datetime) -> Iterator[str]:
    yield click.style(f"{told.item.key} {visible(told.item.title)}", bold=True)
    yield from (f"  in {above.key} {visible(above.title)}" for above in told.line)
    yield ""
    yield from _place(told)
    yield from (f"  {visible(reason)}" for reason in told.reasons)
    if told.score:
        yield from _score(told.score)
    yield from _ties(told)
    if told.last_word:
        word = told.last_word
        ago = plural(max((now - word.at).days, 0), "day")
        yield f"Last word: {visible(word.person.name)} {word.what.value}, {ago} ago."
    yield ""
    for decision in told.decisions:
        for finding in decision.findings:
            yield f"  {click.style(finding.severity.value, fg='yellow')} {decision.rule}: {visible(finding.fact)}"
            yield f"      {visible(finding.fix)}"
        for missing in decision.missing:
            silent = click.style("not decided", dim=True)
            yield f"  {silent} {decision.rule}: the tracker does not say {visible(missing)}"


def _place(told: Explanation) -> Iterator[str]:
    place = told.place
    if place.number is None:
        yield "It has no place among the items that are waiting."
    else:
        band = f", band {place.band}" if place.band else ""
        yield f"Place {place.number} of {place.of}{band}; above it: {place.above}."
    if told.forecast:
        likely, safe = (each or "nobody knows when" for each in (told.forecast.likely, told.forecast.safe))
        yield f"Done by {likely} with even chances, by {safe} with a chance of 85 in 100."


def _score(score: ScoreTold) -> Iterator[str]:
    inputs = ", ".join(f"{name} {value:g}" for name, value in score.inputs.items())
    stored = "not stored" if score.stored is None else f"{score.stored:g}"
    made = "" if score.computed is None else f"; its inputs give {score.computed:g} ({inputs})"
    yield f"{score.framework} score: {stored}{made}."


def _ties(told: Explanation) -> Iterator[str]:
    waits = [*(item.key for item in told.waits_for), *told.foreign_blockers]
    if waits:
        yield f"It waits for {', '.join(dict.fromkeys(waits))}."
    for pair in told.twins:
        other = pair.other if pair.one.id == told.item.id else pair.one
        yield f"It seems to be the same as {other.key}."
