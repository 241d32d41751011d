"""What the archive is and holds, what did not come in, and the description of all this."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request

from sayso.api.paging import paged_whole
from sayso.api.routing import Routes, Who
from sayso.api.schemas import listed
from sayso.api.values import After, Flag, Limit
from sayso.archive.forms import Info, Problem
from sayso.web.state import Server

routes = Routes("archive")


@routes.get("/info", gives=Info)
def info(server: Server, who: Who) -> Any:
    """What the archive is and holds.

    Where it lies is told to admins; others have its bare name.
    """
    return server.info(who)


@routes.get("/problems", gives=listed(Problem, total=True))
def problems(
    server: Server,
    all: Annotated[Flag, Query(description="The repaired ones as well.")] = False,
    limit: Limit = 50,
    after: After = None,
) -> Any:
    """What did not come in whole and is not repaired, the latest first."""
    found = server.archive.problems(all=all)
    return paged_whole(found, limit=limit, after=after, key=lambda each: each.id, of=f"problems {all}")


@routes.get("/openapi.json", role="anyone", gives={"type": "object"})
def openapi(request: Request) -> Any:
    """This description, OpenAPI 3.1."""
    from sayso.api.document import document

    return document(request.app)
