"""The trace of one utterance: its wordings side by side, where each was first, how many tell it on their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from sayso.archive.days import day_number
from sayso.archive.keeping.copies import Text, fold
from sayso.archive.people.meant import speakers_named
from sayso.archive.stores.base import Store
from sayso.archive.tracing.candidates import MOST
from sayso.archive.tracing.cutting import cut_at, cut_to
from sayso.archive.tracing.differing import beside, covered, senses_of
from sayso.archive.tracing.disputes import disputes_of
from sayso.archive.tracing.forms import Occurrence, Source, Trace, Utterance, Wording
from sayso.archive.tracing.gathering import Gathered, Gatherer
from sayso.archive.tracing.members import OTHER_WORDS, Member
from sayso.archive.tracing.overlap import worded
from sayso.archive.tracing.rows import Told, read_told, speakers_around
from sayso.archive.tracing.sources import Sources, find_sources, rank_of
from sayso.documents import Span
from sayso.errors import NoSuchEntry
from sayso.verdicts import QuoteVerdict

_NEAREST = 5
DAYS_AFTER = 7
"""Days after an article on which a transcript of what it tells may be dated: by its publication."""
_MOST_VERDICTS = 40
"""Wordings that are checked against a transcript."""
_MOST_VOICES = 3
"""Speakers with whom a wording is checked."""
_MOST_PLACED = 4
"""And that are looked for in it where the words asked for are not there."""


def trace(
    store: Store,
    words: str = "",
    *,
    statement: int | None = None,
    speaker: str | int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Trace:
    """One utterance through every article that carries it, by some of its words or by a statement that tells it.

    `speaker` (a name or an id) and days of publication, both included, leave out what is not of them. Nothing found is
    a trace without wordings, which says so in `notes` and names the nearest there is.

    Raises NoSuchEntry where there is no such statement.
    """
    with store.reading() as connection:
        asked, notes = _asked(connection, words, statement), list[str]()
        voices: set[int] | None = None
        if speaker is not None:
            ids, note = speakers_named(connection, f"#{speaker}" if isinstance(speaker, int) else speaker)
            voices = set(ids)
            notes += [note] if note else []
        first = None if since is None else day_number(since)
        last = None if until is None else day_number(until)

        def allowed(told: Told) -> bool:
            if voices is not None and told.occurrence.speaker not in voices:
                return False
            if first is None and last is None:
                return True
            return told.day is not None and (first is None or told.day >= first) and (last is None or told.day <= last)

        keys = (f"speaker{next(iter(voices))}",) if voices is not None and len(voices) == 1 else ()
        gatherer = Gatherer(store, connection, asked, allowed)
        found = gatherer.gather(keys=keys)
        told = Trace(asked.text, asked.text, notes=notes)
        if not found.members:
            return _nothing(told, gatherer)
        return _told(store, connection, told, found)


def _asked(connection: Connection, words: str, statement: int | None) -> Utterance:
    if statement is None:
        return Utterance(words)
    tolds = read_told(connection, [statement])
    if not tolds:
        raise NoSuchEntry("statement", str(statement), advice="Statements of an older version are gone: search again")
    own = tolds[0].utterances()
    if not words:
        return own[0]
    return replace(next((each for each in own if words in each.text), own[0]), text=words)


def _nothing(told: Trace, gatherer: Gatherer) -> Trace:
    near = gatherer.nearest(_NEAREST)
    told.nearest = [each.occurrence for each in near]
    told.nearest_texts = [each.texts[0] for each in near]
    told.notes.append(
        "No statement has these words or says much the same"
        + (f"; the nearest {'is' if len(near) == 1 else 'are'} something else" if near else "")
    )
    return told


def _told(store: Store, connection: Connection, told: Trace, found: Gathered) -> Trace:
    members = sorted(found.members.values(), key=lambda each: _order(each.told.occurrence))
    occurrences = _occurrences(connection, members)
    earliest = _reference(members)
    told.reference = earliest.said.text
    sources = find_sources(store, connection, found.asked, until=_latest(members))
    if sources is not None:
        told.source = _source(connection, sources, found.asked, earliest, members)
        told.reference = told.source.text if told.source is not None else told.reference
    for each in members:
        each.cut = cut_to(each.utterance, told.reference) or each.cut if each.link.kind not in OTHER_WORDS else each.cut
    wordings = _wordings(members, occurrences)
    told.wordings = [wording for wording, _ in wordings]
    for wording, group in wordings:
        _compare(wording, group[0], told.reference)
    if sources is not None and told.source is not None:
        for wording, group in wordings[:_MOST_VERDICTS]:
            _check(sources, wording, group)
        if len(wordings) > _MOST_VERDICTS:
            told.notes.append(f"Only the first {_MOST_VERDICTS} wordings were checked against the transcript")
    told.first = told.wordings[0].first
    told.witnesses = len({each.copy_of or each.article for each in occurrences.values()})
    told.disputes = disputes_of(connection, found.members)
    if found.more:
        told.notes.append(
            f"Only the {MOST} likeliest statements were compared: name a speaker or days to see the others"
        )
    if found.others:
        told.notes.append(_others(found.others))
    return told


def _check(sources: Sources, wording: Wording, group: Sequence[Member]) -> None:
    """Gives a wording its verdict, and an occurrence its own where another speaker makes it another one."""
    voices = list(dict.fromkeys(each.speaker_name for each in wording.occurrences))[:_MOST_VOICES]
    said = {each.utterance.speaker_name: each for each in reversed(group)}
    verdicts: dict[str | None, QuoteVerdict] = {}
    for voice in voices:
        checked = sources.verdict(said[voice].utterance, group[0].cut)
        if checked is not None:
            verdicts[voice] = checked.verdict
    if not verdicts:
        return
    wording.verdict = min(verdicts.values(), key=lambda each: rank_of(each.value))
    wording.occurrences = [
        replace(each, verdict=verdicts[each.speaker_name].value, doubt=verdicts[each.speaker_name].doubt)
        if each.speaker_name in verdicts and verdicts[each.speaker_name].value != wording.verdict.value
        else each
        for each in wording.occurrences
    ]
    wording.first = wording.occurrences[0]


def _source(
    connection: Connection, sources: Sources, asked: str, earliest: Member, members: Sequence[Member]
) -> Source | None:
    """Where what is asked for was said: as it is asked, else as the fullest wordings have it.

    None where none of the transcripts is of the occasion: then they say nothing about it.
    """
    speaker = replace(earliest.utterance, text=asked, quoted=True)
    first = sources.verdict(speaker, cut_at(speaker, [Span(0, len(asked))]))
    place = None if first is None else sources.place(first, connection)
    literal = any(each.link.kind not in OTHER_WORDS for each in members)
    # Where no article has the words, a stretch of a transcript that has some of them was not what was asked for.
    if first is not None and place is not None and (literal or first.verdict.value != "altered"):
        return place
    told = sorted(
        (each for each in members if each.said.quoted and each.link.kind not in OTHER_WORDS),
        key=lambda each: (each is not earliest, -len(each.said.text)),
    )
    texts = set[str]()
    for each in told:
        if each.said.text in texts or len(texts) == _MOST_PLACED:
            continue
        texts.add(each.said.text)
        checked = sources.verdict(each.utterance, each.cut)
        place = None if checked is None else sources.place(checked, connection)
        if place is not None:
            return place
    return None


def _latest(members: Sequence[Member]) -> int | None:
    """The last day on which what they print can have been said, as transcripts are dated; None where one has no day."""
    days = [each.told.day for each in members if each.told.day is not None]
    return max(days) + DAYS_AFTER if len(days) == len(members) else None


def _order(each: Occurrence) -> tuple[str, int]:
    return each.published or "9", each.statement


def _reference(members: Sequence[Member]) -> Member:
    """The earliest of those that have most of what is asked for, a quoted one where there is one."""
    literal = [each for each in members if each.link.kind not in OTHER_WORDS]
    quoted = [each for each in literal or members if each.said.quoted] or literal or list(members)
    full = [each.link.score * len(worded(each.said.text).keys) for each in quoted]
    return next(each for each, size in zip(quoted, full, strict=True) if size >= 0.8 * max(full))


def _occurrences(connection: Connection, members: Sequence[Member]) -> dict[int, Occurrence]:
    """By statement: where it stands, through whom, and of which article that one is a copy."""
    chains = speakers_around(connection, [each.told for each in members])
    copies = _copies(members)
    return {
        each.told.occurrence.statement: replace(
            each.told.occurrence,
            via=chains.get(each.told.occurrence.statement, ()),
            copy_of=copies.get(each.told.occurrence.article),
        )
        for each in members
    }


def _copies(members: Sequence[Member]) -> dict[int, int]:
    """By article, the one that it is a copy of."""
    texts = {
        each.told.occurrence.article: Text(
            each.told.occurrence.article,
            each.told.signature,
            each.told.words,
            each.told.occurrence.published or "9",
            each.told.agency,
        )
        for each in members
        if each.told.signature
    }
    witnesses = fold(list(texts.values()))
    return {text.article: witness[0].article for witness in witnesses for text in witness[1:]}


def _wordings(members: Sequence[Member], occurrences: dict[int, Occurrence]) -> list[tuple[Wording, list[Member]]]:
    """The members with the same words together, the first published first; a quotation apart from a report."""
    same: dict[tuple[object, ...], list[Member]] = defaultdict(list)
    for each in members:
        same[bool(each.cut.quoted), *worded(each.cut.text).keys].append(each)
    wordings = []
    for group in same.values():
        shown = group[0]
        where = [occurrences[each.told.occurrence.statement] for each in group]
        wording = Wording(
            shown.cut.text,
            shown.link.kind,
            max(each.link.score for each in group),
            shown.link.reason,
            where,
            len({each.copy_of or each.article for each in where}),
            where[0],
            whole=shown.utterance.text,
            stretch=shown.cut.spans,
            quoted=bool(shown.cut.quoted),
        )
        wordings.append((wording, group))
    return wordings


def _compare(wording: Wording, member: Member, reference: str) -> None:
    """Says how a wording stands to the reference."""
    wording.covers = covered(wording.text, reference)
    if member.link.kind in OTHER_WORDS:
        wording.kind = "translated" if member.cut.quoted else "paraphrased"
        return
    if not member.cut.quoted:
        # What a paper tells in its own words, it may: no word of it is altered.
        wording.kind = "reported"
        return
    wording.kind, judgement = beside(wording.text, member.cut.quoted, reference)
    if judgement is not None:
        wording.differences, wording.reverses = judgement.differences, senses_of(judgement)


def _others(others: Sequence[Member]) -> str:
    names = list(dict.fromkeys(each.told.occurrence.speaker_name or "somebody" for each in others))[:3]
    return (
        f"{len(others)} further statement{'s have' if len(others) > 1 else ' has'} these words, but by others or at "
        f"other times: {', '.join(names)}"
    )
