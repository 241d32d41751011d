"""An archive with some of everything in it, and all that it gives, to be held against a copy or a later state."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from sqlalchemy import inspect

from sayso.archive import schema
from sayso.archive.archive import Archive
from sayso.archive.forms import Problem
from sayso.archive.matching import EVERYTHING, Phrase, Word
from sayso.documents import Article, Transcript
from sayso.intake.following import FeedState
from tests.archive.built import Says, given, make_article, make_transcript

ARTICLE = make_article(Says("Mara Venn", "the bridge closes in May"))


def news(number: int, *, statements: int = 2, more: str = "") -> Article:
    """An article of its own for each number."""
    return make_article(
        Says(
            "Mara Venn",
            f"the bridge closes in {number} days{more}",
            titles=("mayor of Brackwater",),
            about=("Port Board",),
            verdict="altered" if number % 3 == 0 else None,
        ),
        *(
            Says(f"Oskar Lind {number % 3}", f"ferry {each} of {number} sails at noon", quotation="direct")
            for each in range(1, statements)
        ),
        outlet=f"Courier {number % 4}",
        url=f"https://tidewater.example/{number}",
        source="<p>read from a page</p>" if number % 5 == 0 else None,
        relations=[("disputes", 1, 0)] if statements > 1 else [],
    )


def conference(number: int = 1) -> Transcript:
    """A transcript of its own for each number."""
    return make_transcript(("VENN", f"The bridge closes in {number} days."), ("LIND", "The ferry sails."), url=None)


def fill(archive: Archive, *, articles: int = 6, with_feed: bool = True) -> None:
    """Some of everything that an archive can have."""
    archive.save(ARTICLE, given("wire.txt"))
    for number in range(articles):
        archive.save(news(number), given(f"{number}.html"))
    archive.save(news(1, more=", not one"), given("1.html", digest="0" * 64))
    checked = news(2)
    checked.transcripts = [conference()]
    archive.save(checked, given("2.html", digest="1" * 64))
    for name, number in (("conference.vtt", 1), ("conference.vtt", 2), ("hearing.srt", 3)):
        archive.save_transcript(conference(number), given(name, digest=f"{number}" * 64))
    archive.note(Problem("truncated", "crawl.warc.gz", "it ends in the middle"))
    one, other, third = [each.id for each in archive.speakers("Oskar Lind 0")] + [
        archive.speakers(f"Oskar Lind {number}")[0].id for number in (1, 2)
    ]
    archive.merge(one, other, reason="one man", by="a desk")
    undone = archive.merge(one, third, reason="one man too", by="a desk")
    archive.undo(undone.id, reason="two men", by="a desk")
    archive.keep_apart(one, third, reason="two men", by="a desk")
    mayor = archive.speakers("Mara Venn")[0].id
    archive.split(mayor, articles=[1], reason="another Mara Venn", by="a desk")
    if with_feed:
        archive.keep_feed("https://tidewater.example/rss", FeedState("x1", seen=OrderedDict(a="2026-03-14")))


def fill_old(archive: Archive) -> None:
    """The same for an archive of the first schema, without feeds.

    Today's code writes to tables that such an archive has not yet: they are there for as long.
    """
    later = [schema.correction, schema.uncertain, schema.gist_change]
    with archive.store.writing() as connection:
        schema.metadata.create_all(connection, later)
    fill(archive, with_feed=False)
    with archive.store.writing() as connection:
        schema.metadata.drop_all(connection, later)


def contents(archive: Archive) -> dict[str, Any]:
    """All that an archive gives, and the rows of its tables; without what only a later step has, feeds among it."""
    with archive.store.reading() as connection:
        there = set(inspect(connection).get_table_names())
        rows = {
            table.name: sorted(
                str({key: value for key, value in row._mapping.items() if key != "seen"})
                for row in connection.execute(table.select())
                if not str(row[0]).startswith(("writer ", "doubts_left"))
            )
            for table in schema.metadata.sorted_tables
            if table.name in there - {"feed"}
        }
        matches = (EVERYTHING, Word(("bridge",)), Word(("ferry", "noon")), Phrase(("ferry", "1")))
        counts = [archive.store.count(connection, each) for each in matches]
        found = sorted(connection.execute(archive.store.match_transcripts(Word(("bridge",)))).scalars())
    numbers = [number for number, _ in archive.articles()]
    return {
        "rows": {name: some for name, some in rows.items() if some},
        "counts": counts,
        "transcripts found": found,
        "articles": dict(archive.articles()),
        "versions": [archive.versions(each) for each in numbers],
        "transcripts": dict(archive.transcripts()),
        "search": archive.search("bridge", sort="newest", facets=("speaker", "outlet")),
        "ids": list(archive.statement_ids("ferry")),
        "speakers": archive.speakers(),
        "decisions": archive.decisions(),
        "problems": archive.problems(all=True),
    }
