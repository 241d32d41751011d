"""A batch's output comes into an archive as if `sayso add` had read its input, once, and on from where it was."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from sayso import adding
from sayso.adding import Added, add
from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.archive.forms import Given
from sayso.archive.keeping import saving
from sayso.batch import restoring
from sayso.batch.layout import Folder
from sayso.batch.manifest import part_of, read_entry, write_entry
from sayso.batch.parquet import read_part, write_part
from sayso.batch.tables import Row
from sayso.batching import run_batch
from sayso.documents import Article
from sayso.errors import ArchiveFull, BatchFailed
from sayso.intake import items_of, read_item
from sayso.intake.failures import failure_of
from sayso.intake.items import Failure
from sayso.records import article_to_json
from tests.batch.recorded import write_batch, written
from tests.intake.making import crawl
from tests.quoting import extract, story

EXAMPLES = Path(__file__).parents[2] / "examples"
Read = tuple[list[tuple[Given, Article]], list[Failure]]


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A crawl that ends in the middle, lines with identifiers and without, and a text; the model is not asked for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(adding, "extracted", extract)
    Path("crawl.warc.gz").write_bytes(crawl(5, packed=True)[0][:-40])
    rows: list[dict[str, Any]] = [{"text": story(each, who="Ada Orr")} for each in range(3)]
    rows += [{"text": story(7), "guid": "tag:7", "version": "2", "outlet": "The Mail", "date": "2026-03-14T23:30:00Z"}]
    rows += [{"text": "Das ist kein englischer Text, und er wird nicht gelesen, weil er auf Deutsch ist. " * 5}]
    Path("wire.jsonl").write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    Path("wire.txt").write_text(story(9), encoding="utf-8")
    return ["crawl.warc.gz", "wire.jsonl", "wire.txt"]


def read(names: list[str]) -> Read:
    """What a batch has of these inputs."""
    articles: list[tuple[Given, Article]] = []
    failures: list[Failure] = []
    for each in items_of(names):
        if isinstance(each, Failure):
            failures.append(each)
            continue
        try:
            article = read_item(each)
        except Exception as error:
            failures.append(failure_of(error, each))
            continue
        assert isinstance(article, Article)
        articles.append((adding.given_of(each), extract(article)))
    return articles, failures


def rewrite(folder: Folder, change: Callable[[list[Row]], list[Row]], *tables: str) -> None:
    """Has other rows in some tables of the first shard, of which the manifest knows."""
    entry = read_entry(folder, 0)
    assert entry is not None
    for table in tables:
        part = folder.part(table, 0)
        rows = change(read_part(part))
        write_part(table, rows, part)
        entry.parts[table] = part_of(part, rows=len(rows))
    write_entry(folder, entry)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db", make=True) as made:
        yield made


def content(archive: Archive) -> dict[str, Any]:
    """What an archive has, but for the order in which it came."""
    articles = {written(article_to_json(each)): archive.versions(number) for number, each in archive.articles()}
    problems = [
        (each.name, each.kind, each.reason, each.advice, each.origin, each.digest) for each in archive.problems()
    ]
    return {
        "articles": {record: [each.edition for each in versions] for record, versions in articles.items()},
        "problems": sorted(problems),
        "statements": sorted(hit.text for hit in archive.search("", limit=100).hits),
        "speakers": sorted((each.name, each.articles) for each in archive.speakers()),
    }


def outcomes(results: Iterator[Added]) -> list[str]:
    return sorted(each.outcome for each in results)


def test_a_batch_comes_in_as_its_input_would_have(inputs: list[str], archive: Archive, tmp_path: Path) -> None:
    articles, failures = read(inputs)
    write_batch(tmp_path / "out", articles, failures=failures, shards=3, shuffled=random.Random(2))
    with open_archive(tmp_path / "other.db", make=True) as other:
        one_by_one = outcomes(add(inputs, other))
        assert outcomes(add(["out"], archive)) == one_by_one
        assert one_by_one.count("added") == len(articles) == 9
        assert one_by_one.count("problem") == len(failures) == 2
        assert content(archive) == content(other)
    assert archive.verify() == []


def test_what_a_batch_brought_is_known_when_its_input_is_added(
    inputs: list[str], archive: Archive, tmp_path: Path
) -> None:
    articles, failures = read(inputs)
    write_batch(tmp_path / "out", articles, failures=failures)
    list(add(["out"], archive))
    before = content(archive)
    assert set(outcomes(add(inputs, archive))) == {"unchanged", "problem"}
    assert set(outcomes(add(["out"], archive))) == {"unchanged", "problem"}
    assert content(archive) == before


def test_what_came_in_by_another_way_is_no_problem_any_more(
    inputs: list[str], archive: Archive, tmp_path: Path
) -> None:
    articles, failures = read(inputs)
    write_batch(tmp_path / "out", articles, failures=failures)
    list(add(["wire.jsonl"], archive, any_language=True))
    assert outcomes(add(["out"], archive)).count("problem") == 1
    assert [each.name for each in archive.problems()] == [failures[0].name]


def test_a_changed_article_becomes_a_new_version(archive: Archive, inputs: list[str], tmp_path: Path) -> None:
    list(add(["wire.txt"], archive))
    Path("wire.txt").write_text(story(9, said="The bridge is safe after all"), encoding="utf-8")
    write_batch(tmp_path / "out", read(["wire.txt"])[0])
    (added,) = add(["out"], archive)
    assert (added.outcome, added.saved and added.saved.version) == ("new version", 2)


def test_batches_files_and_transcripts_are_taken_in_the_order_in_which_they_are_named(
    archive: Archive, inputs: list[str], tmp_path: Path
) -> None:
    write_batch(tmp_path / "out", read(["wire.jsonl"])[0][:1])
    write_batch(tmp_path / "more", read(["crawl.warc.gz"])[0][:1])
    Path("said.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada Orr>The bridge is not safe.\n")
    told: list[tuple[int, int | None, str]] = []
    results = list(
        add(["out", "wire.txt", "more"], archive, transcripts=["said.vtt"], on_progress=lambda *each: told.append(each))
    )
    assert [each.name for each in results] == ["wire.jsonl:1", "wire.txt", "crawl.warc.gz#0", "said.vtt"]
    assert told[0] == (1, 1, "articles")


def test_the_tables_of_a_batch_in_a_folder_of_sources_are_not_read_as_sources(
    archive: Archive, inputs: list[str], tmp_path: Path
) -> None:
    write_batch(tmp_path / "news" / "out", read(["wire.jsonl"])[0])
    Path("wire.txt").rename("news/wire.txt")
    notes: list[str] = []
    assert [each.name for each in add(["news"], archive, on_note=notes.append)] == ["news/wire.txt"]
    assert "folders of sayso batch" in notes[0]


def test_of_a_batch_that_is_not_finished_its_shards_come_in(
    archive: Archive, inputs: list[str], tmp_path: Path
) -> None:
    articles, _ = read(inputs)
    folder = write_batch(tmp_path / "out", articles, shards=3, finished=False)
    folder.entry(2).unlink()
    notes: list[str] = []
    assert outcomes(add(["out"], archive, outlet="The Mail", on_note=notes.append)) == ["added"] * 6
    assert "stay as they were read" in notes[0]
    assert "not finished" in notes[1]
    assert "6 articles" in notes[1]


def test_a_run_that_was_broken_off_goes_on(
    archive: Archive, inputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "TOGETHER", 2)
    articles, failures = read(inputs)
    write_batch(tmp_path / "out", articles, failures=failures)
    taken = add(["out"], archive)
    assert len(list(islice(taken, 5))) == 5
    taken.close()  # type: ignore[attr-defined]
    kept = archive.info().articles
    assert 0 < kept < 9
    again = outcomes(add(["out"], archive))
    assert again.count("unchanged") == kept
    assert again.count("added") == 9 - kept


@pytest.mark.parametrize(
    "damage, reason",
    [
        pytest.param(lambda data: data[: len(data) // 2], "not as it was written", id="cut"),
        pytest.param(
            lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
            "not as it was written",
            id="one-byte-changed",
        ),
        pytest.param(None, "is gone", id="gone"),
    ],
)
def test_a_damaged_part_is_named_and_what_came_before_is_in(
    damage: Any, reason: str, archive: Archive, inputs: list[str], tmp_path: Path
) -> None:
    folder = write_batch(tmp_path / "out", read(inputs)[0], shards=3)
    part = folder.part("statements", 1)
    if damage is None:
        part.unlink()
    else:
        part.write_bytes(damage(part.read_bytes()))
    with pytest.raises(BatchFailed, match=reason) as caught:
        list(add(["out"], archive))
    assert "statements/part-000001.parquet" in caught.value.where
    assert "--verify" in caught.value.advice
    assert archive.info().articles == 3


def test_an_article_that_its_rows_make_no_record_of_is_a_problem(
    archive: Archive, inputs: list[str], tmp_path: Path
) -> None:
    folder = write_batch(tmp_path / "out", read(inputs)[0])
    name = read_part(folder.part("attributions", 0))[0]["article"]
    rewrite(folder, lambda rows: [{**rows[0], "content_spans": [[0, 10**6]]}, *rows[1:]], "attributions")
    found = [each for each in add(["out"], archive) if each.problem]
    assert [(each.name, each.problem and each.problem.kind) for each in found] == [(name, "damaged")]
    assert archive.info().articles == 8


def test_rows_of_two_articles_with_one_name_are_not_taken_for_those_of_one(
    archive: Archive, inputs: list[str], tmp_path: Path
) -> None:
    folder = write_batch(tmp_path / "out", read(inputs)[0])
    names = [row["article"] for row in read_part(folder.part("articles", 0))]
    rewrite(
        folder,
        lambda rows: [{**row, "article": names[0]} if row["article"] in names[:2] else row for row in rows],
        *("articles", "attributions", "speakers", "statements", "relations", "figures"),
    )
    (found,) = (each for each in add(["out"], archive) if each.problem)
    assert found.problem is not None
    assert found.problem.reason == "several articles of the batch have this name"


def test_an_article_that_cannot_be_kept_takes_none_of_its_neighbours_with_it(
    archive: Archive, inputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles, _ = read(inputs)
    write_batch(tmp_path / "out", articles)
    put_in = saving.put_in_relations

    def fails(connection: Any, article: Article, *rest: Any) -> None:
        if article.id == articles[3][1].id:
            raise RuntimeError("no such relation")
        put_in(connection, article, *rest)

    monkeypatch.setattr(saving, "put_in_relations", fails)
    results = list(add(["out"], archive))
    assert [each.name for each in results if each.problem] == [articles[3][0].name]
    assert archive.info().articles == 8
    assert archive.verify() == []


def test_an_archive_that_fails_is_no_fault_of_the_articles(
    archive: Archive, inputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_batch(tmp_path / "out", read(inputs)[0])

    def full(*rest: Any) -> None:
        raise ArchiveFull("archive.db", "no space is left to write to it", "Make space")

    monkeypatch.setattr(saving, "put_in_relations", full)
    with pytest.raises(ArchiveFull):
        list(add(["out"], archive))
    monkeypatch.undo()
    assert archive.info().articles == 0
    assert archive.problems() == []


def test_a_real_batch_is_known_as_its_input_is(archive: Archive, tmp_path: Path) -> None:
    """Read by the model in a worker, written, taken in; and beside it, in another archive, added as it is."""
    source = str(EXAMPLES / "coverage.jsonl")
    run_batch([source], tmp_path / "out")
    with open_archive(tmp_path / "other.db", make=True) as other:
        assert outcomes(add([tmp_path / "out"], archive)) == outcomes(add([source], other)) == ["added"] * 8
        assert content(archive) == content(other)
    assert outcomes(add([source], archive)) == ["unchanged"] * 8
