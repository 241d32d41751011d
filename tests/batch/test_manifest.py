from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from sayso.batch.finishing import checked_sum, clear, sound, sweep
from sayso.batch.layout import Folder, put
from sayso.batch.manifest import Entry, Sum, damage_to, entries_of, part_of, read_entry, write_entry
from sayso.errors import BatchFailed
from sayso.whole import written


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Three shards, each of which read three articles and failed on one, with a part each."""
    folder = Folder(tmp_path)
    for number in range(3):
        put(folder.part("articles", number), f"part {number}".encode())
        part = part_of(folder.part("articles", number), rows=3)
        write_entry(folder, Entry(number, 3, 1, 1000, {"refused": 1}, {"articles": part}))
    return folder


def test_an_entry_is_read_as_it_was_written(folder: Folder) -> None:
    entry = Entry(7, 2, 1, 900, {"refused": 1}, {"articles": part_of(folder.part("articles", 0), rows=2)})
    write_entry(folder, entry)
    assert read_entry(folder, 7) == entry
    assert read_entry(folder, 8) is None
    assert json.loads(folder.entry(7).read_text())["parts"]["articles"]["bytes"] == len("part 0")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param('{"shard": 1', id="cut-off"),
        pytest.param("[]", id="no-object"),
        pytest.param('{"shard": 1}', id="fields-missing"),
        pytest.param('{"shard": 2, "articles": 1, "failures": 0, "words": 0, "parts": {}}', id="that-of-another"),
        pytest.param(
            '{"shard": 1, "articles": "1", "failures": 0, "words": 0, "parts": {}}', id="a-count-that-is-none"
        ),
        pytest.param('{"shard": 1, "articles": 9, "failures": -5, "words": 0, "parts": {}}', id="fewer-than-none"),
        pytest.param(
            '{"shard": 1, "articles": 1, "failures": 0, "words": 0, "parts": {"../a": {"rows": 1, "bytes": 1, '
            '"sha256": ""}}}',
            id="a-part-elsewhere",
        ),
    ],
)
def test_what_is_no_entry_is_named(folder: Folder, text: str) -> None:
    folder.entry(1).write_text(text)
    with pytest.raises(BatchFailed, match=r"000001\.json: it is not as it was written"):
        read_entry(folder, 1)


def touch(path: Path) -> None:
    path.write_bytes(path.read_bytes()[::-1])


@pytest.mark.parametrize(
    "harm, seen, seen_fully",
    [
        pytest.param(lambda path: None, "", "", id="nothing"),
        pytest.param(Path.unlink, "is gone", "is gone", id="gone"),
        pytest.param(lambda path: path.write_bytes(b"pa"), "has 2 bytes, not 6", "has 2 bytes, not 6", id="cut-off"),
        pytest.param(touch, "", "is not as it was written", id="other-bytes-of-the-same-number"),
    ],
)
def test_damage_to_a_part_is_told(folder: Folder, harm: Callable[[Path], object], seen: str, seen_fully: str) -> None:
    harm(folder.part("articles", 1))
    entry = read_entry(folder, 1)
    assert entry
    assert seen in (damage_to(folder, entry) or "")
    assert seen_fully in (damage_to(folder, entry, fully=True) or "")
    assert bool(damage_to(folder, entry)) == bool(seen)


def test_a_damaged_shard_is_forgotten_and_the_others_are_not(folder: Folder) -> None:
    folder.part("articles", 1).write_bytes(b"")
    total, wrong = sound(folder, fully=False)
    assert (total.shards, total.items, len(wrong)) == (2, 8, 1)
    assert [entry.shard for entry in entries_of(folder)] == [0, 2]


def test_an_entry_that_went_missing_from_a_finished_batch_is_noticed(folder: Folder) -> None:
    folder.entry(2).unlink()
    assert sound(folder, fully=False)[1] == []
    assert sound(folder, fully=False, shards=3)[1] == [f"{folder.root}: 1 entry of the manifest missing"]


def plan(folder: Folder, *counts: int) -> None:
    lines = [{"number": number, "count": count, "stretches": []} for number, count in enumerate(counts)]
    put(folder.work / "plan" / "shards.jsonl", "".join(json.dumps(each) + "\n" for each in lines).encode())


def test_the_sum_is_that_of_all_shards(folder: Folder) -> None:
    plan(folder, 4, 4, 4)
    total = checked_sum(folder, 12)
    assert total.to_json() == {
        "shards": 3, "articles": 9, "failures": 3, "words": 3000, "bytes": 18,
        "failed": {"refused": 3}, "rows": {"articles": 9},
    }  # fmt: skip


@pytest.mark.parametrize(
    "counts, planned, told",
    [
        pytest.param((4, 4, 5), 13, "it has 5 articles, of which 3 were read and 1 failed", id="an-article-is-lost"),
        pytest.param((4, 4, 3), 11, "it has 3 articles, of which 3 were read and 1 failed", id="one-is-there-twice"),
        pytest.param((4, 4, 4, 4), 16, "shard 000003: it is not done", id="a-shard-is-lost"),
        pytest.param((4, 4, 4), 13, "13 articles were planned, and 12 are there", id="the-plan-is-not-whole"),
    ],
)
def test_an_end_that_is_none_is_told(folder: Folder, counts: tuple[int, ...], planned: int, told: str) -> None:
    plan(folder, *counts)
    with pytest.raises(BatchFailed, match=told):
        checked_sum(folder, planned)


def test_what_killed_workers_left_is_swept_away(folder: Folder) -> None:
    with pytest.raises(OSError, match="cut short"), written(folder.part("articles", 9)) as file:
        file.write(b"half")
        raise OSError("cut short")
    assert len(list((folder.root / "articles").iterdir())) == 3
    (folder.root / "articles" / f".part-000001.parquet.{uuid4().hex}").write_bytes(b"half")
    (folder.root / f".batch.json.{uuid4().hex}").write_bytes(b"half")
    (folder.root / "analysis" / ".git").mkdir(parents=True)
    put(folder.root / "analysis" / ".notes", b"not ours")
    sweep(folder, ["articles"])
    assert sorted(each.name for each in folder.root.rglob(".*")) == [".git", ".notes"], "what is not ours stays"
    assert sorted(each.name for each in (folder.root / "articles").iterdir()) == [
        f"part-00000{number}.parquet" for number in range(3)
    ]
    for name in ("part-000003.parquet", "part-1.parquet", "part-old.parquet"):
        put(folder.root / "articles" / name, b"of another batch")
        with pytest.raises(BatchFailed, match=f"{re.escape(name)}: no shard of this batch has such a part"):
            sweep(folder, ["articles"])
        (folder.root / "articles" / name).unlink()


def test_work_is_cleared_but_for_what_is_to_be_kept(folder: Folder) -> None:
    plan(folder, 4)
    put(folder.work / "grouping" / "sketches", b"1")
    clear(folder, keep=("grouping",))
    assert [each.name for each in folder.work.iterdir()] == ["grouping"]
    clear(folder)
    assert not folder.work.exists()
    clear(folder)


def test_a_sum_begins_with_nothing() -> None:
    assert (Sum().items, Sum().to_json()["rows"]) == (0, {})
