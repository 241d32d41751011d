"""A transcript as JSON and back, nothing lost; part of the format of the index on disk."""

from __future__ import annotations

from datetime import date
from typing import Any

from sayso.documents import Correction, OffsetMap, Piece, Source, Span, Timecode, Transcript, Turn


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def transcript_to_json(transcript: Transcript) -> dict[str, Any]:
    """The whole transcript, its source and the map to it included, ready for `json.dumps`.

    The source's text is left out, as None, where it is the transcript's own.
    """
    source = transcript.source
    return {
        "id": transcript.id,
        "text": transcript.text,
        "turns": [
            {
                "span": list(turn.span),
                "speaker": turn.speaker,
                "label": _pair(turn.label),
                "role": turn.role,
                "interpreted": turn.interpreted,
            }
            for turn in transcript.turns
        ],
        "directions": [list(span) for span in transcript.directions],
        "gaps": [list(span) for span in transcript.gaps],
        "corrections": [[list(struck), _pair(instead)] for struck, instead in transcript.corrections],
        "inserts": [list(span) for span in transcript.inserts],
        "timecodes": [list(code) for code in transcript.timecodes],
        "title": transcript.title,
        "date": transcript.date.isoformat() if transcript.date else None,
        "url": transcript.url,
        "version": transcript.version,
        "partial": _pair(transcript.partial),
        "language": transcript.language,
        "warnings": list(transcript.warnings),
        "source": None
        if source is None
        else {
            "name": source.name,
            "text": None if source.text == transcript.text else source.text,
            "encoding": source.encoding,
            "byte_order_mark": source.byte_order_mark,
            "notes": list(source.notes),
        },
        "offsets": None if transcript.offsets is None else [list(piece) for piece in transcript.offsets.pieces],
    }


def transcript_from_json(form: dict[str, Any]) -> Transcript:
    """The transcript of which `transcript_to_json` made this.

    Raises KeyError, TypeError or ValueError where it is of another form.

    >>> transcript = Transcript("t1", "Yes.", turns=[Turn(Span(0, 4), "MS. OKORO")], date=date(2026, 3, 14))
    >>> transcript_from_json(transcript_to_json(transcript)) == transcript
    True
    """
    source, text = form["source"], form["text"]
    return Transcript(
        id=form["id"],
        text=text,
        source=None
        if source is None
        else Source(
            name=source["name"],
            text=text if source["text"] is None else source["text"],
            encoding=source["encoding"],
            byte_order_mark=source["byte_order_mark"],
            notes=tuple(source["notes"]),
        ),
        offsets=None if form["offsets"] is None else OffsetMap(tuple(Piece(*piece) for piece in form["offsets"])),
        turns=[
            Turn(Span(*turn["span"]), turn["speaker"], _span(turn["label"]), turn["role"], turn["interpreted"])
            for turn in form["turns"]
        ],
        directions=[Span(*pair) for pair in form["directions"]],
        gaps=[Span(*pair) for pair in form["gaps"]],
        corrections=[Correction(Span(*struck), _span(instead)) for struck, instead in form["corrections"]],
        inserts=[Span(*pair) for pair in form["inserts"]],
        timecodes=[Timecode(offset, seconds) for offset, seconds in form["timecodes"]],
        title=form["title"],
        date=date.fromisoformat(form["date"]) if form["date"] else None,
        url=form["url"],
        version=form["version"],
        partial=_span(form["partial"]),
        language=form["language"],
        warnings=list(form["warnings"]),
    )
