"""The clause round the cue of one attribution, read for its occasion.

Only adverbials of the saying count. They stand where the cue's clause leaves room for them: before the source, between
the parts, or after the last of them; never inside the content, and never in the clause of another attribution.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from sayso.documents import Span
from sayso.records import Attribution, Occasion
from sayso.statements.adverbials import Adverbials
from sayso.statements.dates import When, match_when
from sayso.statements.loose import clause_of_time
from sayso.statements.nounphrases import is_participle
from sayso.statements.nouns import WORDS, noun_classes, opening_pattern
from sayso.statements.phrases import read_adverbials
from sayso.statements.surroundings import Part, Surroundings
from sayso.wordlists import entries_of

_PLANS = re.compile(
    r"(?:plan|intend|want|hope|expect|wish|prepar|will\b|to\b|seek|agree|promis|vow|pledg)", re.IGNORECASE
)
_PASSIVE = re.compile(
    r"(?:was|were|been|being|is|are)\s+(?:\w+\s+)?(?:told|informed|warned|assured|reminded)\b|told$", re.IGNORECASE
)
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_NOUN_CUE = re.compile(r"(?:the|a|an|his|her|its|their|this|that)\s", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"\b(?:in|at|on|to|by|of|for|from|with|about|after|before|during|and|or|the|an?)\s*$", re.IGNORECASE
)
_TRAILING = " \t\n,;:.–—-"
_JOIN = re.compile(r"[\s,;:–—]*(?:(?:and|but|then|or|while|yet)\b[\s,]*)*", re.IGNORECASE)
_HEARER = re.compile(r"\s+(?:me|us|him|her|them|you)\b")
_STOP = re.compile(r"[:;]\s+")
_TAIL = re.compile(r",\s+(?P<word>[a-z]+)\s[^,;:.“”\"]*(?=,)")
_LOOSELY = re.compile(r"(?:as|while|until)\b", re.IGNORECASE)
"""Clauses that open a sentence for other reasons than to give the time."""
_QUESTION_END = re.compile(
    r",?\s+(?:but|while|and\s+(?:said|added)|adding|saying)\b|[“”\"«»]|,\s+and\b|;", re.IGNORECASE
)
_ASKED_BY = re.compile(
    r"(?:asked|pressed|questioned|challenged|interviewed)\s+by\s+(?P<who>[^,]{2,60}?)(?=\s+(?:about|whether|if|why|how|what|when|who|to|on|in|for)\b|,|$)",
    re.IGNORECASE,
)


class Clause:
    """The sentence round the cue of one attribution, with what of it is taken."""

    def __init__(self, surroundings: Surroundings, attribution: Attribution) -> None:
        self.text = surroundings.text
        self.surroundings = surroundings
        self.attribution = attribution
        self.occasion = Occasion()
        self.when: When | None = None
        cue = attribution.cue[0] if attribution.cue else None
        number = surroundings.sentences.number_at(cue.start) if cue else None
        self.region: Span | None = None
        if cue is None or number is None:
            return
        chain = surroundings.chain(attribution)
        mine = surroundings.number_of[attribution.id]
        region, self._parts = surroundings.near(number, mine)
        for part in self._parts:
            if part.number in chain and part.number != mine and not part.is_cue and part.span.contains(cue):
                region = Span(max(region.start, part.span.start), min(region.end, part.span.end))
        self.region = region
        self.subject = sorted(s for s in [*attribution.source, *attribution.cue] if s.overlaps(region))
        self.own = sorted(s for s in attribution.spans() if s.overlaps(region))
        others = [part.span for part in self._parts if part.number not in chain]
        self.taken = sorted({*self.own, *(span for span in others if span.overlaps(region))})
        self._taken_starts = [span.start for span in self.taken]

    def read(self) -> tuple[Occasion, When | None]:
        """The occasion, still without its date, and the dated adverbial that gives it."""
        if self.region is None:
            return self.occasion, None
        self._read_front(self.region)
        self._read_within_cue()
        self._read_gaps(self.region)
        self._read_joined()
        self.occasion.words.sort()
        self.occasion.question.sort()
        return self.occasion, self.when

    def _next_taken(self, at: int) -> int:
        """Where the next part of this or another attribution begins; the region's end if none does."""
        assert self.region is not None
        index = bisect_right(self._taken_starts, at - 1)
        return min(self._taken_starts[index], self.region.end) if index < len(self.taken) else self.region.end

    def _free(self, at: int) -> bool:
        return not any(span.start <= at < span.end for span in self.taken)

    def _note(self, found: Adverbials) -> None:
        occasion = self.occasion
        occasion.words += [span for span in found.spans if span not in occasion.words]
        self.when = self.when or found.when
        occasion.place = occasion.place or found.place
        occasion.medium = occasion.medium or found.medium
        occasion.addressee = occasion.addressee or found.addressee

    def _read_front(self, region: Span) -> None:
        """What stands before the source: it counts only if all of it is occasion, up to source or cue."""
        first = self.subject[0].start
        before = [span for span in self.own if span.end <= first]
        start = max([region.start, *(span.end for span in before)])
        if not before and self._read_opening(start, first):
            return
        start = max([start, *(span.end for span in self.taken if span.end <= first)])
        start = max([start, *(start + each.end() for each in _STOP.finditer(self.text[start:first]))])
        joined = _JOIN.match(self.text, start, first) if start > region.start else None
        at = self._past_connectives(joined.end() if joined else start, first)
        found = read_adverbials(self.text, at, first)
        tail = _TAIL.match(self.text, found.end, first) if found.spans else None
        if tail and is_participle(tail["word"]):
            found.spans[-1] = Span(found.spans[-1].start, tail.end())
            found.end = tail.end()
        if found.spans and not self.text[found.end : first].strip(" \t\n,"):
            # "In response to [a reader's query]": the phrase goes on into the source.
            if not _UNFINISHED.search(self.text, at, first):
                self._note(found)
        elif not self.attribution.source:
            self._read_told(at, first)

    def _read_opening(self, start: int, first: int) -> bool:
        """Reads what was asked, or where the speaker spoke, in a participle before the source and its comma."""
        at = self._past_connectives(start, first)
        leading = read_adverbials(self.text, at, first)
        opens = self._past_connectives(_past_comma(self.text, leading.end, first), first) if leading.spans else at
        words = self.text[opens:first]
        asked = opening_pattern("question").match(self.text, opens, first)
        scene = None if asked else opening_pattern("speaking").match(self.text, opens, first)
        time = None if asked or scene else clause_of_time(self.text, opens, first)
        if not (asked or scene or (time and not _LOOSELY.match(self.text, opens))):
            return False
        bare = len(words.split()) <= 3 and self.text[opens : opens + 4].lower() == "when"
        if not (words.rstrip().endswith(",") or bare):
            return False
        if any(part.is_cue and not self._subordinate(part, opens, first) for part in self._parts_between(opens, first)):
            return False
        phrase = Span(opens, opens + len(words.rstrip(_TRAILING)))
        if time:
            self.occasion.words.append(phrase)
        elif scene:
            inner = read_adverbials(self.text, scene.end(), phrase.end)
            if not inner.spans and scene.end() < phrase.end:
                return False
            inner.spans = [phrase]
            self._note(inner)
        else:
            self._note_question(phrase)
        self._note(leading)
        return True

    def _parts_between(self, start: int, end: int) -> list[Part]:
        return [part for part in self._parts if start <= part.span.start and part.span.end <= end]

    def _subordinate(self, part: Part, opens: int, first: int) -> bool:
        """Whether another attribution lies wholly inside the participle: its content ends by the comma, too."""
        other = self.surroundings.attributions[part.number]
        if any(span.start < opens or span.end > first for span in other.spans()):
            return False
        # "Asked about it, Quill said no, but Hale said yes": the comma after the question comes before Quill.
        start = min(other.spans()).start
        gap = self.text[opens:start]
        return not (gap.rstrip().endswith(",") and other.source and start == other.source[0].start)

    def _read_told(self, at: int, first: int) -> None:
        """Reads who was told in a passive: "[The staff] were told that ..."."""
        cue = " ".join(span.of(self.text) for span in self.attribution.cue)
        words = self.text[at:first].rstrip()
        if _PASSIVE.match(cue) and 1 <= len(words.split()) <= 4 and not re.search(r"[,;:]", words):
            stripped = words.lstrip()
            if noun_classes(stripped) & {"addressee", "forum"}:
                span = Span(at + len(words) - len(stripped), at + len(words))
                self.occasion.words.append(span)
                self.occasion.addressee = " ".join(stripped.split())

    def _read_within_cue(self) -> None:
        """Reads what the cue itself holds: "said in a statement", "told reporters"."""
        for cue in self.attribution.cue:
            text = cue.of(self.text)
            for found in re.finditer(r"(?<=\S)\s+", text):
                telling = text[: found.start()].rsplit(None, 1)[-1].lower() in _telling()
                read = read_adverbials(self.text, cue.start + found.end(), cue.end, telling=telling)
                if read.spans:
                    self._note(read)
                    break

    def _read_gaps(self, region: Span) -> None:
        """Reads what follows each part, as far as the next one."""
        attribution = self.attribution
        cues = attribution.cue
        last_cue = max(span.end for span in cues)
        for span in self.own:
            at = span.end
            if at >= region.end or not self._free(at):
                continue
            is_cue, is_source = span in attribution.cue, span in attribution.source
            after_content = not is_cue and not is_source
            if after_content and (span.start < last_cue or self._is_plan()):
                continue
            end = self._next_taken(at)
            if self._read_question(at, end, region) or (is_source and self._read_scene(at, end)):
                continue
            last = _LAST_WORD.search(self.text, span.start, span.end) if is_cue else None
            told = last is not None and last.group().lower() in _telling() and not _NOUN_CUE.match(span.of(self.text))
            told = (told or (is_cue and bool(_HEARER.match(self.text, at, end)))) and not self.occasion.addressee
            said = is_cue or (is_source and any(not self.text[cue.end : span.start].strip() for cue in cues))
            found = read_adverbials(
                self.text, at, end, telling=told, only_dates=after_content, loose=said and not self._is_plan()
            )
            self._note(found)
            if not self._read_question(max(found.end, at), end, region):
                self._read_time(max(found.end, at), end, region)
        self._read_before_cue(region)

    def _read_before_cue(self, region: Span) -> None:
        """Reads "and on Tuesday" between another clause and the cue of the same source."""
        start = self.attribution.cue[0].start
        before = [span.end for span in self.taken if span.end <= start]
        if not before or any(span.end == max(before) for span in self.own):
            return
        joined = re.compile(r"[\s,]*\b(?:and|but|then|yet)\b[\s,]*").match(self.text, max(before), start)
        if joined:
            found = read_adverbials(self.text, joined.end(), start)
            if found.spans and not self.text[found.end : start].strip(" \t\n,"):
                self._note(found)

    def _read_joined(self) -> None:
        """Reads the day of another act of one source: "declared war on Monday and asked for help"."""
        source, cue = self.attribution.source, self.attribution.cue[0]
        if self.occasion.words or not source or source[-1].end > cue.start:
            return
        at = source[-1].end
        gap = self.text[at : cue.start]
        joined = re.search(r"\s+(?:and|but)\s+(?:then\s+)?$", gap)
        if not joined or any(at <= span.start < cue.start for span in self.taken):
            return
        for word in re.finditer(r"(?<=\s)\w", gap[: joined.start()]):
            when = match_when(self.text, at + word.start(), cue.start)
            if when and when.end == at + joined.start():
                self.occasion.words.append(Span(at + word.start(), when.end))
                self.when = when
                return

    def _read_question(self, at: int, end: int, region: Span) -> bool:
        """Reads "when asked whether ..." after a part: to the next part of this attribution, or the clause's end."""
        opens = _past_comma(self.text, at, end)
        # "When asked about it" holds an attribution of its own, which ends the free stretch.
        if opens >= end or not opening_pattern("question").match(self.text, opens, region.end):
            return False
        limit = min([span.start for span in self.own if span.start >= opens], default=region.end)
        stop = _QUESTION_END.search(self.text, opens, limit)
        words = self.text[opens : stop.start() if stop else limit].rstrip(_TRAILING)
        self._note_question(Span(opens, opens + len(words)))
        return True

    def _read_time(self, at: int, end: int, region: Span) -> None:
        """Reads ", hours after a newspaper revealed it": a clause of time that another attribution goes on with."""
        opens = _past_comma(self.text, at, end)
        limit = min([span.start for span in self.own if span.start >= end], default=region.end)
        if opens >= end or end >= limit or clause_of_time(self.text, opens, end):
            return
        stop = clause_of_time(self.text, opens, limit, exact=True)
        if stop:
            self.occasion.words.append(Span(opens, stop))

    def _read_scene(self, at: int, end: int) -> bool:
        """Reads ", speaking in Lund," between source and cue."""
        opens = _past_comma(self.text, at, end)
        scene = opening_pattern("speaking").match(self.text, opens, end)
        words = self.text[opens:end].rstrip(_TRAILING)
        if not scene or not any(cue.start >= end for cue in self.attribution.cue):
            return False
        inner = read_adverbials(self.text, scene.end(), end)
        if inner.spans:
            inner.spans = [Span(opens, opens + len(words))]
            self._note(inner)
        return bool(inner.spans)

    def _note_question(self, phrase: Span) -> None:
        if phrase in self.occasion.words or phrase.end <= phrase.start:
            return
        self.occasion.words.append(phrase)
        self.occasion.question.append(phrase)
        self._read_asked_at(phrase)
        asked = _ASKED_BY.search(self.text, phrase.start, phrase.end)
        if asked and not self.occasion.addressee:
            self.occasion.addressee = asked["who"]

    def _read_asked_at(self, phrase: Span) -> None:
        """Takes down when and where a question was asked: "Asked about it at a briefing on Monday"."""
        for word in list(re.finditer(r"\b(?:in|at|on|during|before|after)\s", phrase.of(self.text)))[-4:]:
            read = read_adverbials(self.text, phrase.start + word.start(), phrase.end)
            if read.end == phrase.end and (read.medium or re.search(r"['’]s\s", phrase.of(self.text)[word.start() :])):
                self.when = self.when or read.when
                self.occasion.medium = self.occasion.medium or read.medium
                self.occasion.place = self.occasion.place or read.place
                return

    def _past_connectives(self, at: int, end: int) -> int:
        """Past "Meanwhile," and the like at the start of a sentence, and past white space."""
        while True:
            at += len(self.text[at:end]) - len(self.text[at:end].lstrip(' \t\n,"“‘«'))
            found = opening_pattern("connective").match(self.text, at, end)
            if not found:
                return at
            at = found.end()

    def _is_plan(self) -> bool:
        """Whether the cue tells of what is to come: the day after its content is that of the plan."""
        cue = self.attribution.cue[0].of(self.text)
        return self.attribution.act == "attitude" or bool(_PLANS.match(cue.removeprefix("is ").removeprefix("are ")))


@cache
def _telling() -> frozenset[str]:
    return frozenset(entries_of(WORDS, "telling"))


def _past_comma(text: str, at: int, end: int) -> int:
    """Past white space and at most one comma."""
    found = re.compile(r"\s*,?\s*").match(text, at, end)
    return found.end() if found else at
