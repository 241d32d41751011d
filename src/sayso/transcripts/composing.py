"""From a format's draft to a `Transcript`: turns, directions, corrections, and what it says of itself."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from sayso.documents import Source, Span, Timecode, Transcript, Turn
from sayso.errors import EmptySource, TooLarge
from sayso.reading.language import language_of
from sayso.reading.limits import Limits
from sayso.transcripts import heading
from sayso.transcripts.corrections import find_corrections
from sayso.transcripts.directions import Bracket, bare_directions, find_brackets
from sayso.transcripts.draft import Draft
from sayso.transcripts.edges import unlabelled
from sayso.transcripts.finding import find_labels
from sayso.transcripts.interpreting import mark_interpreted
from sayso.transcripts.turning import labelled

_LINE = re.compile(r"[^\n\u2028\u2029]+")
_SPACE = re.compile(r"\s*")
NO_SPEAKERS = "no speakers were found: it is read as one turn of nobody in particular"


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller said about a transcript."""

    date: date | None = None
    url: str | None = None
    limits: Limits = Limits()  # noqa: RUF009 - it is frozen


def compose_transcript(draft: Draft, name: str, given: Given) -> Transcript:
    """The transcript of a draft. Raises EmptySource where it has no letter, TooLarge past the limits."""
    text = draft.text
    if not any(map(str.isalpha, text)):
        raise EmptySource(name, "there is no text in it", "Give a file with a transcript in it")
    if len(text) > given.limits.max_characters:
        raise TooLarge(
            name,
            f"the text has {len(text):,} characters, over the limit of {given.limits.max_characters:,}",
            "Split it by sessions or days",
        )
    brackets = list(find_brackets(text))
    transcript = Transcript(
        id="t" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        text=text,
        source=draft.source or Source(name, text),
        offsets=draft.offsets,
        title=draft.title,
        url=draft.url or given.url,
        language=draft.language,
        warnings=[*(draft.source.notes if draft.source else ()), *draft.warnings],
    )
    turns, codes = _turns(draft, transcript, brackets)
    transcript.turns = mark_interpreted(text, turns, brackets)
    _directions(transcript, draft, brackets)
    inserts = [each for each in brackets if each.kind == "insert"]
    transcript.corrections, transcript.inserts = find_corrections(
        text, inserts, struck=draft.struck, inserted=draft.inserted
    )
    said = {each.span for each in brackets} & set(transcript.directions)
    codes += [
        Timecode(each.span.end, each.seconds) for each in brackets if each.span in said and each.seconds is not None
    ]
    transcript.timecodes = _ordered([*draft.timecodes, *codes])
    _heading(transcript, draft, name, given)
    return transcript


def _turns(draft: Draft, transcript: Transcript, brackets: list[Bracket]) -> tuple[list[Turn], list[Timecode]]:
    if draft.turns is not None:
        return draft.turns, []
    text = draft.text
    lines = [Span(*found.span()) for found in _LINE.finditer(text) if found.group().strip()]
    labels = find_labels(text, lines, draft)
    if not labels:
        from sayso.transcripts.unnamed import dashed, questions_in_bold

        found = questions_in_bold(text, draft.bold) or dashed(text, lines)
        if found:
            return found, []
        turns = unlabelled(text)
        transcript.warnings.append(NO_SPEAKERS)
        return turns, []
    codes = [
        Timecode(_SPACE.match(text, label.body).end(), label.seconds)  # type: ignore[union-attr]
        for label in labels
        if label.seconds is not None
    ]
    return labelled(text, labels), codes


def _directions(transcript: Transcript, draft: Draft, brackets: list[Bracket]) -> None:
    """Directions and gaps, those that lie inside turns."""
    text, turns = transcript.text, transcript.turns
    found = {each.span: each.kind == "gap" for each in brackets if each.kind != "insert"}
    for span in (*bare_directions(text), *draft.unsaid):
        found.setdefault(span, False)
    at = 0
    last = -1
    for span in sorted(found):
        while at < len(turns) and turns[at].span.end <= span.start:
            at += 1
        if at == len(turns):
            break
        if span.start < last or not turns[at].span.contains(span):
            continue
        transcript.directions.append(span)
        last = span.end
        if found[span]:
            transcript.gaps.append(span)


def _ordered(codes: list[Timecode]) -> list[Timecode]:
    """Timecodes in text order, one at a place."""
    found: list[Timecode] = []
    for code in sorted(codes, key=lambda each: each.offset):
        if not found or code.offset > found[-1].offset:
            found.append(code)
    return found


def _heading(transcript: Transcript, draft: Draft, name: str, given: Given) -> None:
    text = transcript.text
    heads = heading.heads_of(transcript)
    if transcript.turns and transcript.turns[0].role != "editor" and draft.turns is None:
        first = text[: text.find("\n") if "\n" in text else 0]
        heads = [Span(0, len(first)), *heads] if len(first.split()) <= 12 else heads
    front = heads[0].of(text) if heads and heads[0].start < 2000 else ""
    transcript.title = transcript.title or heading.title_of(front)
    around = [transcript.title or "", draft.head, *(span.of(text) for span in heads)]
    transcript.version = heading.version_of(around)
    transcript.partial = heading.partial_in(text, heads)
    if transcript.partial is None and any(heading.says_partial(each) for each in around[:2]):
        transcript.warnings.append("its title or a note says that it is not the whole")
        transcript.partial = Span(0, 0)
    if heading.is_translation(around):
        transcript.warnings.append("it says that it is a translation: its words are not the speakers' own")
    transcript.date = (
        given.date
        or draft.date
        or heading.date_in("\n".join([transcript.title or "", front[:1500], draft.head[:1500]]))
        or heading.date_in_name(transcript.url or name)
    )  # fmt: skip
    speakers = {turn.speaker for turn in transcript.turns if turn.role != "editor"}
    if speakers == {None} and transcript.title and (speaker := heading.speaker_in(transcript.title)):
        transcript.turns = [
            Turn(turn.span, speaker, turn.label, turn.role, turn.interpreted) if turn.role == "speaker" else turn
            for turn in transcript.turns
        ]
        transcript.warnings = [each for each in transcript.warnings if each != NO_SPEAKERS]
    said = " ".join(turn.span.of(text)[:2000] for turn in transcript.turns[:40] if turn.role != "editor")
    transcript.language = language_of(said) or transcript.language or "en"
    if transcript.language != "en":
        transcript.warnings.append(f"the language looks like '{transcript.language}'; quotes are compared in English")
