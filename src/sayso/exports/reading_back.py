"""The record of an article from its JSON form (docs/format.md), checked on the way in: the form comes from outside.

What the form leaves out stays out: the source's own text with the way back to it, and the transcripts but for the
stretches that verdicts speak of. An article that was read back is written to the same JSON again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from sayso.documents import Article, Dateline, OffsetMap, Section, Source, Span
from sayso.errors import UnreadableSource
from sayso.exports.reading_verdicts import figure_from_json, transcripts_from_json, verdict_from_json
from sayso.records import (
    FORM_VERSION,
    Attribution,
    Candidate,
    Occasion,
    Relation,
    Speaker,
    Stance,
    Statement,
)

_Read = TypeVar("_Read")


def article_from_json(record: Any, *, name: str = "record") -> Article:
    """The article of a record in the JSON form.

    Raises UnreadableSource, under `name`, where the form is another one, a field is missing or of another type, or a
    span lies outside of the text.
    """
    if not isinstance(record, dict) or "sayso" not in record:
        raise UnreadableSource(name, "this is no record of sayso: it has no field 'sayso'")
    if record["sayso"] != FORM_VERSION:
        raise UnreadableSource(
            name, f"the record is of version {record['sayso']!r}, and version {FORM_VERSION} is read", "Upgrade sayso"
        )
    try:
        return _Reader(record).article()
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        what = f"field {error} is missing" if isinstance(error, KeyError) else str(error)
        raise UnreadableSource(name, f"the record is damaged: {what}") from error


class _Reader:
    def __init__(self, record: dict[str, Any]) -> None:
        self.record = record
        self.text = _text(record["article"]["text"])

    def article(self) -> Article:
        record, head = self.record, self.record["article"]
        source = head["source"]
        return Article(
            _text(head["id"]),
            self.text,
            # The form has the source's name, not its text: there is no way back to it.
            None if source is None else Source(_text(source["name"]), "", _text(source["encoding"])),
            None if source is None else OffsetMap(()),
            language=_maybe(_text, head["language"]),
            headline=_maybe(self.span, head["headline"]),
            standfirst=_maybe(self.span, head["standfirst"]),
            byline=_maybe(self.span, head["byline"]),
            dateline=_maybe(self._dateline, head["dateline"]),
            sections=[Section(self.span(each["heading"]), self.span(each["span"])) for each in head["sections"]],
            paragraphs=self.spans(head["paragraphs"]),
            outlet=_maybe(_text, head["outlet"]),
            published=_maybe(_day_or_time, head["published"]),
            url=_maybe(_text, head["url"]),
            attributions=[self._attribution(each) for each in record["attributions"]],
            speakers=[self._speaker(each) for each in record["speakers"]],
            mentioned=[self._speaker(each) for each in record["mentioned"]],
            statements=[
                Statement(_text(each["id"]), each["speaker"], _texts(each["attributions"]), _text(each["text"]))
                for each in record["statements"]
            ],
            relations=[
                Relation(each["kind"], _text(each["from"]), _text(each["to"]), self.spans(each["evidence"]))
                for each in record["relations"]
            ],
            figures=[figure_from_json(each, self.span) for each in record["figures"]],
            verdicts=[verdict_from_json(each, self.span) for each in record["verdicts"]],
            transcripts=transcripts_from_json(record["transcripts"], record["verdicts"]),
            warnings=_texts(head["warnings"]),
        )

    def span(self, value: Any) -> Span:
        start, end = value
        if type(start) is not int or type(end) is not int or not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {value!r} does not lie in the text of {len(self.text)} characters")
        return Span(start, end)

    def spans(self, values: Any) -> list[Span]:
        return [self.span(each) for each in values]

    def _dateline(self, form: dict[str, Any]) -> Dateline:
        day = _maybe(date.fromisoformat, form["date"])
        return Dateline(self.span(form["span"]), form["place"], day, form["agency"])

    def _speaker(self, form: dict[str, Any]) -> Speaker:
        return Speaker(
            _text(form["id"]),
            _text(form["name"]),
            form["kind"],
            _texts(form["titles"]),
            self.spans(form["mentions"]),
            _maybe(_text, form["stands_for"]),
        )

    def _attribution(self, form: dict[str, Any]) -> Attribution:
        stance, occasion = form["stance"], form["occasion"]
        return Attribution(
            _text(form["id"]),
            self.spans(form["source"]),
            self.spans(form["cue"]),
            self.spans(form["content"]),
            form["quotation"],
            _maybe(_text, form["inside"]),
            float(form["confidence"]),
            form["act"],
            Stance(stance["value"], self.spans(stance["words"]), float(stance["confidence"])),
            form["polarity"],
            _maybe(_text, form["speaker"]),
            [Candidate(_text(each["speaker"]), float(each["score"])) for each in form["candidates"]],
            _texts(form["about"]),
            Occasion(
                self.spans(occasion["words"]),
                occasion["date"],
                occasion["place"],
                occasion["medium"],
                occasion["addressee"],
                self.spans(occasion["question"]),
            ),
        )


def _maybe(read: Callable[[Any], _Read], value: Any) -> _Read | None:
    return None if value is None else read(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} should be text")
    return value


def _texts(values: Any) -> list[str]:
    return [_text(each) for each in values]


def _day_or_time(value: str) -> date:
    return (datetime if len(value) > 10 else date).fromisoformat(value)
