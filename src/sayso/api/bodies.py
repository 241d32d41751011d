"""What is sent to be read: a file, a text or an address, as JSON or as a form with files.

The body is taken in here rather than by the framework, which knows one media type a route and no limit of size.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from sayso.api.sources import (
    MOST_FILES,
    AddedSource,
    ArticleSource,
    CheckedSource,
    KeptTranscript,
    Source,
    TranscriptSource,
)
from sayso.archive.bounds import MOST_ID
from sayso.errors import BadRequest, TooLarge
from sayso.settings import MAX_BYTES
from sayso.web.workers import Upload


@dataclass(slots=True)
class Given:
    """What a request gave."""

    uploads: list[Upload]
    transcripts: list[tuple[Upload, str | None]] = field(default_factory=list)
    """Each with its day."""
    kept_transcripts: list[int] = field(default_factory=list)
    date: str | None = None
    outlet: str | None = None
    any_language: bool = False
    check: bool = False


_FLAGS = ("any_language", "check")
_WORDS = ("url", "text")
_FORM = {
    "file": ("file", "The article: a file in any format that `sayso read` takes."),
    "url": ("string", "Or its address, which the server fetches."),
    "text": ("string", "Or its text."),
    "date": ("string", "Day of publication, where it does not say: 2026-03-14."),
    "outlet": ("string", "Name of the outlet, where it does not say."),
    "any_language": ("boolean", "Read it even where it is not in English."),
    "transcript": ("files", "A transcript; any number of them."),
    "transcript_id": ("ids", "Id of a transcript of the archive; any number of them."),
    "check": ("boolean", "Check it against the archive's transcripts of its days."),
}
"""The fields of forms, with their kinds."""


@dataclass(frozen=True, slots=True)
class Taking:
    """A dependency that gives what a request sent; `fields` are those that a form can have."""

    model: type[Source]
    fields: tuple[str, ...]
    many: bool = False
    """Whether a form can have several files."""

    async def __call__(self, request: Request) -> Given:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/json":
            return self._of_json(await _whole(request))
        if kind == "multipart/form-data":
            return await self._of_form(request)
        raise BadRequest(
            f"A body of type {kind[:80] or 'unknown'!r} is not read here. Send application/json or multipart/form-data",
            status=415,
        )

    def _of_json(self, body: bytes) -> Given:
        _refuse_many_parts(body)
        try:
            value = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise BadRequest(f"The body is no JSON: {str(error)[:200]}") from None
        try:
            found = self.model.model_validate(value)
        except ValidationError as error:
            wrong = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
            raise BadRequest.of_fields(wrong) from None
        given = Given([found.upload()], date=getattr(found, "date", None), outlet=getattr(found, "outlet", None))
        given.any_language = getattr(found, "any_language", False)
        given.check = getattr(found, "check", False)
        for each in getattr(found, "transcripts", ()):
            if isinstance(each, KeptTranscript):
                given.kept_transcripts.append(each.id)
            else:
                given.transcripts.append((each.upload(), each.date))
        return given

    async def _of_form(self, request: Request) -> Given:
        parser = MultiPartParser(
            request.headers, _capped(request), max_files=MOST_FILES, max_fields=MOST_FILES, max_part_size=_most_bytes()
        )
        try:
            form = await parser.parse()
        except (MultiPartException, KeyError) as error:
            raise BadRequest(f"The form cannot be read: {getattr(error, 'message', error)}") from None
        async with _closing(form):
            return await self._given(form)

    async def _given(self, form: FormData) -> Given:
        given, wrong = Given([]), []
        for name, value in form.multi_items():
            kind = _FORM[name][0] if name in self.fields else None
            try:
                if kind is None:
                    raise ValueError(f"there is no such field; known are {', '.join(self.fields)}")
                if kind in ("file", "files"):
                    upload = await _upload(value)
                    if kind == "file":
                        given.uploads.append(upload)
                    else:
                        given.transcripts.append((upload, None))
                else:
                    _take(given, name, value)
            except ValueError as error:
                wrong.append({"loc": ("body", name[:60]), "msg": str(error)})
        if not wrong and not given.uploads and not (self.many and given.transcripts):
            wrong.append({"loc": ("body", self.fields[0]), "msg": "give a file, a text or a url"})
        if not wrong and len(given.uploads) > 1 and not self.many:
            wrong.append({"loc": ("body", self.fields[0]), "msg": "give one article"})
        if wrong:
            raise BadRequest.of_fields(wrong)
        return given


def _take(given: Given, name: str, value: Any) -> None:
    """Puts a field of a form where it belongs. Raises ValueError."""
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("expected a text")
    if name == "url":
        if not value.lower().startswith(("http://", "https://")):
            raise ValueError("expected an address with http:// or https://")
        given.uploads.append(Upload.of_url(value))
    elif name == "text":
        if not value:
            raise ValueError("expected a text")
        given.uploads.append(Upload.of_text(value))
    elif name in _FLAGS:
        if value not in ("true", "false"):
            raise ValueError("expected true or false")
        setattr(given, name, value == "true")
    elif name == "transcript_id":
        if not value.isascii() or not value.isdigit() or not 1 <= int(value[:12]) <= MOST_ID or len(value) > 12:
            raise ValueError("expected the id of a transcript")
        given.kept_transcripts.append(int(value))
    else:
        setattr(given, name, value[:1000])


async def _upload(value: Any) -> Upload:
    if not isinstance(value, UploadFile):
        raise ValueError("expected a file")
    return Upload.of_file((value.filename or "file").replace("\0", ""), await value.read(), value.content_type)


class _closing:  # noqa: N801, used like a function
    """The files of a form, closed at the end."""

    def __init__(self, form: FormData) -> None:
        self.form = form

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, *error: object) -> None:
        await self.form.close()


def _most_bytes() -> int:
    """Of one body: a file of the largest size, with its transcripts."""
    return 4 * MAX_BYTES.value()


async def _capped(request: Request) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > _most_bytes():
            raise TooLarge("the body", f"it is over {_most_bytes():,} bytes")
        yield chunk


_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
"""A string of JSON; one that does not end goes to the end, so that no byte is looked at twice."""
_MOST_BESIDE = 16_384


def _refuse_many_parts(body: bytes) -> None:
    """Raises BadRequest for JSON with much beside its texts: others wait while it is looked through."""
    beside = len(body)
    for number, each in enumerate(_STRING.finditer(body) if beside > _MOST_BESIDE else ()):
        beside -= each.end() - each.start()
        if number > _MOST_BESIDE / 4:
            break
    if beside > _MOST_BESIDE:
        raise BadRequest(f"The body has more than {_MOST_BESIDE:,} bytes beside its texts. Send files as a form")


async def _whole(request: Request) -> bytes:
    return b"".join([chunk async for chunk in _capped(request)])


READ = Taking(ArticleSource, ("file", "url", "text", "date", "outlet", "any_language"))
CHECK = Taking(CheckedSource, (*READ.fields, "transcript", "transcript_id"))
ADD = Taking(AddedSource, (*READ.fields, "transcript", "check"), many=True)
ADD_TRANSCRIPT = Taking(TranscriptSource, ("transcript", "date"), many=True)

ToRead = Annotated[Given, Depends(READ)]
ToCheck = Annotated[Given, Depends(CHECK)]
ToAdd = Annotated[Given, Depends(ADD)]
ToAddTranscript = Annotated[Given, Depends(ADD_TRANSCRIPT)]


def body_of(taking: Taking) -> dict[str, Any]:
    """What a route takes, for its description."""
    properties: dict[str, Any] = {}
    encoding = {}
    for name in taking.fields:
        kind, told = _FORM[name]
        file = {"type": "string", "contentMediaType": "application/octet-stream"}
        if kind == "file":
            properties[name] = {"type": "array", "items": file} if taking.many else file
        elif kind == "files":
            properties[name] = {"type": "array", "items": file}
        elif kind == "ids":
            properties[name] = {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": MOST_ID}}
        elif taking.many and name in _WORDS:
            properties[name] = {"type": "array", "items": {"type": kind}}
        else:
            properties[name] = {"type": kind}
        properties[name]["description"] = told
        if kind in ("file", "files"):
            encoding[name] = {"contentType": "application/octet-stream"}
    form = {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        ("anyOf" if taking.many else "oneOf"): [
            {"required": [name]}
            for name in taking.fields
            if name == "file" or name in _WORDS or (taking.many and name == "transcript")
        ],
    }
    return {
        "required": True,
        "content": {
            "application/json": {"schema": _json_schema(taking.model)},
            "multipart/form-data": {"schema": form, "encoding": encoding},
        },
    }


def _json_schema(model: type[Source]) -> dict[str, Any]:
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    from sayso.api.schemas import named

    for name, part in schema.pop("$defs", {}).items():
        named(name, _one_of_both(part))
    return named(model.__name__, _one_of_both(schema))


def _one_of_both(schema: dict[str, Any]) -> dict[str, Any]:
    for each in schema["properties"].values():
        if each.get("default", 0) is None:
            del each["default"]
    return (
        {**schema, "oneOf": [{"required": ["text"]}, {"required": ["url"]}]}
        if "url" in schema["properties"]
        else schema
    )
