"""The trace of one utterance: its wordings side by side, where each was first, how many tell it on their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from sayso.archive.base import Store
from sayso.archive.copies import Text, fold
from sayso.archive.days import day_number
from sayso.archive.disputes import disputes_of
from sayso.archive.entries import article_of_version
from sayso.archive.meant import speakers_named
from sayso.archive.tracing.differing import covered, differences
from sayso.archive.tracing.forms import Occurrence, Source, Trace, Utterance, Wording
from sayso.archive.tracing.gathering import Gathered, Gatherer, Member
from sayso.archive.tracing.linking import kind_of
from sayso.archive.tracing.overlap import overlap, worded
from sayso.archive.tracing.rows import Told, read_told, speakers_around
from sayso.archive.tracing.sources import Sources, find_sources
from sayso.errors import NoSuchEntry

_NEAREST = 5
_MOST_VERDICTS = 40
"""Wordings that are checked against a transcript."""
_MOST_READ = 12
"""Articles whose dateline is looked at for the agency that a report came from."""


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
    occurrences = _occurrences(store, connection, members)
    reference = _reference(members)
    told.reference = reference.text
    sources = find_sources(store, connection, reference.text)
    wordings = _wordings(members, occurrences)
    told.wordings = [wording for wording, _ in wordings]
    if sources is not None:
        told.source = _check(connection, sources, wordings, told)
        if told.source is not None:
            told.reference = told.source.text
    for wording, member in wordings:
        _compare(wording, member, told.reference)
    told.first = told.wordings[0].first
    told.witnesses = len({each.copy_of or each.article for each in occurrences.values()})
    told.disputes = disputes_of(connection, found.members)
    if found.others:
        told.notes.append(_others(found.others))
    return told


def _order(each: Occurrence) -> tuple[str, int]:
    return each.published or "9", each.statement


def _reference(members: Sequence[Member]) -> Utterance:
    """The earliest of the fullest wordings, a quoted one where there is one."""
    quoted = [each for each in members if each.utterance.quoted and each.link.kind != "paraphrased"] or list(members)
    most = max(each.link.score * len(worded(each.utterance.text).keys) for each in quoted)
    return next(
        each.utterance for each in quoted if each.link.score * len(worded(each.utterance.text).keys) >= 0.8 * most
    )


def _occurrences(store: Store, connection: Connection, members: Sequence[Member]) -> dict[int, Occurrence]:
    """By statement: where it stands, through whom, and of which article that one is a copy."""
    chains = speakers_around(connection, [each.told for each in members])
    copies = _copies(store, connection, members)
    return {
        each.told.occurrence.statement: replace(
            each.told.occurrence,
            via=chains.get(each.told.occurrence.statement, ()),
            copy_of=copies.get(each.told.occurrence.article),
        )
        for each in members
    }


def _copies(store: Store, connection: Connection, members: Sequence[Member]) -> dict[int, int]:
    """By article, the one that it is a copy of."""
    versions = {each.told.occurrence.article: each.told.version for each in members}
    texts = {
        each.told.occurrence.article: Text(
            each.told.occurrence.article,
            each.told.signature,
            each.told.words,
            each.told.occurrence.published or "9",
        )
        for each in members
        if each.told.signature
    }
    witnesses = fold(list(texts.values()))
    several = [text for witness in witnesses if len(witness) > 1 for text in witness][:_MOST_READ]
    for text in several:
        dateline = article_of_version(connection, versions[text.article], where=store.where).dateline
        if dateline is not None and dateline.agency:
            texts[text.article] = replace(text, agency=dateline.agency)
    if several:
        witnesses = fold(list(texts.values()))
    return {text.article: witness[0].article for witness in witnesses for text in witness[1:]}


def _wordings(members: Sequence[Member], occurrences: dict[int, Occurrence]) -> list[tuple[Wording, Member]]:
    """The members with the same words together, the first published first."""
    same: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for each in members:
        same[worded(each.utterance.text).keys].append(each)
    wordings = []
    for group in same.values():
        shown = next((each for each in group if each.utterance.quoted), group[0])
        where = [occurrences[each.told.occurrence.statement] for each in group]
        wording = Wording(
            shown.utterance.text,
            shown.link.kind,
            max(each.link.score for each in group),
            shown.link.reason,
            where,
            len({each.copy_of or each.article for each in where}),
            where[0],
        )
        wordings.append((wording, shown))
    return wordings


def _check(
    connection: Connection, sources: Sources, wordings: Sequence[tuple[Wording, Member]], told: Trace
) -> Source | None:
    """Gives each quoted wording its verdict; the place of the one that has most of the words as they were said."""
    places: list[Source] = []
    for wording, member in wordings[:_MOST_VERDICTS]:
        wording.verdict = sources.verdict(member.utterance)
        place = None if wording.verdict is None else sources.place(wording.verdict, connection)
        if place is not None:
            places.append(place)
    if not places:
        for wording, _ in wordings:
            # None of the transcripts is of the occasion: they say nothing about it.
            wording.verdict = None
        return None
    if len(wordings) > _MOST_VERDICTS:
        told.notes.append(f"Only the first {_MOST_VERDICTS} wordings were checked against the transcript")
    return max(places, key=lambda each: len(each.text))


def _compare(wording: Wording, member: Member, reference: str) -> None:
    """Says how a wording stands to the reference."""
    one, other = worded(wording.text), worded(reference)
    shared = overlap(one, other)
    wording.covers = covered(wording.text, reference)
    if member.link.kind not in ("translated", "paraphrased"):
        wording.kind = kind_of(one, other, shared) if shared.runs else member.link.kind
        wording.differences, wording.reverses = differences(wording.text, reference)


def _others(others: Sequence[Member]) -> str:
    names = list(dict.fromkeys(each.told.occurrence.speaker_name or "somebody" for each in others))[:3]
    return (
        f"{len(others)} further statement{'s have' if len(others) > 1 else ' has'} these words, but by others or at "
        f"other times: {', '.join(names)}"
    )
