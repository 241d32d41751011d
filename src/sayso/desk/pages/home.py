"""The first page: what the archive holds, and where to begin."""

from __future__ import annotations

from sayso.archive.json_form import as_json
from sayso.desk.views import View, Views
from sayso.web.state import Server

views = Views()


@views.view("/", "home.html")
def home(server: Server) -> View:
    """What the archive holds."""
    return View("Desk", as_json(server.archive.info()))
