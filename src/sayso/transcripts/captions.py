"""WebVTT and SRT: cues joined into turns, by voice tags, by names in the words, or by dashes and arrows.

Captions that roll up repeat a line in the next cue; each is taken once. The timecodes are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from sayso.documents import OffsetMap, Source, Span, Timecode, Turn
from sayso.errors import EmptySource, UnreadableSource
from sayso.transcripts.cues import CueLine, Cues, read_cues
from sayso.transcripts.draft import Draft
from sayso.transcripts.labels import Candidate, read_label
from sayso.transcripts.places import Places
from sayso.transcripts.turning import role_of_name

_TITLE = re.compile(r"WEBVTT[ \t]*[-–—:]?[ \t]*(\S[^\n]*)")
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3})\b", re.MULTILINE)
_NOTE = re.compile(r"(?m)^NOTE\b[^\n]*(?:\n(?!\s*$)[^\n]*)*")
_ENDED = re.compile(r"[.!?…)\]\"”—–-]$")
_DASH = re.compile(r"[-–—][ \t]*(?=[^\s\d\-–—])")


def read_captions(source: Source) -> Draft:
    """The draft of a subtitle file. Raises UnreadableSource where it has no cue, EmptySource where they are empty."""
    cues = read_cues(source.text)
    if not cues.count:
        raise UnreadableSource(source.name, "there is no cue in it (a line such as 00:00:01.000 --> 00:00:04.000)")
    lines = _once(cues.lines)
    if not lines:
        raise EmptySource(source.name, "its cues have no words", "Give the subtitles in the language of the talk")
    voices = any(line.voice for line in lines)
    lines, sure = (lines, set[str]()) if voices else _label_once(lines)
    draft = _assemble(lines, source, voices=voices, sure=sure)
    assert draft.offsets
    places = Places(draft.offsets)
    words = [(places.after(origin), seconds) for origin, seconds in cues.codes]
    draft.timecodes += [Timecode(at, seconds) for at, seconds in words if at is not None]
    title = _TITLE.match(source.text.lstrip("\ufeff \r\n"))
    language = _LANGUAGE.search(cues.head)
    draft.title = title[1].strip() if title else None
    draft.language = language[1].lower() if language else None
    draft.warnings = _complaints(source.text, cues)
    draft.head = "\n".join(found.group() for found in _NOTE.finditer(source.text))
    return draft


def _complaints(text: str, cues: Cues) -> list[str]:
    found = []
    empty = cues.count - len({line.cue for line in cues.lines})
    if empty:
        found.append(f"{empty} of {cues.count} cues have no words of their own")
    if (
        "-->" in text
        and not text.lstrip("\ufeff \r\n").startswith("WEBVTT")
        and "," not in (text[: text.index("-->")][-12:])
    ):
        found.append("it has no WEBVTT line at its start and was read all the same")
    starts = [line.start_s for line in cues.lines]
    if any(later < earlier - 1 for earlier, later in pairwise(starts)):
        found.append("its timecodes do not always go forward")
    return found


def _once(lines: list[CueLine]) -> list[CueLine]:
    """The lines without those that a rolling caption shows again."""
    by_cue: dict[int, list[CueLine]] = {}
    for line in lines:
        by_cue.setdefault(line.cue, []).append(line)
    cues = list(by_cue.values())
    repeats = sum(
        1 for before, after in pairwise(cues)
        if _overlap(before, after) and (len(after) > 1 or len(before) > 1)
    )  # fmt: skip
    rolling = (repeats >= 2 and repeats * 10 >= len(cues) * 3) or (repeats >= 1 and len(cues) <= 4)
    found: list[CueLine] = []
    before: list[CueLine] = []
    for after in cues:
        together = bool(before) and after[0].start_s < before[-1].end_s - 0.001
        same = bool(before) and [each.text.text for each in before] == [each.text.text for each in after]
        again = _overlap(before, after) if rolling or (together and same) else 0
        fresh = after[again:]
        if rolling and fresh and found and not again:
            # "and so" grows into "and so we will": only what is new is added.
            grown, last = fresh[0], found[-1]
            if last.cue == before[-1].cue and grown.text.text.startswith(last.text.text + " "):
                cut = len(last.text.text) + 1
                fresh = [replace(grown, text=grown.text.slice(cut, len(grown.text.text))), *fresh[1:]]
        found += fresh
        before = after
    return found


def _overlap(before: list[CueLine], after: list[CueLine]) -> int:
    """How many lines at the start of a cue are the last ones of the cue before."""
    said, now = [each.text.text for each in before], [each.text.text for each in after]
    for count in range(min(len(said), len(now)), 0, -1):
        if said[-count:] == now[:count]:
            return count
    return 0


def _label_of(line: CueLine) -> Candidate | None:
    if ":" not in line.text.text:
        return None
    found = [each for each in read_label(line.text.text, 0, len(line.text.text)) if each.mark == "colon"]
    return found[0] if found else None


def _label_once(lines: list[CueLine]) -> tuple[list[CueLine], set[str]]:
    """Lines whose speaker is named anew in every cue, as meeting software does it: named once for each turn.

    Also the keys of those names, which are labels for sure.
    """
    labels = [_label_of(line) for line in lines]
    begins = [True, *(bool(_ENDED.search(line.text.text)) for line in lines)]
    named = sum(label is not None for label in labels)
    counts = Counter(label.key for label in labels if label)
    again = sum(one is not None and other is not None and one.key == other.key for one, other in pairwise(labels))
    if named * 2 < len({line.cue for line in lines}) or not again:
        return lines, set()
    sure = {
        label.key
        for label, begun in zip(labels, begins, strict=False)
        if label and (counts[label.key] > 1 or (label.shape != "word" and begun))
    }
    found: list[CueLine] = []
    current: str | None = None
    for line, label in zip(lines, labels, strict=True):
        if line.text.text.startswith((">>", "»")):
            current = label.key if label else None
        elif label and label.key in sure:
            if label.key == current and label.body < len(line.text.text):
                found.append(replace(line, text=line.text.slice(label.body, len(line.text.text))))
                continue
            current = label.key
        found.append(line)
    return found, sure


def _assemble(lines: list[CueLine], source: Source, *, voices: bool, sure: set[str]) -> Draft:
    """One text from the lines, a line break where the speaker may change; turns where voices tell them."""
    dashed = Counter(line.cue for line in lines if _DASH.match(line.text.text))
    texts: list[str] = []
    pieces = []
    turns: list[Turn] = []
    dashes: list[Span] = []
    labels: list[Span] = []
    codes: list[Timecode] = []
    length = 0
    voice: str | None = None
    for index, line in enumerate(lines):
        dash = _DASH.match(line.text.text) if dashed[line.cue] >= 2 else None
        changes = line.voice != voice if voices else _may_change(line) or dash is not None
        between = ("\n\n" if voices else "\n") if changes else " "
        if index:
            texts.append(between)
            length += len(between)
        span = Span(length, length + len(line.text.text))
        codes.append(Timecode(span.start, line.start_s))
        if sure and (label := _label_of(line)) and label.key in sure:
            labels.append(Span(span.start, span.start + label.span.end))
        if dash:
            dashes.append(Span(span.start, span.start + dash.end()))
        if voices:
            if changes or not turns:
                turns.append(Turn(span, line.voice, None, role_of_name(line.voice) if line.voice else "speaker"))
            else:
                turns[-1] = Turn(Span(turns[-1].span.start, span.end), line.voice, None, turns[-1].role)
        pieces += [piece._replace(start=piece.start + length) for piece in line.text.pieces]
        texts.append(line.text.text)
        length = span.end
        voice = line.voice
    return Draft(
        "".join(texts),
        source,
        OffsetMap(tuple(pieces)),
        turns=turns if voices else None,
        labels=labels,
        labels_only=bool(sure),
        dashes=dashes,
        timecodes=codes,
    )


def _may_change(line: CueLine) -> bool:
    return line.text.text.startswith((">>", "»")) or _label_of(line) is not None
