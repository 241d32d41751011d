"""Whole answers, kept for as long as the archive that they were made of is as it was.

Only of what depends on nothing but the archive, the address, who asks, and the day: not on jobs, on readings that are
not in the archive, nor on who is signed in elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from fastapi import Request
from starlette.responses import Response

from sayso.web.state import serving_of


class _NotKept(Exception):
    """Carries an answer that is no 200 past the memory."""

    def __init__(self, response: Response) -> None:
        self.response = response


def kept(request: Request, make: Callable[[], Response], *, media_type: str) -> Response:
    """The answer to a request, by `make` where none is kept; it may have no headers of its own, which are not kept."""
    serving = serving_of(request)
    principal = getattr(request.state, "principal", None)
    # What a page shows of whoever asks: the name, and what the role may. "Today" is the server's for a query, and
    # that of Greenwich for corrections, which are dated by it.
    who = principal and (principal.name, principal.role)
    days = date.today(), datetime.now(UTC).date()
    key = (request.url.path, request.scope["query_string"], media_type, who, days)

    def body() -> bytes:
        response = make()
        if response.status_code != 200:
            raise _NotKept(response)
        return bytes(response.body)

    try:
        return Response(serving.pages.of(serving.archive.state(), key, body), media_type=media_type)
    except _NotKept as other:
        return other.response
