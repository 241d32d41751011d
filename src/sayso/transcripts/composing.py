"""From a format's draft to a `Transcript`: turns, directions, corrections, and what it says of itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sayso.documents import Source, Span, Timecode, Transcript, Turn
from sayso.errors import EmptySource, TooLarge
from sayso.reading.language import language_of
from sayso.reading.limits import Limits
from sayso.transcripts import heading
from sayso.transcripts.choosing import choose, name_words
from sayso.transcripts.corrections import find_corrections
from sayso.transcripts.directions import Bracket, bare_directions, find_brackets
from sayso.transcripts.draft import Draft
from sayso.transcripts.labels import Candidate, read_label, unnamed
from sayso.transcripts.turning import labelled, mark_interpreted, unlabelled

_LINE = re.compile(r"[^\n\u2028\u2029]+")
_ENDED = re.compile(r"[.!?:;…)\]\"”’—–\-*_>~]\s*$")
_BEFORE_LABEL = re.compile(r"[ \t]*(?:\\?[(\[][^()\[\]\n]{2,60}[)\]][ \t]*){1,3}")
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
    codes += [Timecode(each.span.end, each.seconds) for each in brackets if each.seconds is not None]
    transcript.timecodes = _ordered([*draft.timecodes, *codes])
    _heading(transcript, draft, name, given)
    return transcript


def _turns(draft: Draft, transcript: Transcript, brackets: list[Bracket]) -> tuple[list[Turn], list[Timecode]]:
    if draft.turns is not None:
        return draft.turns, []
    text = draft.text
    lines = [Span(*found.span()) for found in _LINE.finditer(text) if found.group().strip()]
    labels = choose(text, list(candidates(text, lines, draft)), first=_first(text, lines))
    if not labels:
        from sayso.transcripts.unnamed import dashed, questions_in_bold

        found = questions_in_bold(text, draft.bold) or dashed(text, lines)
        if found:
            return found, []
        turns = unlabelled(text)
        transcript.warnings.append(NO_SPEAKERS)
        return turns, []
    labels = _with_inline(text, labels)
    for label in labels:
        _swallow_repeat(text, label)
    codes = [Timecode(label.body, label.seconds) for label in labels if label.seconds is not None]
    return labelled(text, labels), codes


def _first(text: str, lines: list[Span]) -> Span | None:
    return lines[0] if lines else None


def candidates(text: str, lines: list[Span], draft: Draft) -> Iterator[Candidate]:
    """Everything at the start of a line that may be a label."""
    bold = {span.start: span for span in draft.bold}
    names = {span.start: span for span in draft.labels}
    before: Span | None = None
    numbers = {span.start: span.end for span in draft.unsaid}
    for whole in lines:
        line = whole
        if numbers:
            at = whole.start + len(whole.of(text)) - len(whole.of(text).lstrip())
            line = Span(numbers.get(at, whole.start), whole.end)
        opens = before is None or _opens(text, before, line)
        start = line.start
        found = read_label(text, start, line.end, opens=opens)
        if not found and (skipped := _BEFORE_LABEL.match(text, start, line.end)):
            found = read_label(text, skipped.end(), line.end, opens=opens)
        at = start
        while at < line.end and text[at] in " \t":
            at += 1
        marked = names.get(at) or bold.get(at)
        if marked and marked.end <= line.end:
            found = _marked(text, line, marked, found, opens=opens)
        yield from found
        before = line
    for mark in draft.dashes:
        yield unnamed(mark, text, len(text))


def _marked(text: str, line: Span, marked: Span, found: list[Candidate], *, opens: bool) -> list[Candidate]:
    """The candidates of a line that begins in bold, or with what the format calls a speaker's name."""
    for each in found:
        if each.mark != "colon" or each.span.end <= marked.end + 2:
            each.bold = each.letters = True
    if any(each.bold for each in found) or marked.end - marked.start > 120:
        return found
    alone = read_label(text, line.start, marked.end, opens=opens)
    for each in alone:
        each.mark, each.bold = "bold", True
        each.span = Span(each.span.start, marked.end)
        each.body = max(each.body, marked.end)
        while each.body < line.end and text[each.body] in " \t:.–—-":
            each.body += 1
    return [*found, *alone]


def _opens(text: str, upper: Span, lower: Span) -> bool:
    """Whether a line begins a paragraph: after a blank line, or where the line above had come to an end."""
    if text.count("\n", upper.end, lower.start) > 1:
        return True
    return bool(_ENDED.search(text, max(upper.start, upper.end - 4), upper.end)) or upper.end - upper.start < 60


def _with_inline(text: str, labels: list[Candidate]) -> list[Candidate]:
    """Also the labels in capitals that stand inside a paragraph, of speakers who are known by then."""
    known = {each.key: each for each in labels if each.mark == "colon" and each.name.isupper() and len(each.key) > 1}
    if not known:
        return labels
    names = sorted({each.name for each in known.values()}, key=len, reverse=True)
    inline = re.compile(rf"(?<=[.?!)\]\"”—-])[ \t]+(?P<label>(?:{'|'.join(map(re.escape, names))}):)[ \t]")
    starts = [each.span.start for each in labels]
    taken = set(starts)
    added = []
    for found in inline.finditer(text):
        start = found.start("label")
        if start in taken or any(
            each.span.start <= start < each.body for each in labels[max(0, _at(starts, start) - 1) :][:1]
        ):
            continue
        label = read_label(text, start, found.end())
        added += [each for each in label[:1] if each.key in known]
    return sorted([*labels, *added], key=lambda each: each.span.start) if added else labels


def _at(starts: list[int], offset: int) -> int:
    from bisect import bisect_right

    return bisect_right(starts, offset)


def _swallow_repeat(text: str, label: Candidate) -> None:
    """Takes a label that is written twice ("LUND: Lund: Well") as one."""
    end = text.find("\n", label.body)
    end = len(text) if end < 0 else end
    for again in read_label(text, label.body, end)[:1]:
        if again.mark == "colon" and name_words(again.key)[-1] == name_words(label.key)[-1]:
            label.body = again.body
            label.span = Span(label.span.start, again.span.end)


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
        given.date or draft.date or heading.date_in("\n".join([transcript.title or "", front[:1500]]))
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
