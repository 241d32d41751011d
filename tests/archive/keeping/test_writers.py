"""Several write to one archive at once: each article is in once, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sayso.archive import open_archive, schema
from sayso.archive.archive import Archive
from sayso.archive.matching import EVERYTHING
from sayso.documents import Article
from sayso.errors import ArchiveBusy
from tests.archive.built import Says, given, make_article

ROOT = Path(__file__).parents[3]
WRITER = """
import json, sys
from sayso.archive import open_archive
from tests.archive.built import given
from tests.archive.keeping.test_writers import article_of
outcomes = []
with open_archive(sys.argv[1], make=True) as archive:
    print("open", flush=True)
    sys.stdin.readline()
    for number in json.loads(sys.argv[2]):
        saved = archive.save(article_of(number), given(f"{number}.txt"))
        outcomes.append((number, saved.outcome, saved.id))
print(json.dumps(outcomes))
"""


def article_of(number: int) -> Article:
    return make_article(
        Says("Mara Venn", f"the bridge closes in {number} days", about=("Port Board",)),
        Says(f"Oskar Lind {number % 3}", "the ferry sails"),
        outlet=f"Courier {number % 4}",
        url=f"https://tidewater.example/{number}",
    )


def start(place: str, numbers: list[int]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, place, json.dumps(numbers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_processes_that_add_the_same_and_different_articles(place: str) -> None:
    """They make the archive too, all at once: it is not there yet."""
    numbers = [list(range(30)), list(range(29, 9, -1)), [*range(20, 40), *range(5)]]
    writers = [start(place, each) for each in numbers]
    for each in writers:
        assert each.stdout is not None and each.stdout.readline() == "open\n"
    for each in writers:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    outcomes = [tuple(row) for each in writers for row in json.loads(each.communicate(timeout=120)[0])]
    added = [number for number, outcome, _ in outcomes if outcome == "added"]
    assert sorted(added) == list(range(40))
    assert {outcome for _, outcome, _ in outcomes} == {"added", "unchanged"}
    assert len({(number, id) for number, _, id in outcomes}) == 40, "all were told the same id of an article"
    with open_archive(place) as archive:
        assert {kept.text for _, kept in archive.articles()} == {article_of(number).text for number in range(40)}
        check_whole(archive, articles=40, statements=80, outlets=4)
        names = sorted(kept.name for kept in speakers(archive))
        assert names == ["Mara Venn", "Oskar Lind 0", "Oskar Lind 1", "Oskar Lind 2", "Port Board"]


def speakers(archive: Archive) -> list[object]:
    with archive.store.reading() as connection:
        return list(connection.execute(select(schema.speaker)))


def check_whole(archive: Archive, *, articles: int, statements: int, outlets: int) -> None:
    info = archive.info()
    assert (info.articles, info.statements, info.outlets) == (articles, statements, outlets)
    with archive.store.reading() as connection:
        assert archive.store.count(connection, EVERYTHING) == statements
        for row in connection.execute(
            select(schema.gist.c.first_statement, func.min(schema.statement.c.id), func.max(schema.statement.c.id))
            .join(schema.statement, schema.statement.c.version_id == schema.gist.c.version_id)
            .group_by(schema.gist.c.version_id, schema.gist.c.first_statement)
        ):
            assert (row[1], row[2]) == (row[0], row[0] + 1), "an article's statements follow one another"


def test_threads_share_an_archive(archive: Archive) -> None:
    failed: list[BaseException] = []

    def add(numbers: range) -> None:
        try:
            for number in numbers:
                archive.save(article_of(number), given(f"{number}.txt"))
                list(archive.articles([1]))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=add, args=(numbers,)) for numbers in (range(12), range(6, 18), range(3, 15))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    check_whole(archive, articles=18, statements=36, outlets=4)


def test_one_who_waits_too_long_is_told_so(archive: Archive, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.archive.stores.base.Store.patience_s", 0.3)
    with (
        open_archive(place) as other,
        other.store.writing(),
        pytest.raises(ArchiveBusy, match=r"[Tt]ry again"),
        open_archive(place) as late,
    ):
        late.save(article_of(1), given())
    assert archive.info().articles == 0


def test_readers_see_what_was_when_they_began(archive: Archive) -> None:
    archive.save(article_of(1), given("1.txt"))
    with archive.store.reading() as connection:
        before = connection.scalar(select(func.count()).select_from(schema.article))
        writer = threading.Thread(target=archive.save, args=(article_of(2), given("2.txt")))
        writer.start()
        writer.join(timeout=30)
        assert not writer.is_alive(), "a reader keeps no writer waiting"
        assert connection.scalar(select(func.count()).select_from(schema.article)) == before
    assert archive.info().articles == 2
