"""How answers are written: the archive's forms as JSON, lists in pages, and a tag for what seldom changes."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import Request
from starlette.responses import JSONResponse, Response

from sayso.archive.json_form import as_json


def encoded(chunks: Iterable[str]) -> Iterator[bytes]:
    """Text in chunks as it is sent; what is wrong with the first one is raised here rather than breaks the answer off.

    In JSON what backslashreplace makes of half a surrogate pair is the escape for it.
    """
    written = (each.encode("utf-8", "backslashreplace") for each in chunks)
    first = list(itertools.islice(written, 1))
    return itertools.chain(first, written)


class Json(JSONResponse):
    """A value as JSON, which may hold halves of surrogate pairs: articles do."""

    def render(self, content: Any) -> bytes:
        """The bytes of the body."""
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        # What backslashreplace makes of half a pair is the escape for it in JSON.
        return text.encode("utf-8", "backslashreplace")


def answer(value: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """What a route gave, as a response: a response as it is, a form of the archive as `as_json` writes it.

    That rounds scores; a record of an article, whose numbers are not scores alone, goes out as `Json` itself.
    """
    return value if isinstance(value, Response) else Json(as_json(value), status, headers)


def tagged(request: Request, plain: Any) -> Response:
    """Plain data with a tag of their content; 304 without a body where the caller has it already (`If-None-Match`)."""
    response = Json(plain)
    tag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response
