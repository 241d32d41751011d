"""Attributions as rows: CSV for spreadsheets and statistics programs, Parquet for data frames over many articles.

One row an attribution, with the columns of `Article.to_frame`, the facts of its article, and the spans.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sayso.documents import Article, Span
from sayso.errors import MissingPackage
from sayso.exports import frame

FACTS = ("outlet", "published", "url", "headline")
SPANS = ("source_spans", "cue_spans", "content_spans")
COLUMNS: tuple[str, ...] = (*frame.COLUMNS, *FACTS, *SPANS)
"""As text, `confidence` a number; the spans are lists of `[start, end]`, in CSV written as JSON."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell that a spreadsheet takes for a formula begins with (OWASP, "CSV Injection")."""
_ROWS_A_PIECE = 20_000


def rows(article: Article) -> list[dict[str, Any]]:
    """The rows of an article, spans as lists of pairs."""
    headline = article.headline.of(article.text) if article.headline is not None else None
    published = article.published.isoformat() if article.published else None
    facts = dict(zip(FACTS, (article.outlet, published, article.url, headline), strict=True))
    return [
        {**row, **facts, **dict(zip(SPANS, map(_pairs, (each.source, each.cue, each.content)), strict=True))}
        for row, each in zip(frame.rows(article), article.attributions, strict=True)
    ]


def render_csv(articles: Iterable[Article]) -> Iterator[str]:
    """The table as CSV (RFC 4180), the names of the columns first; an article's rows at a time.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front: its words come from outside.
    """
    yield _lines([COLUMNS])
    for article in articles:
        yield _lines([[_cell(name, row[name]) for name in COLUMNS] for row in rows(article)])


def write_parquet(articles: Iterable[Article], target: Path) -> None:
    """The table as a Parquet file at `target`, in pieces: the whole is never in memory.

    Raises MissingPackage where polars is not installed.
    """
    if find_spec("polars") is None:
        raise MissingPackage("Parquet", ("polars",))
    polars = import_module("polars")
    types = dict.fromkeys(COLUMNS, polars.String)
    types |= {"confidence": polars.Float64} | dict.fromkeys(SPANS, polars.List(polars.List(polars.Int64)))
    with tempfile.TemporaryDirectory(prefix=".sayso-", dir=target.parent) as folder:
        pieces: list[Path] = []
        for piece in _pieces(articles):
            pieces.append(Path(folder, f"{len(pieces)}.parquet"))
            polars.DataFrame(piece, schema=types, orient="row").write_parquet(pieces[-1])
        if len(pieces) == 1:
            pieces[0].replace(target)
        else:
            polars.scan_parquet(pieces).sink_parquet(target)


def _pieces(articles: Iterable[Article]) -> Iterator[list[tuple[Any, ...]]]:
    """Rows in the order of the columns; at least one piece, so that an empty table has its columns."""
    piece: list[tuple[Any, ...]] = []
    count = 0
    for article in articles:
        piece += [tuple(_storable(row[name]) for name in COLUMNS) for row in rows(article)]
        if len(piece) >= _ROWS_A_PIECE:
            yield piece
            piece, count = [], count + 1
    if piece or not count:
        yield piece


def _storable(value: Any) -> Any:
    # Half of a surrogate pair, from bytes that were no text, is nothing that UTF-8 can hold.
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _cell(name: str, value: Any) -> Any:
    if name in SPANS:
        return json.dumps(value)
    if name == "confidence":
        return f"{value:.3f}"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULAS) else value


def _lines(cells: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(cells)
    return out.getvalue()


def _pairs(spans: list[Span]) -> list[list[int]]:
    return [list(span) for span in spans]
