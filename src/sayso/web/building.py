"""The application of a server, from the routers of the doors that it has."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import anyio
from fastapi import APIRouter, FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from starlette.middleware import Middleware

from sayso import __version__
from sayso.settings import MAX_BYTES
from sayso.web import failures
from sayso.web.access import route_roles
from sayso.web.bodies import BodyLimits
from sayso.web.headers import SafeHeaders
from sayso.web.heads import Heads
from sayso.web.hosts import KnownHosts, OwnSite
from sayso.web.identity import Identity
from sayso.web.state import Serving

API = "/api/v1"
THREADS = 24
"""In which routes are answered. SQLite lends 26 connections, one to a thread for the while of a question; not many
fewer, or those that ask a second question within the first would wait for one another."""


def build_app(serving: Serving, routers: Sequence[APIRouter]) -> FastAPI:
    """The application over an archive. Raises AssertionError for a route that does not say which role it needs."""

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield
        await run_in_threadpool(serving.close)

    routes = [each for router in routers for each in router.routes]
    # FastAPI describes the bodies that it takes in; of those that a route takes in, the route says it.
    large = {each.path for each in routes if isinstance(each, APIRoute) and "requestBody" in (each.openapi_extra or {})}
    app = FastAPI(
        title="sayso",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=running,
        # Of one field of a form, which Starlette has in memory: a text that is pasted is one.
        form_limits={"max_part_size": MAX_BYTES.value(), "max_files": 100, "max_fields": 300},
        # From the outermost: each sees what those before it let through.
        middleware=[
            Middleware(SafeHeaders, https=serving.https),
            Middleware(failures.Answering),
            Middleware(KnownHosts, public_url=serving.public_url, host=serving.host),
            Middleware(OwnSite, public_url=serving.public_url),
            Middleware(Identity, serving=serving),
            Middleware(BodyLimits, large=large),
            Middleware(Heads),
        ],
    )
    app.state.serving = serving
    failures.install(app)
    # Not `include_router`, which hides them behind an object of FastAPI's own: every route is to be seen and asked.
    app.router.routes.extend(routes)
    untold = [each for each in route_roles(app.routes) if each.role is None]
    if untold:
        # No `assert`, which Python can be told to leave out.
        raise AssertionError(f"routes without a role: {untold}")
    return app
