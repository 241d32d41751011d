"""JSON: a text with its turns, or segments with speaker, words and times in the shapes that programs write.

Read by the names of the fields, not by the program: Whisper, Otter, Rev, Deepgram, AssemblyAI and our own form all
come down to a list of objects with words and, perhaps, a speaker and a start.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sayso.documents import OffsetMap, Piece, Source, Span, Timecode, Turn
from sayso.errors import EmptySource, UnreadableSource
from sayso.reading.dates import day_of, parse_published
from sayso.transcripts.directions import seconds_of
from sayso.transcripts.draft import Draft
from sayso.transcripts.jsonplaces import StringPlaces, exact_map
from sayso.transcripts.labels import read_label
from sayso.transcripts.turning import role_of_name

_WORDS = tuple("text content transcript utterance sentence speech line body value message words".split())
_SPEAKER = tuple(
    "speaker speaker_name speakerName name speaker_label speakerLabel speakerId speaker_id who author from label role"
    " user".split()
)  # fmt: skip
_START = tuple(
    "start start_time startTime begin start_s start_ms startMs timestamp time ts offset startOffset".split()
)  # fmt: skip
_LISTS = tuple(
    "segments turns utterances transcript monologues paragraphs entries captions results dialogue dialog speech"
    " messages items sentences blocks data body content".split()
)
_LONGEST_S = 24 * 3600
_ADVICE = "Give a list of objects with 'speaker' and 'text', or an object with 'text'"


@dataclass(slots=True)
class _Segment:
    words: str
    speaker: str | None
    start: float | None


def read_json(source: Source) -> Draft:
    """The draft of a JSON file. Raises UnreadableSource where it is damaged or holds no transcript."""
    try:
        data = json.loads(source.text, strict=False)
    except (ValueError, RecursionError) as error:
        reason = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "it nests too deep"
        raise UnreadableSource(source.name, f"it is no sound JSON ({reason})", "Save it again") from None
    facts = data if isinstance(data, dict) else {}
    draft = _with_offsets(source, facts) or _with_segments(source, data) or _with_text(source, facts)
    if draft is None:
        raise UnreadableSource(source.name, "it is JSON without a transcript in it", _ADVICE)
    if not draft.text.strip():
        raise EmptySource(source.name, "there are no words in it", _ADVICE)
    draft.title = draft.title or _plain(facts.get("title") or facts.get("name"))
    draft.date = day_of(parse_published(facts.get("date") or facts.get("published") or facts.get("created_at")))
    url = facts.get("url") or facts.get("source_url")
    draft.url = url if isinstance(url, str) and url.startswith(("http://", "https://")) else None
    language = facts.get("language")
    draft.language = (
        language[:2].lower() if isinstance(language, str) and re.match(r"[A-Za-z]{2}\b", language) else None
    )
    return draft


def _plain(value: Any) -> str | None:
    """A title without the escapes and folded lines that it may have been saved with."""
    if not isinstance(value, str) or not value.strip():
        return None
    whole = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), value)
    whole = re.sub(r"\\\n\s*\\?", "", whole).replace("\\_", " ").replace("\\", "")
    whole = re.sub("[\ud800-\udfff]", "\ufffd", whole)
    return " ".join(whole.replace("\u2060", "").split())


def _with_offsets(source: Source, facts: dict[str, Any]) -> Draft | None:
    """A text whose turns are given by their offsets in it."""
    text, given = facts.get("text"), facts.get("turns")
    if not isinstance(text, str) or not isinstance(given, list) or not given:
        return None
    turns: list[Turn] = []
    last = 0
    for each in given:
        if isinstance(each, dict):
            start, end = each.get("start"), each.get("end")
            if isinstance(each.get("span"), list) and len(each["span"]) == 2:
                start, end = each["span"]
            name = next((each[key] for key in _SPEAKER if isinstance(each.get(key), str)), None)
        elif isinstance(each, list) and len(each) >= 2:
            start, end = each[:2]
            name = each[2] if len(each) > 2 and isinstance(each[2], str) else None
        else:
            return None
        if not (type(start) is int and type(end) is int and last <= start <= end <= len(text)):
            return None
        if text[start:end].strip():
            between = text[last:start]
            label = Span(last + len(between) - len(between.lstrip()), last + len(between.rstrip()))
            role = role_of_name(name) if name else "editor"
            turns.append(Turn(Span(start, end), name or None, label if label.start < label.end else None, role))
        last = end
    if not turns:
        return None
    clean = re.sub("[\ud800-\udfff]", "\ufffd", text)
    # Turns without any speaker tell nothing: headings and labels are looked for as in any text.
    told = any(turn.speaker for turn in turns)
    return Draft(clean, source, exact_map(source.text, text), turns=turns if told else None)


def _with_text(source: Source, facts: dict[str, Any]) -> Draft | None:
    """A text in which the labels are still to be found."""
    for key in _WORDS:
        text = facts.get(key)
        if isinstance(text, str) and text.strip():
            clean = re.sub("[\ud800-\udfff]", "\ufffd", text)
            if "\r" in clean:
                return Draft(clean.replace("\r\n", "\n").replace("\r", "\n"), source, OffsetMap(()))
            return Draft(clean, source, exact_map(source.text, text))
    nested = next((facts[key] for key in _LISTS if isinstance(facts.get(key), dict)), None)
    return _with_text(source, nested) if nested else None


def _with_segments(source: Source, data: Any) -> Draft | None:
    names = _names(data)
    segments = _segments(data, names, 0)
    if not segments:
        return None
    speaks = any(each.speaker for each in segments)
    places = StringPlaces(source.text)
    texts: list[str] = []
    pieces: list[Piece] = []
    turns: list[Turn] = []
    codes: list[Timecode] = []
    length = 0
    for segment in segments:
        mapped = places.next(segment.words)
        if not mapped.text:
            continue
        same = bool(turns) and turns[-1].speaker == segment.speaker
        if texts:
            between = " " if (same if speaks else not _may_be_labelled(mapped.text)) else "\n\n"
            texts.append(between)
            length += len(between)
        span = Span(length, length + len(mapped.text))
        if segment.start is not None:
            codes.append(Timecode(span.start, segment.start))
        if same:
            turns[-1] = Turn(Span(turns[-1].span.start, span.end), segment.speaker, None, turns[-1].role)
        else:
            role = role_of_name(segment.speaker) if segment.speaker else "speaker"
            turns.append(Turn(span, segment.speaker, None, role))
        pieces += [piece._replace(start=piece.start + length) for piece in mapped.pieces]
        texts.append(mapped.text)
        length = span.end
    if not texts:
        return None
    if codes and (codes[-1].seconds > _LONGEST_S or _too_slow(codes, length)):
        codes = [Timecode(code.offset, code.seconds / 1000) for code in codes]
    text = "".join(texts)
    return Draft(text, source, OffsetMap(tuple(pieces)), turns=turns if speaks else None, timecodes=codes)


def _too_slow(codes: list[Timecode], length: int) -> bool:
    """Whether times are milliseconds: nobody says less than a character in two seconds for long."""
    return len(codes) > 1 and codes[-1].seconds - codes[0].seconds > 2 * length


def _may_be_labelled(text: str) -> bool:
    return any(each.mark in ("colon", "arrows") for each in read_label(text, 0, len(text)))


def _names(data: Any) -> dict[str, str]:
    """Names of speakers that a file keeps apart from what they say, by their number or key."""
    given = data.get("speakers") if isinstance(data, dict) else None
    found: dict[str, str] = {}
    if isinstance(given, dict):
        found = {str(key): name for key, name in given.items() if isinstance(name, str)}
    elif isinstance(given, list):
        for number, each in enumerate(given):
            if isinstance(each, dict) and isinstance(each.get("name"), str):
                found[str(each.get("id", number))] = each["name"]
    return found


def _segments(data: Any, names: dict[str, str], depth: int) -> list[_Segment]:
    """The segments of the first list of objects with words that is found, from the outside in."""
    if depth > 6:
        return []
    if isinstance(data, list):
        found = [_segment(each, names) for each in data]
        if found and all(each is not None for each in found):
            return [each for each in found if each]
        if data and isinstance(data[0], (dict, list)) and len(data) <= 4:
            return _segments(data[0], names, depth + 1)
        sound = [each for each in found if each]
        return sound if len(sound) * 2 > len(data) else []
    if isinstance(data, dict):
        for key in _LISTS:
            if isinstance(data.get(key), (list, dict)) and (inner := _segments(data[key], names, depth + 1)):
                return inner
    return []


def _segment(each: Any, names: dict[str, str]) -> _Segment | None:
    if not isinstance(each, dict):
        return None
    words: str | None = None
    elements = each.get("elements")
    if isinstance(elements, list):
        # Rev: a monologue's words and punctuation, one object each.
        words = "".join(str(part.get("value", "")) for part in elements if isinstance(part, dict))
        timed = next((part.get("ts") for part in elements if isinstance(part, dict) and "ts" in part), None)
        each = {**each, "start": timed}
    for key in _WORDS:
        if words is None and isinstance(each.get(key), str):
            words = each[key]
    if words is None:
        return None
    return _Segment(words, _speaker(each, names), _start(each))


def _speaker(each: dict[str, Any], names: dict[str, str]) -> str | None:
    for key in _SPEAKER:
        value = each.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("id")
        if isinstance(value, bool) or not isinstance(value, (int, str)) or not str(value).strip(" :"):
            continue
        name = " ".join(names.get(str(value), str(value)).strip(" :").split())
        return f"Speaker {name}" if name.isdigit() or (len(name) == 1 and name not in "QA") else name
    return None


def _start(each: dict[str, Any]) -> float | None:
    for key in _START:
        value = each.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str):
            code = seconds_of(value)
            number = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)s?", value)
            value = code if code is not None else float(number[1]) if number else None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e12:
            return value / 1000 if key.lower().endswith("ms") else float(value)
    return None
