"""Pages from templates. Every value passes Jinja's escaping; nothing here marks a text from outside as safe."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sayso import __version__
from sayso.desk import words
from sayso.errors import SaysoError
from sayso.exports.outline import printable
from sayso.exports.speakers import plural
from sayso.web.failures import failure_to_json, message_of

HERE = Path(__file__).parent
STATIC = HERE / "static"


@cache
def environment() -> Environment:
    """The templates, with what all of them may call."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(words.FILTERS, message=message_of, printable=printable)
    made.globals.update(static=static_url, version=__version__, plural=plural)
    return made


@cache
def static_url(name: str) -> str:
    """Where a file of `static` is served; the address changes with the file, so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def render(request: Request, template: str, title: str, context: Mapping[str, Any], *, status: int = 200) -> Response:
    """The page of a template. It has `title`, `path`, `principal`, `server` and what `context` has."""
    page = environment().get_template(template)
    serving = request.app.state.serving
    text = page.render(
        title=title,
        path=request.url.path,
        query=request.url.query,
        principal=getattr(request.state, "principal", None),
        server=serving,
        **context,
    )
    return HTMLResponse(text, status_code=status)


def render_failure(request: Request, error: SaysoError) -> Response:
    """The page that says what went wrong and what to do next."""
    title = {401: "Sign in", 403: "Not allowed", 404: "Not found"}.get(error.status, "That did not work")
    return render(request, "failure.html", title, failure_to_json(error), status=error.status)
