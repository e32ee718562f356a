"""The application: which path is answered by whom."""

import logging

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from backlint.config.service import ServiceSettings
from backlint.errors import StoreError
from backlint.service.guard import Guard
from backlint.service.hooks import Hooks
from backlint.service.pages import Pages
from backlint.service.probes import Probes

LOGGER = logging.getLogger(__name__)


def application(settings: ServiceSettings, probes: Probes, pages: Pages, hooks: Hooks) -> ASGIApp:
    """Everything that is answered, behind the guard; also what is answered where something of ours fails."""
    made = Starlette(
        routes=[
            Route("/healthz", probes.health, methods=["GET"]),
            Route("/readyz", probes.readiness, methods=["GET"]),
            Route("/metrics", probes.figures, methods=["GET"]),
            Route("/", pages.index, methods=["GET"]),
            Route("/teams/{team:path}", pages.team, methods=["GET"]),
            Route("/hooks/{tracker}", hooks.answer, methods=["POST"]),
        ],
        exception_handlers={StoreError: _no_store},
    )
    made.router.redirect_slashes = False  # it would lead to whatever name we were called by
    return Guard.of(made, settings)


def _no_store(_: Request, error: Exception) -> Response:
    """What went wrong stands in the log: it names a path of this machine."""
    LOGGER.error("%s", error)
    return PlainTextResponse("The store cannot be asked.\n", 503)
