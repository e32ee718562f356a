"""The door of `backlint serve`: probes, metrics, the latest reports, and the trackers' webhooks.

    service = Service(lambda: config, schedule, clock)
    await service.run(told_to_stop)             # listens, and reads what webhooks name, until then

It decides nothing: how it stands with a team is in the store, reports are the nightly jobs', and a webhook is a hint.
"""

from backlint.service.application import application
from backlint.service.hints import Hints
from backlint.service.hooks import Hooks
from backlint.service.metrics import Metrics
from backlint.service.pages import Pages
from backlint.service.service import Service
from backlint.service.serving import listen, serve_http
from backlint.service.standing import Scheduler, Standing, Standings

__all__ = [
    "Hints",
    "Hooks",
    "Metrics",
    "Pages",
    "Scheduler",
    "Service",
    "Standing",
    "Standings",
    "application",
    "listen",
    "serve_http",
]
