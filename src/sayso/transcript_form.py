"""A transcript in JSON, and back: its text with every span in it, without the source's own text.

`body_to_json` and `body_from_json` are what this form shares with that of the index on disk, which keeps the source.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sayso.documents import Correction, OffsetMap, Source, Span, Timecode, Transcript, Turn


def transcript_to_json(transcript: Transcript) -> dict[str, Any]:
    """One transcript as plain data, ready for `json.dumps`."""
    source = transcript.source
    return {
        **body_to_json(transcript),
        "source": None if source is None else {"name": source.name, "encoding": source.encoding},
        "corrections": [
            {"struck": list(each.struck), "instead": pair_of(each.instead)} for each in transcript.corrections
        ],
        "timecodes": [{"offset": each.offset, "seconds": each.seconds} for each in transcript.timecodes],
    }


def transcript_from_json(form: dict[str, Any]) -> Transcript:
    """The transcript of such plain data, which are taken as they are. Raises KeyError, TypeError and ValueError."""
    source = form["source"]
    return Transcript(
        **body_from_json(form),
        source=None if source is None else Source(source["name"], "", source["encoding"]),
        # There is no way back to a text that is not here.
        offsets=None if source is None else OffsetMap(()),
        corrections=[Correction(Span(*each["struck"]), span_of(each["instead"])) for each in form["corrections"]],
        timecodes=[Timecode(each["offset"], each["seconds"]) for each in form["timecodes"]],
    )


def body_to_json(transcript: Transcript) -> dict[str, Any]:
    """What every form of a transcript has: all but its source, the way back to it, corrections and timecodes."""
    return {
        "id": transcript.id,
        "text": transcript.text,
        "turns": [
            {
                "span": list(turn.span),
                "speaker": turn.speaker,
                "label": pair_of(turn.label),
                "role": turn.role,
                "interpreted": turn.interpreted,
            }
            for turn in transcript.turns
        ],
        "directions": [list(span) for span in transcript.directions],
        "gaps": [list(span) for span in transcript.gaps],
        "inserts": [list(span) for span in transcript.inserts],
        "title": transcript.title,
        "date": transcript.date.isoformat() if transcript.date else None,
        "url": transcript.url,
        "version": transcript.version,
        "partial": pair_of(transcript.partial),
        "language": transcript.language,
        "warnings": list(transcript.warnings),
    }


def body_from_json(form: dict[str, Any]) -> dict[str, Any]:
    """The fields of a `Transcript` that `body_to_json` wrote. Raises KeyError, TypeError and ValueError."""
    return {
        "id": form["id"],
        "text": form["text"],
        "turns": [
            Turn(Span(*turn["span"]), turn["speaker"], span_of(turn["label"]), turn["role"], turn["interpreted"])
            for turn in form["turns"]
        ],
        "directions": [Span(*pair) for pair in form["directions"]],
        "gaps": [Span(*pair) for pair in form["gaps"]],
        "inserts": [Span(*pair) for pair in form["inserts"]],
        "title": form["title"],
        "date": date.fromisoformat(form["date"]) if form["date"] else None,
        "url": form["url"],
        "version": form["version"],
        "partial": span_of(form["partial"]),
        "language": form["language"],
        "warnings": list(form["warnings"]),
    }


def pair_of(span: Span | None) -> list[int] | None:
    """A span that may be missing, as JSON."""
    return None if span is None else list(span)


def span_of(pair: list[int] | None) -> Span | None:
    """The same back."""
    return None if pair is None else Span(*pair)
