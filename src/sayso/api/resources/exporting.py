"""The archive, or what a query finds in it, in the formats of others."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Annotated, Any, Literal

from fastapi import Query
from starlette.responses import Response, StreamingResponse

from sayso.api.answering import encoded
from sayso.api.routing import Routes
from sayso.api.schemas import record
from sayso.archive.archive import Archive
from sayso.archive.bounds import MOST_ID, NO_NUL
from sayso.documents import Article
from sayso.errors import NoSuchEntry
from sayso.exports.interchange import INTERCHANGES, Interchange, export, render
from sayso.web.state import Server

routes = Routes("exports")
Name = Literal["json", "jsonl", "csv", "parquet", "webannotation", "schemaorg", "brat", "conll", "parc"]
_ZIP = "application/zip"
_CHUNK = 1 << 16
_FORMAT = record(
    {
        "name": {"type": "string"},
        "media_type": {"type": "string"},
        "suffixes": {"type": "array", "items": {"type": "string"}},
        "help": {"type": "string"},
        "folder": {"type": "boolean", "description": "Whether it is a folder of files, which comes as a ZIP file."},
        "readable": {"type": "boolean", "description": "Whether sayso reads it back."},
        "binary": {"type": "boolean"},
    }
)


@routes.get(
    "/exports",
    gives=record({"items": {"type": "array", "items": _FORMAT}, "next": {"type": "null"}}),
)
def export_formats() -> Any:
    """The formats of exports."""
    return {"items": [asdict(each) for each in INTERCHANGES.values()], "next": None}


@routes.get(
    "/exports/{format}",
    heavy=True,
    gives={},
    media=sorted({*(each.media_type for each in INTERCHANGES.values()), _ZIP}),
    errors=(400, 404, 501),
)
def export_articles(
    server: Server,
    format: Name,
    q: Annotated[
        str,
        Query(
            pattern=NO_NUL,
            description="Articles with what this query finds, each with the statements that match and those they lie "
            "inside; the whole archive where it is empty.",
        ),
    ] = "",
    article: Annotated[
        list[Annotated[int, Query(ge=1, le=MOST_ID)]] | None,
        Query(max_length=1000, description="Articles that are written whole, by id."),
    ] = None,
) -> Response:
    """Articles of the archive in another format, written as they are read.

    It holds up nobody: articles are taken out a few at a time. `brat` and `parc` come as a ZIP file.
    """
    form = INTERCHANGES[format]
    articles = wanted(server.archive, q, article or [])
    if form.folder or form.binary:
        file = _written(articles, form)
        chunks: Iterator[bytes] = _chunks(file)
    else:
        chunks = encoded(render(articles, format))
    kind, suffix = (_ZIP, ".zip") if form.folder else (form.media_type, form.suffixes[0])
    return StreamingResponse(
        chunks, media_type=kind, headers={"Content-Disposition": f'attachment; filename="sayso{suffix}"'}
    )


def wanted(archive: Archive, query: str, ids: Iterable[int]) -> Iterator[Article]:
    """The articles to write: those named whole, those that a query finds cut to what it found; all without either."""
    from sayso.exports.cutting import only

    chosen: dict[int, list[str] | None] = dict.fromkeys(ids)
    for number in chosen:
        # All of them are looked for before anything is written.
        _look(archive, number)
    if query.strip():
        chosen |= {number: found for number, found in archive.found(query).items() if number not in chosen}
    every = not query.strip() and not chosen

    def taken() -> Iterator[Article]:
        for number, article in archive.corrected_articles(None if every else chosen):
            found = chosen.get(number)
            yield article if found is None else only(article, found)

    return taken()


def _look(archive: Archive, number: int) -> None:
    try:
        archive.article_places(number)
    except NoSuchEntry:
        raise NoSuchEntry("article", str(number)) from None


def _written(articles: Iterator[Article], form: Interchange) -> IO[bytes]:
    """A file without a name that holds a binary format, or a folder as a ZIP file."""
    out = tempfile.TemporaryFile(prefix="sayso-")  # noqa: SIM115, closed when all of it was sent
    try:
        with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
            target = Path(folder, "articles" if form.folder else f"articles{form.suffixes[0]}")
            export(articles, form.name, target)
            if form.folder:
                with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
                    for path in sorted(target.rglob("*")):
                        packed.write(path, path.relative_to(target))
            else:
                with target.open("rb") as whole:
                    while chunk := whole.read(_CHUNK):
                        out.write(chunk)
        out.seek(0)
    except BaseException:
        out.close()
        raise
    return out


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
