"""The attributions of an article as a data frame: one row each, for whoever counts over many articles."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sayso.documents import Article
from sayso.errors import BadSetting, MissingPackage
from sayso.exports.outline import words
from sayso.records import Attribution, Speaker

COLUMNS: tuple[str, ...] = (
    *("article", "attribution", "speaker", "speaker_kind", "source", "cue", "content", "quotation", "act", "stance"),
    *("polarity", "date", "place", "medium", "statement", "inside", "confidence"),
)
"""All of them text, empty where the record has `null`, but for `confidence`, a number."""
ENGINES = ("polars", "pandas")


def to_frame(article: Article, *, engine: str | None = None) -> Any:
    """A polars or pandas DataFrame with a row an attribution, in the record's order, and COLUMNS.

    `engine` is "polars" or "pandas"; None takes polars where it is installed, else pandas.

    Raises MissingPackage if the engine (or, with None, each of them) is not installed, BadSetting for another name.
    """
    if engine is not None and engine not in ENGINES:
        raise BadSetting("engine", engine, "'polars' or 'pandas'")
    for name in (engine,) if engine else ENGINES:
        if find_spec(name) is not None:
            return _MAKERS[name](import_module(name), rows(article))
    raise MissingPackage("to_frame", (engine,) if engine else ENGINES)


def rows(article: Article) -> list[dict[str, str | float | None]]:
    """The rows of the frame as plain data."""
    people = {each.id: each for each in (*article.mentioned, *article.speakers)}
    statements = {name: each.id for each in article.statements for name in each.attributions}
    return [
        _row(each, article, people.get(each.speaker or ""), statements.get(each.id)) for each in article.attributions
    ]


def _row(
    attribution: Attribution, article: Article, speaker: Speaker | None, statement: str | None
) -> dict[str, str | float | None]:
    occasion = attribution.occasion
    values = (
        article.id,
        attribution.id,
        speaker.name if speaker else None,
        speaker.kind if speaker else None,
        *(words(spans, article.text) or None for spans in (attribution.source, attribution.cue, attribution.content)),
        attribution.quotation,
        attribution.act,
        attribution.stance.value,
        attribution.polarity,
        occasion.date,
        occasion.place,
        occasion.medium,
        statement,
        attribution.inside,
        attribution.confidence,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _polars(polars: Any, data: list[dict[str, str | float | None]]) -> Any:
    # Told, not inferred: a column without a value would be of no type, and frames of two articles would not stack.
    schema = {name: polars.Float64 if name == "confidence" else polars.String for name in COLUMNS}
    return polars.DataFrame(data, schema=schema)


def _pandas(pandas: Any, data: list[dict[str, str | float | None]]) -> Any:
    types = {name: "float64" if name == "confidence" else "string" for name in COLUMNS}
    return pandas.DataFrame(data, columns=list(COLUMNS)).astype(types)


_MAKERS: dict[str, Callable[[Any, list[dict[str, str | float | None]]], Any]] = {"polars": _polars, "pandas": _pandas}
