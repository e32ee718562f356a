"""All of it together, from a configuration, a scheduler and a clock."""

import asyncio
from collections.abc import Callable, Sequence

from backlint import catalog
from backlint.app.clock import gate_of
from backlint.app.hinted import Followed, follow, sources_for
from backlint.app.jobs import timetable_of
from backlint.config import Config, Team
from backlint.config.service import ServiceSettings
from backlint.connector import Connector, Hint
from backlint.service.application import application
from backlint.service.hints import Hints
from backlint.service.hooks import Heard, Hooks
from backlint.service.metrics import Metrics
from backlint.service.pages import Pages
from backlint.service.probes import Probes
from backlint.service.serving import listen, serve_http
from backlint.service.standing import Scheduler, Standings
from backlint.timetable.when import NEVER
from backlint.transport import Clock


class Service:
    """The door, open from the moment that this is made. The configuration is a function, as it may be read again.

    `settings` are the door's own, and those of the configuration where none are given; they are not read again. Raises
    `ConfigError` where it cannot listen as it is told to.
    """

    def __init__(
        self,
        configuration: Callable[[], Config],
        scheduler: Scheduler,
        clock: Clock,
        settings: ServiceSettings | None = None,
    ) -> None:
        self._configuration, self._clock = configuration, clock
        self.settings = settings or configuration().settings.service
        self._door = listen(self.settings)
        self.standings = Standings(configuration, clock)
        metrics = Metrics(self.standings)
        self.hints = Hints(
            self._follow,
            self._concerns,
            clock,
            metrics,
            settle=self.settings.settle_seconds,
            most=self.settings.most_hints,
        )
        self._application = application(
            self.settings,
            Probes(self.standings, scheduler, metrics),
            Pages(configuration, self.standings, clock),
            hooks_of(self.settings, self.hints.add, metrics),
        )

    @property
    def port(self) -> int:
        """Where it listens: with port 0, the system has chosen."""
        port: int = self._door.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """Where it can be looked at."""
        host = self.settings.host.strip("[]")
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    async def run(self, stopped: asyncio.Event) -> None:
        """Answer, and read what webhooks name, until told to stop."""
        async with asyncio.TaskGroup() as group:
            group.create_task(serve_http(self._application, self._door, stopped))
            group.create_task(self.hints.run(stopped))

    def _follow(self, tracker: str, hints: Sequence[Hint]) -> tuple[Followed, ...]:
        config = self._configuration()
        return follow(config, tracker, hints, gate_of(config, self._clock), speaks=has_bot)

    def _concerns(self, tracker: str, hint: Hint) -> bool:
        return bool(sources_for(self._configuration(), tracker, [hint]))


def has_bot(team: Team) -> bool:
    """Whether the team's timetable has the bot, at whatever time."""
    return timetable_of(team).bot.strip().lower() != NEVER


def hooks_of(settings: ServiceSettings, hear: Callable[[str, Sequence[Hint]], None], metrics: Metrics) -> Hooks:
    """The trackers whose webhooks have a secret."""
    heard = {
        name: Heard(hook, secret.get_secret_value().encode())
        for name, secret in settings.hooks.items()
        if (hook := catalog.load(Connector, name).hook)
    }
    return Hooks(heard, hear, metrics, largest=settings.largest_call, seconds=settings.call_seconds)
