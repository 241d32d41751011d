"""A transcript as JSON and back, nothing lost; part of the format of the index on disk."""

from __future__ import annotations

from typing import Any

from sayso.documents import Correction, OffsetMap, Piece, Source, Span, Timecode, Transcript
from sayso.transcript_form import body_from_json, body_to_json, pair_of, span_of


def transcript_to_json(transcript: Transcript) -> dict[str, Any]:
    """The whole transcript, its source and the map to it included, ready for `json.dumps`.

    The source's text is left out, as None, where it is the transcript's own.
    """
    source = transcript.source
    return {
        **body_to_json(transcript),
        "corrections": [[list(struck), pair_of(instead)] for struck, instead in transcript.corrections],
        "timecodes": [list(code) for code in transcript.timecodes],
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

    >>> from datetime import date
    >>> from sayso.documents import Turn
    >>> transcript = Transcript("t1", "Yes.", turns=[Turn(Span(0, 4), "MS. OKORO")], date=date(2026, 3, 14))
    >>> transcript_from_json(transcript_to_json(transcript)) == transcript
    True
    """
    source, text = form["source"], form["text"]
    return Transcript(
        **body_from_json(form),
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
        corrections=[Correction(Span(*struck), span_of(instead)) for struck, instead in form["corrections"]],
        timecodes=[Timecode(offset, seconds) for offset, seconds in form["timecodes"]],
    )
