"""What stands round a passage: the sentences before and after, the question, and words cut off that change the sense.

A quote that starts or ends inside a sentence is sound. Where the words next to it are an "if", a "not" or "some say
that", and the article does not tell so in its own words, a reader should see them. Better silent than wrong: the words
have to touch the quote.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.checks.turns import same_speaker
from sayso.checks.words import PLAIN_APOSTROPHES
from sayso.documents import Span, Transcript, Turn
from sayso.reading.sentences import sentences_in
from sayso.verdicts import Context
from sayso.wordlists import read_rows

_DATA = Path(__file__).parent / "data"
_REACH = 700
"""Characters on each side of a passage in which its sentence is looked for."""
_AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|will|would|can|could|should|has|have|had"
    r"|(?:is|are|do|does|did|was|were|wo|would|ca|should|could|has|have)n't)\b"
)
_ASKS = re.compile(
    rf"\W*(?:[\w.'’]+(?: [\w.'’]+){{0,3}}, ){{0,2}}(?:(?:and|but|so|well|now|or)\b,?\s*)?"
    rf"(?:{_AUXILIARY}|(?:why|what|who|whom|whose|how|when|where|which)(?: \w+)?(?:'s|'re|\s+{_AUXILIARY}))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(rf"(?:{_AUXILIARY}|may|might|must|\w'(?:s|re|ll|ve|d|m)\b)", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:ask\w*|question\w*|wonder\w*)\b|\?", re.IGNORECASE)
_WH = re.compile(r"(?:what|who|whom|whose|how|why|where|when|which|whether|if)\b", re.IGNORECASE)
_POLITE = re.compile(r"(?:I|we) (?:can|may|might|could)\b|you (?:will|like|don't mind)\b", re.IGNORECASE)
"""What follows an "if" that sets no condition."""
_FEW = 3
"""Words of a quote below which the words next to it tell nothing of its sense."""
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)]*\s")
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_INTERJECTION = 4
_ASKING = 8
"""Words of a question before a quote that are shown."""


class Surroundings(NamedTuple):
    """What stands round a passage, in the transcript."""

    before: Span | None
    after: Span | None
    question: Span | None


def context_of(transcript: Transcript, passage: Span) -> Surroundings:
    """The sentence before and after a passage in its turn, and the question that was being answered.

    Where a passage begins or ends inside a sentence, it is the rest of that sentence.
    """
    turn = transcript.turn_at(passage.start)
    if turn is None:
        return Surroundings(None, None, None)
    last = transcript.turn_at(max(passage.end - 1, passage.start)) or turn
    sentences = _sentences(transcript, Span(turn.span.start, last.span.end), passage)
    before = after = None
    for number, sentence in enumerate(sentences):
        if sentence.start <= passage.start < sentence.end:
            before = _trimmed(transcript.text, Span(sentence.start, passage.start))
            if before is None and number:
                before = _trimmed(transcript.text, sentences[number - 1])
        if sentence.start < passage.end <= sentence.end or (after is None and sentence.start >= passage.end):
            after = _trimmed(transcript.text, Span(max(sentence.start, passage.end), sentence.end))
            if after is None and number + 1 < len(sentences):
                after = _trimmed(transcript.text, sentences[number + 1])
    return Surroundings(before, after, _question(transcript, turn))


def _sentences(transcript: Transcript, turn: Span, passage: Span) -> list[Span]:
    block = Span(max(turn.start, passage.start - _REACH), min(turn.end, passage.end + _REACH))
    text = transcript.text
    # The space between two sentences belongs to the second: a pattern that wants its beginning wants a word.
    return [
        Span(each.start + len(each.of(text)) - len(each.of(text).lstrip()), each.end)
        for each in sentences_in(text, block)
    ]


def _trimmed(text: str, span: Span) -> Span | None:
    """A span without the space and the stray marks round it; None if no word is left."""
    if not _LETTER.search(text, span.start, span.end):
        return None
    start, end = span
    while start < end and (text[start].isspace() or text[start] in '.,;:!?…—–-)]”’"'):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _question(transcript: Transcript, turn: Turn) -> Span | None:
    """The question turn before a speaker's turn, his own earlier turns and interjections passed over."""
    if turn.role == "question":
        return None
    turns = transcript.turns
    at = next((number for number, each in enumerate(turns) if each is turn), -1)
    found: Span | None = None
    for number in range(at - 1, -1, -1):
        other = turns[number]
        words = len(_WORD.findall(transcript.text, *other.span))
        if other.role == "question":
            if "?" in other.span.of(transcript.text):
                return other.span
            found = found or (other.span if words >= _INTERJECTION else None)
        elif other.role in ("editor", "audience") or words < _INTERJECTION:
            continue
        elif found is not None or not (other.speaker is not None and same_speaker(other, turn)):
            break
    return found


class _Pattern(NamedTuple):
    kind: str
    before: bool
    pattern: re.Pattern[str]
    unless: re.Pattern[str]


@cache
def _patterns() -> tuple[_Pattern, ...]:
    lists = [(f"{{{name}}}", entries) for name, entries in read_rows(_DATA / "context_words.tsv", heading=True)]
    found = []
    for kind, side, *expressions in read_rows(_DATA / "context.tsv", heading=True):
        for name, entries in lists:
            expressions = [each.replace(name, entries) for each in expressions]  # noqa: PLW2901
        pattern, unless = expressions
        whole = pattern if side == "after" else rf"(?:{pattern})[\s,:]*[\"“'‘]?$"
        found.append(_Pattern(kind, side == "before", re.compile(whole, re.I), re.compile(unless, re.I)))
    return tuple(found)


def cut_off(transcript: Transcript, passage: Span, text: str, quote: Span) -> list[Context]:
    """The words cut off next to a passage that change its sense, as far as the article's sentence does not say so.

    `text[quote]` is the quoted stretch in the article.
    """
    turn = transcript.turn_at(passage.start)
    if turn is None or len(_WORD.findall(text, *quote)) < _FEW:
        return []
    sentences = _sentences(transcript, turn.span, passage)
    first = next((each for each in sentences if each.start <= passage.start < each.end), None)
    last = next((each for each in sentences if each.start < passage.end <= each.end), first)
    if first is None or last is None:
        return []
    # Of a quote that goes on for sentences, a word or two at its edge carry no sense of their own.
    opens = len(_WORD.findall(transcript.text, passage.start, min(first.end, passage.end))) >= _FEW
    closes = len(_WORD.findall(transcript.text, max(last.start, passage.start), passage.end)) >= _FEW
    source = transcript.text.translate(PLAIN_APOSTROPHES) if not transcript.text.isascii() else transcript.text
    ahead, behind = source[first.start : passage.start], source[passage.end : last.end]
    around = _around(text, quote)
    found: list[Context] = []
    if opens and _LETTER.search(ahead):
        quoted = source[passage.start : passage.end]
        if _ASKS.match(ahead) and source[first.start : first.end].rstrip("\"') ").endswith("?"):
            told = "?" in text[quote.start : quote.end + 2] or _ASKED.search(around)
            if first == last and not told and _CLAUSE.search(quoted) and len(_WORD.findall(ahead)) <= _ASKING:
                start = first.start + len(ahead) - len(ahead.lstrip())
                found.append(Context("question", Span(start, first.start + len(ahead.rstrip()))))
        else:
            found += _before(ahead, first.start, quoted, around)
    if closes and _LETTER.search(behind):
        found += _after(behind, passage.end, around)
    return found


def _before(ahead: str, start: int, quoted: str, around: str) -> list[Context]:
    for kind, before, pattern, unless in _patterns():
        if not before or unless.search(around):
            continue
        found = pattern.search(ahead)
        if (
            found is None
            or (kind == "negation" and _WH.match(quoted))
            or (kind == "condition" and _POLITE.match(quoted))
        ):
            continue
        low, high = found.span("words") if "words" in pattern.groupindex else found.span()
        while low < high and ahead[low] in " ,;:—–-":
            low += 1
        high = len(ahead[:high].rstrip(' ,:"“'))
        return [Context(kind, Span(start + low, start + high))]
    return []


def _after(behind: str, end: int, around: str) -> list[Context]:
    for kind, before, pattern, unless in _patterns():
        if before or unless.search(around):
            continue
        found = pattern.match(behind)
        if found:
            low, high = found.span("words") if "words" in pattern.groupindex else found.span()
            while low < high and behind[low] in " ,;:—–-":
                low += 1
            return [Context(kind, Span(end + low, end + high))]
    return []


def _around(text: str, quote: Span) -> str:
    """The article's own words before and after a quote, as far as its sentence goes."""
    lead = text[max(0, quote.start - 200) : quote.start].translate(PLAIN_APOSTROPHES)
    stops = [found.end() for found in _SENTENCE_END.finditer(lead)]
    lead = lead[stops[-1] :] if stops else lead
    tail = text[quote.end : quote.end + 80].translate(PLAIN_APOSTROPHES)
    stop = _SENTENCE_END.search(tail, 3)
    return f"{lead} | {tail[: stop.start()] if stop else tail}"
