"""Figures, verdicts and the heads of transcripts from the JSON form.

The form has no transcript, only the stretches of it that verdicts speak of. Those are put back in their places, with
blanks for all that is unknown: every span of a verdict still slices its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sayso.documents import OffsetMap, Source, Span, Transcript, Turn
from sayso.verdicts import (
    Context,
    Difference,
    Elsewhere,
    Figure,
    FigureVerdict,
    Finding,
    HeadlineVerdict,
    Passage,
    QuoteVerdict,
    Reference,
    Verdict,
)

ToSpan = Callable[[Any], Span]
LONGEST_TRANSCRIPT = 20_000_000
"""Characters; a place beyond them is taken for damage, not for a reason to fill memory with blanks."""


def figure_from_json(form: dict[str, Any], span: ToSpan) -> Figure:
    """One figure; `span` reads a span of the article."""
    return Figure(
        form["id"],
        span(form["span"]),
        form["kind"],
        form["value"],
        form["low"],
        form["high"],
        form["bound"] not in ("<", ">"),
        form["approx"],
        form["unit"],
        None if form["base"] is None else span(form["base"]),
    )


def verdict_from_json(form: dict[str, Any], span: ToSpan) -> Verdict:
    """One verdict of any check; `span` reads a span of the article."""
    read = {"quote": _quote, "headline": _headline, "figure": _figure}[form["check"]]
    verdict = read(form, span)
    verdict.spans = [span(each) for each in form["spans"]]
    verdict.value, verdict.why = form["value"], form["why"]
    verdict.doubt, verdict.attribution = form["doubt"], form["attribution"]
    return verdict


def _quote(form: dict[str, Any], span: ToSpan) -> Verdict:
    return QuoteVerdict(
        form["id"],
        [],
        passages=[_passage(each) for each in form["passages"]],
        differences=[
            Difference(
                each["kind"],
                span(each["article"]["span"]),
                _there(each["transcript"]["span"]),
                each["class"],
                each["reverses"],
                each["reason"],
            )
            for each in form["differences"]
        ],
        context=[Context(each["kind"], _there(each["span"])) for each in form["context"]],
        speaker_agrees=form["speaker_agrees"],
        similarity=form["similarity"],
        incomplete=form["incomplete"],
        elsewhere=[
            Elsewhere(each["transcript"], each["value"], _there(each["span"]), each["text"])
            for each in form["elsewhere"]
        ],
        indirect=form["indirect"],
    )


def _passage(form: dict[str, Any]) -> Passage:
    near = [None if form[name] is None else _there(form[name]["span"]) for name in ("before", "after", "question")]
    return Passage(form["transcript"], _there(form["span"]), form["speaker"], form["seconds"], *near)


def _headline(form: dict[str, Any], span: ToSpan) -> Verdict:
    findings = [
        Finding(
            each["kind"],
            [span(words) for words in each["spans"]],
            [span(words) for words in each["evidence"]],
            each["why"],
            each["doubt"],
        )
        for each in form["findings"]
    ]
    return HeadlineVerdict(form["id"], [], speaker=form["speaker"], statement=form["statement"], findings=findings)


def _figure(form: dict[str, Any], _: ToSpan) -> Verdict:
    references = [
        Reference(each["name"], each["value"], each["unit"], each["source"], each["year"])
        for each in form["references"]
    ]
    return FigureVerdict(
        form["id"],
        [],
        rule=form["rule"],
        figures=list(form["figures"]),
        references=references,
        expected=form["expected"],
    )


def transcripts_from_json(heads: list[dict[str, Any]], verdicts: list[dict[str, Any]]) -> list[Transcript]:
    """The transcripts of a record: what their heads say, and the stretches that its verdicts have."""
    known: dict[str, list[tuple[Span, str]]] = {}
    for verdict in verdicts:
        for name, stretch in _stretches(verdict):
            known.setdefault(name, []).append((_there(stretch["span"]), stretch["text"]))
    return [_transcript(head, known.get(head["id"], [])) for head in heads]


def _stretches(verdict: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    passages = verdict.get("passages", [])
    for passage in passages:
        yield passage["transcript"], passage
        yield from ((passage["transcript"], passage[name]) for name in ("before", "after", "question") if passage[name])
    if passages:
        first = passages[0]["transcript"]
        yield from ((first, each["transcript"]) for each in verdict["differences"])
        yield from ((first, each) for each in verdict["context"])
    yield from ((each["transcript"], each) for each in verdict.get("elsewhere", []))


def _transcript(head: dict[str, Any], known: list[tuple[Span, str]]) -> Transcript:
    text = [" "] * max((span.end for span, _ in known), default=0)
    for span, words in known:
        # Text that an own verdict shortened or joined does not fit its span, and does not belong here.
        if len(words) == span.end - span.start:
            text[span.start : span.end] = words
    return Transcript(
        head["id"],
        "".join(text),
        Source(head["name"], ""),
        OffsetMap(()),
        turns=[Turn(Span(0, 0), speaker) for speaker in head["speakers"]],
        title=head["title"],
        date=None if head["date"] is None else date.fromisoformat(head["date"]),
        url=head["url"],
        version=head["version"],
        partial=Span(0, 0) if head["partial"] else None,
        warnings=list(head["warnings"]),
    )


def _there(value: Any) -> Span:
    start, end = value
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= LONGEST_TRANSCRIPT:
        raise ValueError(f"span {value!r} cannot lie in a transcript")
    return Span(start, end)
