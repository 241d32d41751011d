"""What goes into the tables comes out of them, whatever it is, and the files are what they are said to be."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars
import pytest
from hypothesis import HealthCheck, given, settings

import sayso
from sayso.archive.forms import Given
from sayso.batch import digest
from sayso.batch.digest import digest_of
from sayso.batch.layout import Folder
from sayso.batch.parquet import read_part, read_parts, write_part
from sayso.batch.rows import failure_of, failure_row, given_of, record_of, rows_of
from sayso.batch.tables import TABLES, Rows
from sayso.documents import Article
from sayso.errors import BatchFailed, UnreadableSource
from sayso.intake.items import Failure
from sayso.records import article_to_json
from tests.archive.built import Says, make_article
from tests.archive.built import given as known_as
from tests.batch.recorded import ARTICLES, GIVENS, MOMENT, write_batch, written
from tests.gold.markup import gold_files, read_gold

EXAMPLES = Path(__file__).parents[2] / "examples"


def there_and_back(rows: Rows, folder: Path) -> Rows:
    """The rows as they are read out of the files that they were written to."""
    for table, each in rows.items():
        write_part(table, each, folder / f"{table}.parquet")
    return {table: read_part(folder / f"{table}.parquet") for table in rows}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(GIVENS, ARTICLES)
def test_any_record_comes_back_byte_for_byte(known: Given, article: Article) -> None:
    record = article_to_json(article)
    rows = rows_of(known, record)
    with TemporaryDirectory() as folder:
        back = there_and_back(rows, Path(folder))
    assert back == rows
    assert written(record_of(back)) == written(record)
    assert given_of(back["articles"][0]) == known


@pytest.fixture(scope="module")
def read() -> list[tuple[str, Article]]:
    """Articles as the model reads them: the examples, and a few gold ones of all styles."""
    names = [*sorted(map(str, EXAMPLES.glob("*.[htm]*"))), *map(str, gold_files()[::15])]
    found = []
    for name in names:
        text = read_gold(Path(name)).text if name.endswith(".txt") and "gold" in name else None
        article = sayso.read(name) if text is None else sayso.read_text(text, name=name, date="2026-03-14")
        found.append((name, article))
    return found


def test_records_of_real_articles_come_back_in_whichever_order_their_rows_are(
    read: list[tuple[str, Article]], tmp_path: Path
) -> None:
    write_batch(tmp_path, [(Given(name), each) for name, each in read], shards=2, shuffled=random.Random(4))
    found: dict[str, Rows] = defaultdict(lambda: defaultdict(list))
    for table in TABLES:
        for row in read_parts(tmp_path, table):
            found[row["article"]][table].append(row)
    assert found.keys() == dict(read).keys()
    for name, article in read:
        assert written(record_of(found[name])) == written(article_to_json(article))


def test_rows_tell_words_names_and_days_beside_ids_and_spans(tmp_path: Path) -> None:
    article = make_article(
        Says("Mara Venn", "the bridge closes", kind="person", stance="distancing"),
        Says("Mara Venn", "the bridge shuts", same_as=0),
        headline="Bridge closes",
        published=MOMENT,
    )
    rows = there_and_back(rows_of(known_as("wire.jsonl:17"), article_to_json(article)), tmp_path)
    head, (first, second), (statement,) = rows["articles"][0], rows["attributions"], rows["statements"]
    assert (head["article"], head["headline"], head["words"]) == ("wire.jsonl:17", "Bridge closes", 14)
    assert (head["published"], head["published_day"]) == ("2026-03-14T23:30:00-05:00", "2026-03-14")
    assert (first["speaker_name"], first["speaker_kind"], first["stance"]) == ("Mara Venn", "person", "distancing")
    assert (first["source"], first["cue"], first["content"]) == ("Mara Venn", None, "the bridge closes")
    assert (first["content_words"], first["statement"], second["statement"]) == (3, "st1", "st1")
    assert (statement["speaker_name"], statement["text"], statement["words"]) == ("Mara Venn", "the bridge closes", 3)
    assert [row["speaks"] for row in rows["speakers"]] == [True]


def test_half_characters_leave_spans_where_they_are_and_names_apart(tmp_path: Path) -> None:
    text = "Mara \udcff said no.\ud83d\ude00"
    article = make_article(Says("Mara \udcff", "no"), text=text)
    names = ["caf\udce9.txt", "caf\udcea.txt", "caf\U0010fcea.txt\ud83d"]
    rows = [
        there_and_back(rows_of(Given(name), article_to_json(article)), tmp_path / str(at))
        for at, name in enumerate(names)
    ]
    (head,), (said,) = rows[0]["articles"], rows[0]["attributions"]
    assert head["text"] == "Mara \ufffd said no.\ufffd\ufffd"
    assert (said["speaker_name"], said["exact"]) == (
        "Mara \ufffd",
        '{"speaker_name": [[5, 56575]], "source": [[5, 56575]]}',
    )
    assert len({each["articles"][0]["article"] for each in rows}) == 3
    assert all(each["attributions"][0]["article"] == each["articles"][0]["article"] for each in rows)
    assert [given_of(each["articles"][0]).name for each in rows] == names


def test_a_failure_comes_back(tmp_path: Path) -> None:
    failures = [
        Failure("refused", "crawl.warc.gz#48211", "crawl.warc.gz", "it is not in English", "Use --any-language", "ab"),
        Failure("failed", "caf\udce9.txt", "caf\udce9.txt", "it took over 60 s"),
    ]
    back = there_and_back({"failures": [failure_row(each) for each in failures]}, tmp_path)
    assert [failure_of(row) for row in back["failures"]] == failures


def test_a_record_that_was_checked_is_refused() -> None:
    article = make_article(Says("Mara Venn", "the bridge closes", verdict="verbatim"))
    with pytest.raises(ValueError, match="verdicts"):
        rows_of(known_as(), article_to_json(article))


def test_the_same_rows_give_the_same_bytes_and_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    rows = rows_of(known_as(), article_to_json(make_article(Says("Mara Venn", "no"))))["attributions"]
    target = tmp_path / "attributions" / "part-000000.parquet"
    write_part("attributions", rows, target)
    first = target.read_bytes()
    write_part("attributions", rows, target)
    assert target.read_bytes() == first
    with pytest.raises(TypeError):
        write_part("attributions", [{**rows[0], "content_words": "three"}], target)
    assert target.read_bytes() == first
    assert [each.name for each in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize("table", TABLES)
def test_a_part_without_rows_has_its_columns(table: str, tmp_path: Path) -> None:
    write_part(table, [], tmp_path / "part.parquet")
    assert tuple(polars.read_parquet_schema(tmp_path / "part.parquet")) == TABLES[table].names
    assert read_part(tmp_path / "part.parquet") == []


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flipped(data: bytes) -> bytes:
    return data[:40] + bytes(each ^ 0x55 for each in data[40:80]) + data[80:]


@pytest.mark.parametrize(
    "change, reason",
    [
        pytest.param(_cut, "is damaged", id="cut-in-the-middle"),
        pytest.param(_flipped, "is damaged", id="flipped-bits"),
        pytest.param(lambda data: b"", "is damaged", id="empty"),
        pytest.param(lambda data: b"article,text\n", "is damaged", id="no-parquet-at-all"),
        pytest.param(None, "is gone", id="gone"),
    ],
)
def test_a_damaged_part_is_named(change: Any, reason: str, tmp_path: Path) -> None:
    articles = [(known_as(f"{at}.txt"), make_article(Says("Mara Venn", f"bridge {at} closes"))) for at in range(40)]
    part = write_batch(tmp_path, articles).part("articles", 0)
    if change is None:
        part.unlink()
    else:
        part.write_bytes(change(part.read_bytes()))
    with pytest.raises(BatchFailed, match=reason) as caught:
        read_part(part)
    assert caught.value.where == str(part)
    assert "sayso batch" in caught.value.advice


def _some(count: int) -> list[tuple[Given, Article]]:
    return [(known_as(f"{at}.txt"), make_article(Says("Mara Venn", f"bridge {at} closes"))) for at in range(count)]


def test_digests_do_not_depend_on_order_or_shards_and_tell_every_difference(tmp_path: Path) -> None:
    some = _some(30)
    one = write_batch(tmp_path / "one", some).root
    found = digest_of(one)
    other = write_batch(tmp_path / "other", some, shards=4, shuffled=random.Random(1)).root
    assert digest_of(other) == found
    fewer = digest_of(write_batch(tmp_path / "fewer", some[1:]).root)
    assert {table for table in TABLES if fewer[table] != found[table]} == {
        "articles", "attributions", "speakers", "statements"
    }  # fmt: skip
    twice = digest_of(write_batch(tmp_path / "twice", [*some, some[0]]).root)
    assert twice["articles"] != found["articles"]


def test_a_digest_can_be_reckoned_by_anyone(tmp_path: Path) -> None:
    """As docs/batch-tables.md says: the hashes of the rows, sorted, and hashed."""
    import hashlib

    folder = write_batch(tmp_path, _some(5))
    frame = polars.read_parquet(folder.part("statements", 0))
    lines = (json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for row in frame.to_dicts())
    hashes = sorted(hashlib.sha256(line.encode()).digest() for line in lines)
    assert digest_of(tmp_path)["statements"] == hashlib.sha256(b"".join(hashes)).hexdigest()


def test_the_command_prints_the_digests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_batch(tmp_path / "run", _some(2))
    assert digest._main([str(tmp_path / "run")]) == 0
    printed = dict(reversed(line.split("  ")) for line in capsys.readouterr().out.splitlines())
    assert printed == {f"{tmp_path}/run/{table}": each for table, each in digest_of(tmp_path / "run").items()}
    assert digest._main([str(tmp_path)]) == 2
    assert "no folder of a batch" in capsys.readouterr().err
    with pytest.raises(UnreadableSource):
        digest_of(Folder(tmp_path).root)
