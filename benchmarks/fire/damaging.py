"""Bytes of an archive's file changed, lost or moved: it is noticed, and no wrong answer is given without a word.

All that an archive can be asked is asked before and after. A damage is noticed `by opening`, `by use` (one of the
questions is refused), `by looking through` (`Archive.verify`), or it did no harm: it fell on bytes that nothing reads,
and every answer is what it was. What is left is `silent`: an answer is another one, and nothing tells; such are listed
by the column that it was in.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.fire.filling import in_a_process
from sayso.archive import open_archive, schema
from sayso.archive.archive import Archive
from sayso.archive.forms import Problem
from sayso.errors import ArchiveError
from tests.archive.built import given
from tests.archive.filled import fill, news

ARTICLES = 60
PAGE = 4096
Change = Callable[[bytearray, random.Random], None]


def _bit(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _bytes(data: bytearray, chance: random.Random) -> None:
    size = chance.choice((1, 4, 16, 64, 512))
    at = chance.randrange(len(data) - size)
    data[at : at + size] = chance.randbytes(size)


def _page_of_nothing(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) // PAGE) * PAGE
    data[at : at + PAGE] = bytes(PAGE)


def _pages_swapped(data: bytearray, chance: random.Random) -> None:
    one, other = (at * PAGE for at in chance.sample(range(len(data) // PAGE), 2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]


def _cut_off(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _stretch_lost(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.randrange(1, 3 * PAGE)]


CHANGES: dict[str, Change] = {
    "a bit": _bit,
    "some bytes": _bytes,
    "a page of nothing": _page_of_nothing,
    "two pages swapped": _pages_swapped,
    "cut off": _cut_off,
    "a stretch lost": _stretch_lost,
}


def damage(folder: Path, *, times: int, seed: int) -> dict[str, Any]:
    """Figures of so many damages."""
    chance = random.Random(seed)
    sound = folder / "sound.db"
    with open_archive(sound, make=True) as archive:
        fill(archive)
        for number in range(100, 100 + ARTICLES):
            archive.save(news(number, statements=2 + number % 9), given(f"{number}.html"))
        archive.note(Problem("refused", "crawl.warc.gz#3", "it is larger than 5 MB"))
    with open_archive(sound) as archive:
        before = answers(archive)
    data = sound.read_bytes()
    how: Counter[str] = Counter()
    by_change: dict[str, Counter[str]] = {name: Counter() for name in CHANGES}
    faults, silent = [], []
    for turn in range(times):
        name = list(CHANGES)[turn % len(CHANGES)]
        damaged = bytearray(data)
        while damaged == data:
            CHANGES[name](damaged, chance)
        where = folder / "damaged.db"
        where.write_bytes(damaged)
        seen = in_a_process(partial(_noticed, where, before))
        for each in folder.glob("damaged.db*"):
            each.unlink()
        told = seen.get("how", "not at all")
        how[told] += 1
        by_change[name][told] += 1
        if told == "silent":
            silent += seen["changed"]
        faults += [f"damage {turn} ({name}): {fault}" for fault in seen["faults"]]
    return {
        "damages": times,
        "bytes": len(data),
        "noticed": dict(how),
        "by_change": {name: dict(each) for name, each in by_change.items()},
        "silent_in": dict(Counter(silent)),
        "faults": faults,
    }


def _noticed(where: Path, before: dict[str, Any]) -> dict[str, Any]:
    """How a damage is noticed, and what is wrong with that."""
    try:
        archive = open_archive(where)
    except ArchiveError as error:
        return {"how": "by opening", "faults": [], "error": str(error)}
    except Exception as error:
        return {"how": "by opening", "faults": [f"opening raised {type(error).__name__}: {str(error)[:300]}"]}
    with archive:
        refused, crude, after = False, [], {}
        for name, ask in _QUESTIONS.items():
            try:
                after[name] = ask(archive)
            except ArchiveError:
                refused = True
            except Exception as error:
                crude.append(f"{name} raised {type(error).__name__}: {str(error)[:300]}")
        try:
            found = archive.verify()
        except ArchiveError as error:
            found = [str(error)]
        except Exception as error:
            found, crude = ["?"], [*crude, f"verify raised {type(error).__name__}: {str(error)[:300]}"]
    changed = [name for name, answer in after.items() if answer != before[name]]
    if refused or crude:
        return {"how": "by use", "faults": crude}
    if found:
        return {"how": "by looking through", "faults": []}
    if not changed:
        return {"how": "no harm", "faults": []}
    columns = _columns(before["rows"], after.get("rows", {}))
    # What nothing else holds, and nothing that is found or counted rests on.
    notes = set(columns) <= _NOTES
    faults = [] if notes else [f"another answer to {', '.join(changed)} ({', '.join(columns)}), and nothing tells"]
    return {"how": "silent", "changed": columns, "faults": faults}


_NOTES = {
    "appearance.reason", "speaker.made_at", "problem.advice", "problem.origin", "problem.first_at", "problem.last_at",
    "problem.digest", "problem.times", "decision.reason", "decision.by", "decision.at", "feed.etag", "feed.fetched_at",
    "feed.seen", "feed.title", "feed.modified", "about_archive.value", "origin.at", "verdict.at", "transcript.name",
    "transcript.added_at", "version.added_at", "version.edition", "record.transcripts",
}  # fmt: skip
"""Columns that stand in the file once and tell how something came about, not what was said."""


def _columns(before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]) -> list[str]:
    found = set()
    for table, rows in before.items():
        others = after.get(table, [])
        if len(rows) != len(others):
            found.add(f"{table} (rows)")
        for one, other in zip(rows, others, strict=False):
            found |= {f"{table}.{name}" for name in one if one[name] != other[name]}
    return sorted(found)


def _rows(archive: Archive) -> dict[str, list[dict[str, Any]]]:
    with archive.store.reading() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(table.select().order_by(*table.primary_key))]
            for table in schema.metadata.sorted_tables
        }


def _all_hits(archive: Archive, query: str) -> list[Any]:
    hits, after = [], None
    while True:
        page = archive.search(query, sort="newest", limit=100, after=after)
        hits += page.hits
        if page.next is None:
            return [page.total, *hits]
        after = page.next


_QUESTIONS: dict[str, Callable[[Archive], Any]] = {
    "rows": _rows,
    "articles": lambda archive: dict(archive.articles()),
    "versions": lambda archive: [archive.versions(each) for each in range(1, ARTICLES + 7)],
    "transcripts": lambda archive: dict(archive.transcripts()),
    **{
        f"search {query}": partial(lambda query, archive: _all_hits(archive, query), query)
        for query in ("", "bridge", "ferry noon", '"the bridge closes"', "speaker:lind", 'outlet:"Courier 1"', "-ferry")
    },
    "facets": lambda archive: archive.search("bridge", facets=("speaker", "outlet")).facets,
    "speakers": lambda archive: archive.speakers(limit=1000),
    "decisions": lambda archive: archive.decisions(),
    "problems": lambda archive: archive.problems(all=True),
    "trace": lambda archive: archive.trace("the bridge closes in 101 days"),
    "disputes": lambda archive: archive.disputes(),
    "feed": lambda archive: archive.feed_state("https://tidewater.example/rss"),
    "info": lambda archive: (archive.info().articles, archive.info().statements, archive.info().first),
}


def answers(archive: Archive) -> dict[str, Any]:
    """All that it is asked."""
    return {name: ask(archive) for name, ask in _QUESTIONS.items()}
