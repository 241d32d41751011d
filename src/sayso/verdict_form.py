"""Figures and verdicts in the JSON form (part of the record, version 1).

Whoever reads a verdict may not have the transcript at hand: every span of one comes with its words.
"""

from __future__ import annotations

from typing import Any

from sayso.documents import Article, Span, Transcript
from sayso.verdicts import (
    Difference,
    Figure,
    FigureVerdict,
    Finding,
    HeadlineVerdict,
    Passage,
    QuoteVerdict,
    Verdict,
)


def figure_to_json(figure: Figure, text: str) -> dict[str, Any]:
    """One figure in the JSON form."""
    return {
        "id": figure.id,
        "span": list(figure.span),
        "text": figure.span.of(text),
        "kind": figure.kind,
        "bound": figure.bound,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "approx": figure.approx,
        "unit": figure.unit,
        "base": None if figure.base is None else list(figure.base),
    }


def transcript_head(transcript: Transcript) -> dict[str, Any]:
    """What the record keeps of a transcript: which one it was, not its text."""
    speakers = dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker and turn.role != "editor")
    return {
        "id": transcript.id,
        "name": transcript.source.name if transcript.source else transcript.id,
        "title": transcript.title,
        "date": transcript.date.isoformat() if transcript.date else None,
        "url": transcript.url,
        "version": transcript.version,
        "partial": transcript.partial is not None,
        "speakers": list(speakers),
        "warnings": list(transcript.warnings),
    }


def verdict_to_json(verdict: Verdict, article: Article) -> dict[str, Any]:
    """One verdict in the JSON form, with what its check adds to what all have."""
    form: dict[str, Any] = {
        "id": verdict.id,
        "check": verdict.check,
        "value": verdict.value,
        "spans": _spans(verdict.spans),
        "text": _words(verdict.spans, article.text),
        "why": verdict.why,
        "doubt": verdict.doubt,
        "attribution": verdict.attribution,
    }
    if isinstance(verdict, QuoteVerdict):
        return {**form, **_quote(verdict, article)}
    if isinstance(verdict, HeadlineVerdict):
        return {**form, **_headline(verdict, article)}
    if isinstance(verdict, FigureVerdict):
        return {**form, **_figure(verdict)}
    return form


def _quote(verdict: QuoteVerdict, article: Article) -> dict[str, Any]:
    texts = {each.id: each.text for each in article.transcripts}
    first = texts.get(verdict.passages[0].transcript, "") if verdict.passages else ""
    return {
        "indirect": verdict.indirect,
        "passages": [_passage(each, texts.get(each.transcript, "")) for each in verdict.passages],
        "differences": [_difference(each, article.text, first) for each in verdict.differences],
        "reverses": list(dict.fromkeys(each.reverses for each in verdict.reverses)),
        "context": [{"kind": each.kind, **_stretch(each.span, first)} for each in verdict.context],
        "speaker_agrees": verdict.speaker_agrees,
        "similarity": None if verdict.similarity is None else round(verdict.similarity, 3),
        "incomplete": verdict.incomplete,
        "elsewhere": [
            {"transcript": each.transcript, "value": each.value, "span": list(each.span), "text": each.text}
            for each in verdict.elsewhere
        ],
    }


def _passage(passage: Passage, text: str) -> dict[str, Any]:
    return {
        "transcript": passage.transcript,
        **_stretch(passage.span, text),
        "speaker": passage.speaker,
        "seconds": passage.seconds,
        "before": None if passage.before is None else _stretch(passage.before, text),
        "after": None if passage.after is None else _stretch(passage.after, text),
        "question": None if passage.question is None else _stretch(passage.question, text),
    }


def _difference(difference: Difference, text: str, transcript: str) -> dict[str, Any]:
    return {
        "kind": difference.kind,
        "class": difference.class_,
        "article": _stretch(difference.article, text),
        "transcript": _stretch(difference.transcript, transcript),
        "reverses": difference.reverses,
        "reason": difference.reason,
    }


def _headline(verdict: HeadlineVerdict, article: Article) -> dict[str, Any]:
    return {
        "speaker": verdict.speaker,
        "statement": verdict.statement,
        "findings": [_finding(each, article.text) for each in verdict.findings],
    }


def _finding(finding: Finding, text: str) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "spans": _spans(finding.spans),
        "text": _words(finding.spans, text),
        "evidence": _spans(finding.evidence),
        "why": finding.why,
        "doubt": finding.doubt,
    }


def _figure(verdict: FigureVerdict) -> dict[str, Any]:
    return {
        "rule": verdict.rule,
        "figures": list(verdict.figures),
        "expected": verdict.expected,
        "references": [
            {
                "name": each.name,
                "value": each.value,
                "unit": each.unit,
                "source": each.source,
                "year": each.year,
            }
            for each in verdict.references
        ],
    }


def _stretch(span: Span, text: str) -> dict[str, Any]:
    return {"span": list(span), "text": span.of(text)}


def _spans(spans: list[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def _words(spans: list[Span], text: str) -> str:
    return " ".join(span.of(text) for span in spans)
