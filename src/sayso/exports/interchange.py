"""The formats in which records go to other programs, and come back from those that can be read.

What each format keeps, and what it lacks, is in docs/exports.md, in a table that the tests hold against the formats.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sayso.documents import Article
from sayso.errors import BadSetting
from sayso.exports.landing import Names, file_to_write, folder_to_write, standard_output


@dataclass(frozen=True, slots=True)
class Interchange:
    """What a door needs to know of a format."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    help: str
    folder: bool = False
    """Whether it is a folder with files for each article; else one file, or standard output, holds any number."""
    readable: bool = True
    """Whether `sayso.exports.restoring.read` gives the articles back."""
    binary: bool = False


INTERCHANGES = {
    each.name: each
    for each in (
        Interchange("json", "application/json", (".json",), "the whole record, an array for several articles"),
        Interchange("jsonl", "application/jsonl", (".jsonl", ".ndjson"), "the whole record, one article a line"),
        Interchange("csv", "text/csv", (".csv",), "a row an attribution, for spreadsheets", readable=False),
        Interchange(
            "parquet",
            "application/vnd.apache.parquet",
            (".parquet",),
            "a row an attribution, for data frames (needs polars)",
            readable=False,
            binary=True,
        ),
        Interchange(
            "webannotation",
            "application/ld+json",
            (".anno.json", ".anno.jsonld"),
            "W3C Web Annotation: an annotation an attribution, with quote and position selectors",
        ),
        Interchange(
            "schemaorg",
            "application/ld+json",
            (".jsonld",),
            "schema.org: Quotation, Claim and, of checked articles, ClaimReview",
            readable=False,
        ),
        Interchange(
            "brat", "text/plain", (".ann",), "brat standoff: a folder with .txt and .ann for each article", folder=True
        ),
        Interchange("conll", "text/plain", (".conll",), "CoNLL columns: one token a line, BIOES labels"),
        Interchange(
            "parc",
            "application/xml",
            (".xml",),
            "PARC 3 XML: a folder with .xml and raw .txt for each article",
            folder=True,
        ),
    )
}


def interchange_of(file_name: str) -> str | None:
    """The format that a file's suffix asks for; None if none does.

    >>> interchange_of("record.anno.JSON"), interchange_of("record.json")
    ('webannotation', 'json')
    """
    found = [
        (len(suffix), each.name)
        for each in INTERCHANGES.values()
        for suffix in each.suffixes
        if file_name.lower().endswith(suffix)
    ]
    return max(found)[1] if found else None


def export(articles: Iterable[Article], format_name: str, target: Path | None = None, *, many: bool = True) -> int:
    """Write articles in the format of that name; the number of articles written.

    `target` is a file, or of `brat` and `parc` a folder that is new or empty; None is standard output. Articles are
    taken one by one and none is kept: any number of them fits in memory. What is at `target` is replaced at the
    end, whole, or, after an error, not at all. `many` says of JSON and the JSON-LD formats whether several articles are
    meant and an array is written; False is for one article alone.

    Raises BadSetting for a name that there is not and a target that will not do, MissingPackage for Parquet without
    polars, OSError where the target cannot be written.
    """
    form = INTERCHANGES.get(format_name)
    if form is None:
        raise BadSetting("format", format_name, f"one of {', '.join(INTERCHANGES)}")
    counted = _Counted(articles)
    if form.folder:
        if target is None:
            raise BadSetting("output", "standard output", f"a folder: {form.name} has files for each article")
        _write_folder(counted, form, target)
    elif form.binary:
        _write_parquet(counted, target)
    else:
        with _opened(target) as out:
            for chunk in render(counted, form.name, many=many):
                # In JSON what backslashreplace makes of half a surrogate pair is the escape for it.
                out.write(chunk.encode("utf-8", "backslashreplace"))
    return counted.count


def render(articles: Iterable[Article], format_name: str, *, many: bool = True) -> Iterator[str]:
    """The articles in one of the formats that are a single text, as chunks of it, an article at a time.

    Raises BadSetting for a format that is a folder, is binary, or is none.
    """
    # Each format is imported when it is asked for: `sayso --help` needs none of them.
    if format_name in ("json", "jsonl"):
        from sayso.exports import json

        return json.render_lines(articles) if format_name == "jsonl" else json.render(articles, many=many)
    if format_name == "csv":
        from sayso.exports import tables

        return tables.render_csv(articles)
    if format_name == "webannotation":
        from sayso.exports import webannotation

        return webannotation.render(articles, many=many)
    if format_name == "schemaorg":
        from sayso.exports import schemaorg

        return schemaorg.render(articles, many=many)
    if format_name == "conll":
        from sayso.exports import conll

        return conll.render(articles)
    texts = [each.name for each in INTERCHANGES.values() if not each.folder and not each.binary]
    raise BadSetting("format", format_name, f"one of {', '.join(texts)}")


class _Counted:
    """Articles, counted as they go by."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = articles
        self.count = 0

    def __iter__(self) -> Iterator[Article]:
        for article in self._articles:
            yield article
            self.count += 1


def _opened(target: Path | None) -> AbstractContextManager[BinaryIO]:
    return standard_output() if target is None else file_to_write(target)


def _write_folder(articles: Iterable[Article], form: Interchange, target: Path) -> None:
    from sayso.exports import brat, parc

    files_of = brat.files_of if form.name == "brat" else parc.files_of
    with folder_to_write(target) as folder:
        names = Names(folder, form.suffixes[0])
        if form.name == "brat":
            _write(folder / "annotation.conf", brat.configuration())
        for article in articles:
            name = names.next(article.id)
            for suffix, text in files_of(article):
                _write(folder / f"{name}{suffix}", text)


def _write(path: Path, text: str) -> None:
    # Bytes, as no line end may be translated: offsets count them.
    path.write_bytes(text.encode("utf-8", "backslashreplace"))


def _write_parquet(articles: Iterable[Article], target: Path | None) -> None:
    from sayso.exports import tables

    with _opened(target) as out, tempfile.TemporaryDirectory(prefix="sayso-") as folder:
        whole = Path(folder, "table.parquet")
        tables.write_parquet(articles, whole)
        with whole.open("rb") as table:
            shutil.copyfileobj(table, out)
