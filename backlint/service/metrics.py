"""Figures for Prometheus: what the store knows of every team, and what became of the hints."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from backlint.finding import Severity
from backlint.service.standing import Standing, Standings
from backlint.store import State


class Fate(StrEnum):
    """What becomes of a hint. `joined`: one about that item waits already; `dropped`: there was no room for it."""

    RECEIVED = "received"
    JOINED = "joined"
    DROPPED = "dropped"
    HANDLED = "handled"
    FAILED = "failed"


class Metrics:
    """A registry of our own: a process may hold more than one service, and each speaks for itself."""

    def __init__(self, standings: Standings) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_OfTeams(standings))
        self._hints = Counter(
            "backlint_hints",
            "What became of the items that webhooks named.",
            ["tracker", "fate"],
            registry=self._registry,
        )
        self._calls = Counter(
            "backlint_webhook_calls",
            "Webhook calls, by the status that they were answered with.",
            ["tracker", "status"],
            registry=self._registry,
        )
        self._writes = Counter(
            "backlint_hinted_writes", "What became of writes that hints led to.", ["verdict"], registry=self._registry
        )

    def hint(self, tracker: str, fate: Fate, number: int = 1) -> None:
        """Count hints."""
        self._hints.labels(tracker, fate).inc(number)

    def call(self, tracker: str, status: int) -> None:
        """Count a call."""
        self._calls.labels(tracker, str(status)).inc()

    def write(self, verdict: str) -> None:
        """Count a write."""
        self._writes.labels(verdict).inc()

    def text(self) -> bytes:
        """All figures, in Prometheus' text format. Raises `StoreError` where the store cannot be asked."""
        return generate_latest(self._registry)


class _OfTeams(Collector):
    """Asks the store when it is asked itself."""

    def __init__(self, standings: Standings) -> None:
        self._standings = standings

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: registering must not need the store."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """The figures of every team."""
        teams = self._standings.all()
        yield from _of_runs(teams)
        yield from _of_jobs(teams)
        yield _of_items(teams)


def _of_runs(teams: Iterable[Standing]) -> Iterator[Metric]:
    good = GaugeMetricFamily(
        "backlint_last_good_run_timestamp_seconds", "When the last complete run was.", labels=["team"]
    )
    late = GaugeMetricFamily("backlint_late", "Whether a good run is overdue.", labels=["team"])
    score = GaugeMetricFamily("backlint_score", "The score of the last run, of 100.", labels=["team"])
    found = GaugeMetricFamily("backlint_findings", "What the last run found, by severity.", labels=["team", "severity"])
    for each in teams:
        late.add_metric([each.team], each.is_late)
        if each.last_good:
            good.add_metric([each.team], each.last_good.timestamp())
        if each.run:
            for severity in Severity:
                found.add_metric([each.team, severity], each.findings.get(severity, 0))
            if each.run.point.score is not None:
                score.add_metric([each.team], each.run.point.score)
    yield from (good, late, score, found)


def _of_jobs(teams: Iterable[Standing]) -> Iterator[Metric]:
    labels = ["team", "job"]
    seconds = GaugeMetricFamily("backlint_job_seconds", "How long the last job took.", labels=labels)
    ended = GaugeMetricFamily(
        "backlint_job_ended_timestamp_seconds", "When the last job ended, by how it went.", labels=[*labels, "state"]
    )
    tries = GaugeMetricFamily("backlint_job_attempts", "How often the last job was tried.", labels=labels)
    for each in teams:
        for record in each.jobs:
            about = [each.team, record.job]
            tries.add_metric(about, record.attempts)
            if record.finished and record.state is not State.RUNNING:
                seconds.add_metric(about, max(0.0, (record.finished - record.started).total_seconds()))
                ended.add_metric([*about, record.state], record.finished.timestamp())
    yield from (seconds, ended, tries)


def _of_items(teams: Iterable[Standing]) -> Metric:
    """Two teams may share a source."""
    items = GaugeMetricFamily("backlint_items", "The items that are kept, by source.", labels=["source"])
    for source, number in {it.source: it.items for each in teams for it in each.readings}.items():
        items.add_metric([source], number)
    return items
