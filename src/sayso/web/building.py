"""The application of a server, from the routers of the doors that it has."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.middleware import Middleware

from sayso import __version__
from sayso.web import failures
from sayso.web.access import route_roles
from sayso.web.headers import SafeHeaders
from sayso.web.identity import Identity
from sayso.web.state import Serving

API = "/api/v1"


def build_app(serving: Serving, routers: Sequence[APIRouter]) -> FastAPI:
    """The application over an archive. Raises AssertionError for a route that does not say which role it needs."""

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(serving.close)

    app = FastAPI(
        title="sayso",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=running,
        # From the outermost: each sees what those before it let through.
        middleware=[Middleware(SafeHeaders), Middleware(Identity, serving=serving)],
    )
    app.state.serving = serving
    failures.install(app)
    for each in routers:
        # Not `include_router`, which hides them behind an object of FastAPI's own: every route is to be seen and asked.
        app.router.routes.extend(each.routes)
    untold = [each for each in route_roles(app.routes) if each.role is None]
    assert not untold, f"routes without a role: {untold}"
    return app
