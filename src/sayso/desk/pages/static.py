"""The styles, scripts and fonts of the pages."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from sayso.desk.rendering import STATIC
from sayso.errors import BadRequest
from sayso.web.access import needs

files = APIRouter()
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_FOR_EVER = "public, max-age=31536000, immutable"


@files.get("/static/{name:path}", dependencies=[needs("anyone")], include_in_schema=False)
def static(name: str, v: str = "") -> Response:
    """One file; kept for ever where the address has its digest, and fonts, which never change."""
    # By the names that there are: so nothing outside of the folder can be meant.
    known = {str(each.relative_to(STATIC)): each for each in STATIC.rglob("*") if each.suffix in _KINDS}
    path = known.get(name)
    if path is None:
        raise BadRequest.of_status(404, "GET", f"/static/{name}")
    headers = {"Cache-Control": _FOR_EVER if v or name.startswith("fonts/") else "no-cache"}
    return FileResponse(path, media_type=_KINDS[path.suffix], headers=headers)
