"""What users give the desk: files, pasted texts and addresses of a form, as the workers take them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from sayso.errors import BadRequest, BadSetting, SaysoError
from sayso.settings import MAX_BYTES
from sayso.web.workers import Upload

MOST_FILES = 50
_CAPTIONS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:WEBVTT\b|\d+\s+\d\d:\d\d:\d\d[,.]\d{3}\s+-->)")
"""How subtitles begin, WebVTT and SRT: these are what somebody said, and nobody's article."""


async def form_of(request: Request) -> AsyncIterator[FormData]:
    """A form with its files, whose pasted texts may be as long as a file; closed when the answer is made."""
    async with request.form(max_files=MOST_FILES, max_fields=100, max_part_size=MAX_BYTES.value()) as form:
        yield form


Form = Annotated[FormData, Depends(form_of)]
"""For the parameter of a route: `def read(form: Form)`."""


def text_of(form: FormData, name: str) -> str:
    """What was typed into a field; "" where it is not there."""
    value = form.get(name)
    # No database holds a character NUL in a text.
    return value.replace("\x00", "").strip() if isinstance(value, str) else ""


def texts_of(form: FormData, *names: str) -> dict[str, str]:
    """What was typed into these fields, for a form that is shown again."""
    return {name: text_of(form, name) for name in names}


def uploads_of(form: FormData, prefix: str = "") -> list[Upload]:
    """All that was given in the fields `file`, `text` and `url` (behind a prefix), in this order."""
    given = [
        Upload.of_file(each.filename or "file", each.file.read(), each.content_type)
        for each in form.getlist(f"{prefix}file")
        # A browser sends an empty one where nothing was chosen.
        if isinstance(each, UploadFile) and (each.filename or each.size)
    ]
    text, url = text_of(form, f"{prefix}text"), text_of(form, f"{prefix}url")
    if text:
        given.append(Upload.of_text(text))
    if url:
        if not url.lower().startswith(("https://", "http://")):
            raise BadSetting("address", url, "one that begins with https:// or http://")
        given.append(Upload.of_url(url))
    return given


def articles_of(form: FormData) -> list[Upload]:
    """The articles that were given; raises BadRequest where there is none, and where one is a transcript."""
    given = uploads_of(form)
    if not given:
        raise nothing_given("article")
    for each in given:
        if _CAPTIONS.match(each.data[:200]):
            raise BadRequest(
                f"{each.name}: these are subtitles, with times, and no article. Under Check they can be given as the "
                "transcript, beside the article that they are to be held against"
            )
    return given


def nothing_given(noun: str) -> SaysoError:
    """The error for a form that was sent empty."""
    return BadRequest(f"No {noun} was given. Choose a file, paste the text, or give an address")
