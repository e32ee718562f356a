"""Take a run to where people look. A channel that cannot be told fails no run, and is told of."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backlint.channel import Channel, On
from backlint.config import Config
from backlint.errors import BacklintError
from backlint.finding import Severity
from backlint.health import Health, Run
from backlint.report import Report
from backlint.transport import Gate


@dataclass(frozen=True, slots=True)
class Notice:
    """That a channel was told, or why it was not."""

    channel: str
    problem: str | None = None

    def __str__(self) -> str:
        """A line for a person."""
        return f"{self.channel}: not told: {self.problem}." if self.problem else f"{self.channel}: told."


def notify(config: Config, run: Run, gate: Gate, *, is_awaited: bool = False) -> tuple[Notice, ...]:
    """Tell every channel that wants to hear of this run, one after the other; all of its teams' if it `is_awaited`."""
    return asyncio.run(_notify(config, run, gate, is_awaited=is_awaited))


async def _notify(config: Config, run: Run, gate: Gate, *, is_awaited: bool) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    for name, channel in config.channels.items():
        about = tuple(health for health in run.teams if not channel.teams or health.name in channel.teams)
        if about and (is_awaited or wants(channel.on, about, config.settings.fail_on)):
            report = config.report(channel.report).model_copy(update=channel.about_report)
            notices.append(Notice(name, await _problem(report, replace(run, teams=about), channel, gate)))
    return tuple(notices)


async def _problem(report: Report, run: Run, channel: Channel, gate: Gate) -> str | None:
    """What kept the channel from being told; `None` if it was. A channel may be anybody's plugin."""
    try:
        await channel.send(report.render(run), gate)
    except BacklintError as error:
        return str(error).rstrip(".")
    except Exception as error:  # noqa: BLE001 - whatever it is, the run has done its work
        return f"its report could not be made or sent ({type(error).__name__})"
    return None


def wants(on: On, about: Sequence[Health], fail_on: Severity) -> bool:
    """Whether these teams' health is what a channel wants to be told of."""
    match on:
        case On.ALWAYS:
            return True
        case On.CHANGE:
            return any(_has_changed(health) for health in about)
        case On.REGRESSION:
            return any(_is_worse(health) for health in about)
        case On.FAIL:
            return any(_fails(health, fail_on) for health in about)


def _has_changed(health: Health) -> bool:
    """The first run changes everything."""
    change = health.change
    return change is None or bool(change.new or change.fixed or change.came_back) or _is_worse(health)


def _is_worse(health: Health) -> bool:
    """Something is new or came back, the score fell by a whole point under the same rules, or data are missing."""
    if not health.is_complete:
        return True
    if health.change is None:
        return False
    before, now = health.change.before, health.point()
    fell = (
        before is not None
        and before.rules == now.rules
        and before.score is not None
        and now.score is not None
        and now.score <= before.score - 1
    )
    return fell or bool(health.change.new or health.change.came_back)


def _fails(health: Health, fail_on: Severity) -> bool:
    return not health.is_complete or any(each.severity.weight >= fail_on.weight for each in health.findings)
