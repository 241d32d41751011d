"""The corridor of the server: opens the archive, puts the doors together, and runs them until somebody says stop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from sayso.archive import Archive


def make_app(archive: Archive, *, desk: bool = True, login: bool = False, public_url: str = "") -> FastAPI:
    """The application on an open archive: the API, and the desk's pages unless `desk` is False."""
    from sayso import api
    from sayso.web.building import build_app
    from sayso.web.state import Serving

    serving = Serving(archive, login=login, public_url=public_url)
    routers = api.routers()
    if desk:
        from sayso import desk as pages
        from sayso.desk.rendering import render_failure

        serving.render_failure = render_failure
        routers += pages.routers()
    return build_app(serving, routers)


def serve(where: str | Path | None = None, *, host: str = "127.0.0.1", port: int = 8377, desk: bool = True) -> None:
    """Serves the archive at a place until interrupted."""
    import uvicorn

    from sayso.archive import open_archive

    with open_archive(where) as archive:
        app = make_app(archive, desk=desk)
        app.state.serving.workers.warm()
        # Pages that watch a job never hang up by themselves.
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, timeout_graceful_shutdown=3)
