"""A transcript in JSON, and back: its text with every span in it, without the source's own text."""

from __future__ import annotations

from datetime import date
from typing import Any

from sayso.documents import Correction, OffsetMap, Source, Span, Timecode, Transcript, Turn


def transcript_to_json(transcript: Transcript) -> dict[str, Any]:
    """One transcript as plain data, ready for `json.dumps`."""
    source = transcript.source
    return {
        "id": transcript.id,
        "text": transcript.text,
        "source": None if source is None else {"name": source.name, "encoding": source.encoding},
        "turns": [
            {
                "span": list(each.span),
                "speaker": each.speaker,
                "label": None if each.label is None else list(each.label),
                "role": each.role,
                "interpreted": each.interpreted,
            }
            for each in transcript.turns
        ],
        "directions": [list(each) for each in transcript.directions],
        "gaps": [list(each) for each in transcript.gaps],
        "corrections": [
            {"struck": list(each.struck), "instead": None if each.instead is None else list(each.instead)}
            for each in transcript.corrections
        ],
        "inserts": [list(each) for each in transcript.inserts],
        "timecodes": [{"offset": each.offset, "seconds": each.seconds} for each in transcript.timecodes],
        "title": transcript.title,
        "date": transcript.date.isoformat() if transcript.date else None,
        "url": transcript.url,
        "version": transcript.version,
        "partial": None if transcript.partial is None else list(transcript.partial),
        "language": transcript.language,
        "warnings": list(transcript.warnings),
    }


def transcript_from_json(form: dict[str, Any]) -> Transcript:
    """The transcript of such plain data, which are taken as they are. Raises KeyError, TypeError and ValueError."""
    source = form["source"]

    def span(value: Any) -> Span | None:
        return None if value is None else Span(*value)

    return Transcript(
        form["id"],
        form["text"],
        None if source is None else Source(source["name"], "", source["encoding"]),
        # There is no way back to a text that is not here.
        None if source is None else OffsetMap(()),
        turns=[
            Turn(Span(*each["span"]), each["speaker"], span(each["label"]), each["role"], each["interpreted"])
            for each in form["turns"]
        ],
        directions=[Span(*each) for each in form["directions"]],
        gaps=[Span(*each) for each in form["gaps"]],
        corrections=[Correction(Span(*each["struck"]), span(each["instead"])) for each in form["corrections"]],
        inserts=[Span(*each) for each in form["inserts"]],
        timecodes=[Timecode(each["offset"], each["seconds"]) for each in form["timecodes"]],
        title=form["title"],
        date=date.fromisoformat(form["date"]) if form["date"] else None,
        url=form["url"],
        version=form["version"],
        partial=span(form["partial"]),
        language=form["language"],
        warnings=list(form["warnings"]),
    )
