"""Records for the tables: any that there can be, and those of real articles."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from sayso import __version__
from sayso.archive.forms import Given
from sayso.batch.job import Job
from sayso.batch.layout import Folder
from sayso.batch.limits import Options
from sayso.batch.manifest import Entry, part_of, write_entry
from sayso.batch.parquet import write_part
from sayso.batch.reading import READ
from sayso.batch.rows import failure_row, rows_of
from sayso.batch.tables import Rows
from sayso.documents import Article, Dateline, OffsetMap, Section, Source, Span
from sayso.intake.items import Failure
from sayso.records import (
    Attribution,
    Candidate,
    Occasion,
    Relation,
    Speaker,
    Stance,
    Statement,
    article_to_json,
)
from sayso.verdicts import Figure

LETTERS = st.one_of(
    st.characters(), st.characters(categories=["Cs"]), st.sampled_from("\x00\ufffd\U0010f800\U0010ffff")
)
TEXT = st.text(LETTERS, max_size=12)
MAYBE = st.none() | TEXT
TEXTS = st.lists(TEXT, max_size=3)
SPAN = st.builds(lambda ends: Span(*sorted(ends)), st.tuples(st.integers(0, 40), st.integers(0, 40)))
SPANS = st.lists(SPAN, max_size=3)
CHANCE = st.floats(0, 1)
NUMBER = st.none() | st.floats(allow_nan=False)
ZONES = st.none() | st.just(UTC) | st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
PUBLISHED = st.none() | st.dates() | st.datetimes(timezones=ZONES)  # type: ignore[arg-type]
IDS = st.sampled_from(["a1", "s1", "st1", "a2", "é:5%", "\ud83d"])
KINDS = st.sampled_from(["person", "anonymous", "government"])
OCCASION = st.builds(
    Occasion, words=SPANS, date=MAYBE, place=MAYBE, medium=MAYBE, addressee=MAYBE, question=SPANS
)  # fmt: skip
ATTRIBUTION = st.builds(
    Attribution, id=IDS, source=SPANS, cue=SPANS, content=SPANS, inside=st.none() | IDS, confidence=CHANCE,
    act=st.sampled_from([None, "communication"]), stance=st.builds(Stance, words=SPANS, confidence=CHANCE),
    polarity=st.sampled_from([None, "denies"]), speaker=st.none() | IDS,
    candidates=st.lists(st.builds(Candidate, speaker=IDS, score=CHANCE), max_size=2), about=TEXTS, occasion=OCCASION,
)  # fmt: skip
SPEAKERS = st.lists(
    st.builds(Speaker, id=IDS, name=TEXT, kind=KINDS, titles=TEXTS, mentions=SPANS, stands_for=MAYBE), max_size=3
)  # fmt: skip
FIGURE = st.builds(
    Figure, id=IDS, span=SPAN, kind=st.sampled_from(["exact", "lower"]), value=NUMBER, low=NUMBER, high=NUMBER,
    inclusive=st.booleans(), approx=st.booleans(), unit=MAYBE, base=st.none() | SPAN,
)  # fmt: skip
ARTICLES = st.builds(
    Article, id=TEXT, text=st.text(LETTERS, max_size=40),
    source=st.none() | st.builds(Source, name=TEXT, text=st.just(""), encoding=TEXT), offsets=st.just(OffsetMap(())),
    language=MAYBE, headline=st.none() | SPAN, standfirst=st.none() | SPAN, byline=st.none() | SPAN,
    dateline=st.none() | st.builds(Dateline, span=SPAN, place=MAYBE, date=st.none() | st.dates(), agency=MAYBE),
    sections=st.lists(st.builds(Section, heading=SPAN, span=SPAN), max_size=2), paragraphs=SPANS, outlet=MAYBE,
    published=PUBLISHED, url=MAYBE, warnings=TEXTS,
    attributions=st.lists(ATTRIBUTION, max_size=3), speakers=SPEAKERS, mentioned=SPEAKERS,
    statements=st.lists(st.builds(Statement, id=IDS, speaker=st.none() | IDS, attributions=st.lists(IDS, max_size=2),
                                  text=TEXT), max_size=3),
    relations=st.lists(st.builds(Relation, kind=st.just("disputes"), from_=IDS, to=IDS, evidence=SPANS), max_size=2),
    figures=st.lists(FIGURE, max_size=2), verdicts=st.just([]), transcripts=st.just([]),
)  # fmt: skip
GIVENS = st.builds(Given, name=TEXT, origin=TEXT, digest=TEXT, guid=MAYBE, version=MAYBE)


def write_batch(
    root: Path,
    articles: Sequence[tuple[Given, Article]],
    *,
    failures: Iterable[Failure] = (),
    shards: int = 1,
    shuffled: random.Random | None = None,
    finished: bool = True,
) -> Folder:
    """The folder of a batch with these results, as so many shards; `shuffled` puts their rows into another order."""
    folder = Folder(root)
    order = list(articles)
    if shuffled:
        shuffled.shuffle(order)
    for number in range(shards):
        rows: Rows = defaultdict(list)
        for given, article in order[number::shards]:
            for table, each in rows_of(given, article_to_json(article)).items():
                rows[table] += each
        if number == 0:
            rows["failures"] = [failure_row(each) for each in failures]
        parts = {}
        for table in READ:
            if shuffled:
                shuffled.shuffle(rows[table])
            write_part(table, rows[table], folder.part(table, number))
            parts[table] = part_of(folder.part(table, number), rows=len(rows[table]))
        words = sum(row["words"] for row in rows["articles"])
        write_entry(folder, Entry(number, len(rows["articles"]), len(rows["failures"]), words, parts=parts))
    job = Job("test", __version__, weights={}, options=Options(), inputs=())
    job.note(folder, planned={"shards": shards}, finished={} if finished else None)
    return folder


def written(record: Any) -> str:
    """A record as it is compared: byte for byte."""
    return json.dumps(record, ensure_ascii=False)


MOMENT = datetime(2026, 3, 14, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
