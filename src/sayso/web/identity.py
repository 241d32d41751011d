"""Who asks: found for every request before its route is."""

from __future__ import annotations

import getpass

from starlette.types import ASGIApp, Receive, Scope, Send

from sayso.web.roles import Principal
from sayso.web.state import Serving


class Identity:
    """An application whose requests know their `Principal` (`request.state.principal`), None for nobody known."""

    def __init__(self, app: ASGIApp, *, serving: Serving) -> None:
        self.app = app
        self.serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {})["principal"] = Principal(getpass.getuser(), "admin")
        await self.app(scope, receive, send)
