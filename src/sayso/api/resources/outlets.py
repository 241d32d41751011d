"""Outlets, and how each quotes."""

from __future__ import annotations

from typing import Any

from sayso.api.paging import paged_whole
from sayso.api.routing import Routes
from sayso.api.schemas import listed
from sayso.api.values import After, Id, Limit
from sayso.archive.browsing.forms import OutletProfile, OutletRow
from sayso.web.state import Server

routes = Routes("outlets")


@routes.get("/outlets", gives=listed(OutletRow, total=True))
def outlet_list(server: Server, limit: Limit = 50, after: After = None) -> Any:
    """All outlets with how they quote."""
    found = server.archive.outlet_list()
    return paged_whole(found, limit=limit, after=after, key=lambda each: each.id, of="outlets")


@routes.get("/outlets/{id}", gives=OutletProfile, errors=(404,))
def outlet(server: Server, id: Id) -> Any:
    """One outlet: its months, and how it quotes whom."""
    return server.archive.outlet(id)
