"""One speaker over time, by outlet, in numbers and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, func, or_, select

from sayso.archive.browsing.forms import OutletUse, SpeakerProfile
from sayso.archive.browsing.outlets import QUOTED, STANCES, outlet_terms
from sayso.archive.browsing.stretches import periods_of
from sayso.archive.browsing.topics import topics_by
from sayso.archive.marks import FAMILIES, bits_of, names_in
from sayso.archive.people.family import family_of, live_speaker
from sayso.archive.people.speakers import described
from sayso.archive.schema import outlet, relation, statement
from sayso.archive.stores.base import Store
from sayso.archive.tracing.disputes import KINDS, disputes_of
from sayso.archive.tracing.forms import Dispute

DISPUTES = 20
"""That are given: the latest."""


def speaker_profile(store: Store, number: int) -> SpeakerProfile:
    """A speaker over time; one that was merged is the one that it went into. Raises NoSuchEntry."""
    with store.reading() as connection:
        live = live_speaker(connection, number, family_of(connection))
        of_speaker, day = statement.c.speaker_id == live, statement.c.published_day
        counted = select(day, func.count()).where(of_speaker).group_by(day)
        days: dict[int | None, int] = dict(connection.execute(counted).all())
        undated = days.pop(None, 0)
        dated = {number: times for number, times in days.items() if number is not None}
        told = (statement.c.outlet_id, statement.c.marks)
        rows = connection.execute(select(*told, func.count()).where(of_speaker).group_by(*told)).all()
        marks = Counter[int]()
        for _, bits, times in rows:
            marks[bits] += times
        speaker = described(connection, [live])[0]
        term = f"speaker:#{live}"
        step, periods = periods_of(dated, term)
        topics = topics_by(store, connection, speaker)
        return SpeakerProfile(
            speaker=speaker,
            query=term,
            step=step,
            periods=periods,
            undated=undated,
            outlets=_outlets(connection, rows, term),
            quotation=_counted(marks, "quotation"),
            stance=_counted(marks, "stance"),
            act=_counted(marks, "act"),
            polarity=_counted(marks, "polarity"),
            verdict=_counted(marks, "verdict"),
            topics=topics.all(periods),
            chapters=topics.chapters(dated),
            topics_of=None if topics.is_whole else len(topics.told),
            disputes=_disputes(connection, live),
        )


def _counted(marks: Counter[int], family: str) -> dict[str, int]:
    found = dict.fromkeys(FAMILIES[family], 0)
    for bits, times in marks.items():
        for name in names_in(bits, family):
            found[name] += times
    return found


def _outlets(connection: Connection, rows: Iterable[tuple[int | None, int, int]], term: str) -> list[OutletUse]:
    """By outlet, from rows of an outlet, marks and how many statements have them."""
    marks: dict[int | None, Counter[int]] = {}
    for number, bits, times in rows:
        marks.setdefault(number, Counter())[bits] = times
    names = dict(connection.execute(select(outlet.c.id, outlet.c.name)).all())
    terms = outlet_terms(connection)
    stances = [bits_of([("stance", name)]) for name in STANCES]
    found = []
    for number, counted in marks.items():
        total = sum(counted.values())
        neutral, endorsing, distancing = (sum(n for bits, n in counted.items() if bits & bit) for bit in stances)
        found.append(
            OutletUse(
                outlet=number,
                name=None if number is None else names[number],
                statements=total,
                quoted_share=sum(times for bits, times in counted.items() if bits & QUOTED) / total,
                neutral=neutral,
                endorsing=endorsing,
                distancing=distancing,
                query=None if number is None else f"{term} {terms[number]}",
            )
        )
    return sorted(found, key=lambda each: (-each.statements, each.outlet is None, each.outlet or 0))


def _disputes(connection: Connection, number: int) -> list[Dispute]:
    """What the speaker denied or answered, and what was denied or answered of his, the latest first."""
    ours, theirs = statement.alias("ours"), statement.alias("theirs")
    of_speaker = or_(ours.c.speaker_id == number, theirs.c.speaker_id == number)
    query = (
        select(relation.c.from_id, relation.c.to_id)
        .join(ours, ours.c.id == relation.c.from_id)
        .join(theirs, theirs.c.id == relation.c.to_id)
        .where(relation.c.kind.in_(KINDS), of_speaker)
        .order_by(ours.c.published_day.is_(None), ours.c.published_day.desc(), relation.c.id.desc())
        .limit(DISPUTES)
    )
    pairs = connection.execute(query).all()
    found = disputes_of(connection, {each for pair in pairs for each in pair})
    wanted = {pair: place for place, pair in reversed(list(enumerate(pairs)))}
    chosen = [each for each in found if (each.statement, each.of_statement) in wanted]
    return sorted(chosen, key=lambda each: wanted[each.statement, each.of_statement])[:DISPUTES]
