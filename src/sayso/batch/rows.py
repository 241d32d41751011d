"""The rows of an article, and its record out of its rows: what goes in comes back, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sayso.archive.forms import Given
from sayso.batch.halves import KEY, exact, writable
from sayso.batch.tables import Row, Rows
from sayso.documents import Span
from sayso.exports.outline import words
from sayso.intake.items import Failure
from sayso.statements.wording import count_words


def rows_of(given: Given, record: dict[str, Any]) -> Rows:
    """The rows of an article by table: `record` is its JSON form (`article_to_json`), `given` what it is known by.

    Raises ValueError for a record with verdicts: a batch reads and does not check, and no table has a place for them.
    """
    if record["verdicts"] or record["transcripts"]:
        raise ValueError(f"{given.name}: the record has verdicts, which the tables of a batch do not hold")
    text = record["article"]["text"]
    people = {each["id"]: each for each in (*record["mentioned"], *record["speakers"])}
    told_in = {name: each["id"] for each in record["statements"] for name in each["attributions"]}

    def speaker(name: str | None) -> Row:
        found = people.get(name or "")
        return {
            "speaker": name,
            "speaker_name": found and found["name"],
            "speaker_kind": found and found["kind"],
        }

    made: dict[str, Iterable[Row]] = {
        "articles": [_article(given, record)],
        "attributions": (
            {**_attribution(each, text), **speaker(each["speaker"]), "statement": told_in.get(each["id"])}
            for each in record["attributions"]
        ),
        "speakers": (
            {**_speaker(each), "position": at, "speaks": speaks}
            for listed, speaks in (("speakers", True), ("mentioned", False))
            for at, each in enumerate(record[listed])
        ),
        "statements": (
            {
                "statement": each["id"],
                **speaker(each["speaker"]),
                "text": each["text"],
                "words": count_words(each["text"], [Span(0, len(each["text"]))]),
                "attributions": each["attributions"],
            }
            for each in record["statements"]
        ),
        "relations": (
            {
                "kind": each["kind"],
                "from_statement": each["from"],
                "to_statement": each["to"],
                "evidence": _words(each["evidence"], text),
                "evidence_spans": each["evidence"],
            }
            for each in record["relations"]
        ),
        "figures": (_figure(each, text) for each in record["figures"]),
    }
    return {
        table: [writable(table, {KEY: given.name, "position": at, **row}) for at, row in enumerate(rows)]
        for table, rows in made.items()
    }


def failure_row(failure: Failure) -> Row:
    """The row of a failure in the table `failures`."""
    names = ("kind", "reason", "advice", "origin", "digest")
    return writable("failures", {KEY: failure.name, **{name: getattr(failure, name) for name in names}})


def record_of(rows: Rows) -> dict[str, Any]:
    """The record of an article from its rows, in whichever order: what `rows_of` was given."""
    head = exact(rows["articles"][0])
    own = {table: sorted(map(exact, rows.get(table, ())), key=lambda row: row["position"]) for table in _CHILDREN}
    people = {speaks: [_speaker_form(row) for row in own["speakers"] if row["speaks"] is speaks] for speaks in _BOTH}
    return {
        "sayso": head["form"],
        "article": _article_form(head),
        "speakers": people[True],
        "mentioned": people[False],
        "attributions": [_attribution_form(row) for row in own["attributions"]],
        "statements": [
            {
                "id": row["statement"],
                "speaker": row["speaker"],
                "attributions": row["attributions"],
                "text": row["text"],
            }
            for row in own["statements"]
        ],
        "relations": [
            {
                "kind": row["kind"],
                "from": row["from_statement"],
                "to": row["to_statement"],
                "evidence": row["evidence_spans"],
            }
            for row in own["relations"]
        ],
        "figures": [_figure_form(row, head["text"]) for row in own["figures"]],
        "verdicts": [],
        "transcripts": [],
    }


def given_of(row: Row) -> Given:
    """What an article is known by, from its row in the table `articles`."""
    row = exact(row)
    return Given(row[KEY], origin=row["origin"], digest=row["digest"], guid=row["guid"], version=row["version"])


def failure_of(row: Row) -> Failure:
    """A failure from its row in the table `failures`."""
    row = exact(row)
    return Failure(row["kind"], row[KEY], row["origin"], row["reason"], row["advice"], row["digest"])


def _words(spans: list[list[int]], text: str) -> str | None:
    return words([Span(*each) for each in spans], text) or None


def _article(given: Given, record: dict[str, Any]) -> Row:
    head = record["article"]
    text, source, dateline = head["text"], head["source"] or {}, head["dateline"] or {}
    alike = ("id", "outlet", "published", "url", "text", "language", "warnings")
    return {
        **{name: head[name] for name in alike},
        "published_day": head["published"] and head["published"][:10],
        "headline": head["headline"] and text[slice(*head["headline"])],
        "words": count_words(text, [Span(0, len(text))]),
        **{f"{part}_span": head[part] for part in _PARTS},
        **{f"dateline_{name}": dateline.get(name) for name in _DATELINE},
        "section_headings": [each["heading"] for each in head["sections"]],
        "section_spans": [each["span"] for each in head["sections"]],
        "paragraph_spans": head["paragraphs"],
        "source_name": source.get("name"),
        "encoding": source.get("encoding"),
        "origin": given.origin,
        "digest": given.digest,
        "guid": given.guid,
        "version": given.version,
        "form": record["sayso"],
    }


def _article_form(row: Row) -> dict[str, Any]:
    dateline = {name: row[f"dateline_{name}"] for name in _DATELINE}
    return {
        "id": row["id"],
        "text": row["text"],
        "language": row["language"],
        **{part: row[f"{part}_span"] for part in _PARTS},
        "dateline": dateline if dateline["span"] is not None else None,
        "sections": [
            {"heading": heading, "span": span}
            for heading, span in zip(row["section_headings"], row["section_spans"], strict=True)
        ],
        "paragraphs": row["paragraph_spans"],
        "outlet": row["outlet"],
        "published": row["published"],
        "url": row["url"],
        "source": None if row["encoding"] is None else {"name": row["source_name"], "encoding": row["encoding"]},
        "warnings": row["warnings"],
    }


def _attribution(form: dict[str, Any], text: str) -> Row:
    stance, occasion = form["stance"], form["occasion"]
    return {
        "attribution": form["id"],
        **{part: _words(form[part], text) for part in _ROLES},
        "content_words": count_words(text, [Span(*each) for each in form["content"]]),
        **{name: form[name] for name in _ALIKE},
        "stance": stance["value"],
        "stance_confidence": stance["confidence"],
        **{name: occasion[name] for name in _OCCASION},
        "candidates": [each["speaker"] for each in form["candidates"]],
        "candidate_scores": [each["score"] for each in form["candidates"]],
        **{f"{part}_spans": form[part] for part in _ROLES},
        "stance_spans": stance["words"],
        "occasion_spans": occasion["words"],
        "question_spans": occasion["question"],
    }


def _attribution_form(row: Row) -> dict[str, Any]:
    return {
        "id": row["attribution"],
        **{part: row[f"{part}_spans"] for part in _ROLES},
        "quotation": row["quotation"],
        "act": row["act"],
        "stance": {"value": row["stance"], "words": row["stance_spans"], "confidence": row["stance_confidence"]},
        "polarity": row["polarity"],
        "speaker": row["speaker"],
        "candidates": [
            {"speaker": name, "score": score}
            for name, score in zip(row["candidates"], row["candidate_scores"], strict=True)
        ],
        "about": row["about"],
        "inside": row["inside"],
        "occasion": {
            "words": row["occasion_spans"],
            **{name: row[name] for name in _OCCASION},
            "question": row["question_spans"],
        },
        "confidence": row["confidence"],
    }


def _speaker(form: dict[str, Any]) -> Row:
    return {
        "speaker": form["id"],
        **{name: form[name] for name in ("name", "kind", "titles", "stands_for")},
        "mention_spans": form["mentions"],
    }


def _speaker_form(row: Row) -> dict[str, Any]:
    return {
        "id": row["speaker"],
        **{name: row[name] for name in ("name", "kind", "titles")},
        "mentions": row["mention_spans"],
        "stands_for": row["stands_for"],
    }


def _figure(form: dict[str, Any], text: str) -> Row:
    return {
        "figure": form["id"],
        **{name: form[name] for name in ("text", *_QUANTITY)},
        "base": form["base"] and text[slice(*form["base"])],
        "span": form["span"],
        "base_span": form["base"],
    }


def _figure_form(row: Row, text: str) -> dict[str, Any]:
    return {
        "id": row["figure"],
        "span": row["span"],
        "text": text[slice(*row["span"])],
        **{name: row[name] for name in _QUANTITY},
        "base": row["base_span"],
    }


_CHILDREN = ("attributions", "speakers", "statements", "relations", "figures")
_BOTH = (True, False)
_PARTS = ("headline", "standfirst", "byline")
_DATELINE = ("span", "place", "date", "agency")
_ROLES = ("source", "cue", "content")
_ALIKE = ("quotation", "act", "polarity", "about", "inside", "confidence", "speaker")
_OCCASION = ("date", "place", "medium", "addressee")
_QUANTITY = ("kind", "bound", "value", "low", "high", "approx", "unit")
