"""A shard read: the same rows however often its process died, one row for each item, nothing lost where it fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.batch import reading
from sayso.batch.digest import digest_of
from sayso.batch.jobs import Steps
from sayso.batch.layout import Folder
from sayso.batch.limits import Options
from sayso.batch.manifest import read_entry
from sayso.batch.parquet import read_parts
from sayso.batch.rows import record_of
from sayso.batch.scanning import run as scan
from sayso.batch.tables import Rows
from sayso.batch.tasks import Task
from sayso.batch.worker import Worker
from sayso.errors import BatchFailed, DamagedModel
from sayso.pipeline import read_text
from sayso.records import article_to_json
from tests.batch.harmful import teach
from tests.quoting import story

POISON = """
import os, sys, time
from sayso.intake import reading_items
real = reading_items.read_bytes
def read_bytes(data, *given, **named):
    article = real(data, *given, **named)
    if "HANG" in article.text:
        while True: pass
    if "CRASH" in article.text:
        os.kill(os.getpid(), 11)
    if "GORGE" in article.text:
        held = []
        while True: held.append(b"x" * 1000000)
    return article
reading_items.read_bytes = read_bytes
"""


def lines(folder: Path, *texts: str) -> Path:
    file = folder / "wire.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return file


def planned(folder: Path, file: Path, number: int = 0) -> Task:
    """The task that reads a whole file as one shard."""
    given = {"folder": str(folder), "inputs": [str(file)], "every": 16}
    scan(given, Steps(number))
    plan = (folder / "work" / "plan" / f"{number:06}.jsonl").read_text(encoding="ascii")
    (folder / "batch.json").touch()
    stretches = [json.loads(line) for line in plan.splitlines()]
    count = sum(each["count"] for each in stretches)
    return Task("read", number, {"folder": str(folder), "stretches": stretches, "count": count})


def read(task: Task, options: Options | None = None, **named: Any) -> dict[str, Any]:
    return reading.run(task.given, Steps(task.number, options, **named))


def rows_by_article(folder: Path) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for table in reading.READ:
        for row in read_parts(folder, table):
            found.setdefault(row["article"], {}).setdefault(table, []).append(row)
    return found


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, dict[str, Any]]]:
    """A file with some of everything, read without disturbance in this process."""
    folder = tmp_path_factory.mktemp("mixed")
    texts = [story(number) for number in range(10)]
    texts[3] = "Die Brücke ist zu, sagte sie spät am Abend dem Rat der Stadt. " * 9
    texts[6] = ""
    file = lines(folder, *texts)
    with file.open("a", encoding="utf-8") as out:
        out.write("{no json\n")
    yield file, folder / "out", read(planned(folder / "out", file))


def test_each_item_is_in_the_articles_or_in_the_failures_once(mixed: tuple[Path, Path, dict[str, Any]]) -> None:
    file, folder, told = mixed
    rows = rows_by_article(folder)
    assert sorted(rows, key=lambda name: int(name.rpartition(":")[2])) == [f"{file}:{n}" for n in range(1, 12)]
    assert all(("articles" in each) != ("failures" in each) for each in rows.values())
    failed = {name.rpartition(":")[2]: each["failures"][0] for name, each in rows.items() if "failures" in each}
    assert {number: row["kind"] for number, row in failed.items()} == {
        "4": "refused", "7": "unreadable", "11": "damaged"
    }  # fmt: skip
    assert "only English" in failed["4"]["reason"]
    assert (told["articles"], told["failures"], told["failed"]) == (
        *(8, 3, {"damaged": 1, "refused": 1, "unreadable": 1}),
    )


def test_the_rows_are_the_record_of_the_article(mixed: tuple[Path, Path, dict[str, Any]]) -> None:
    file, folder, _ = mixed
    record = article_to_json(read_text(story(1).strip(), name=f"{file}:2"))
    assert record["attributions"]
    assert record_of(rows_by_article(folder)[f"{file}:2"]) == record


def test_the_entry_has_what_the_parts_are_and_the_journal_is_gone(mixed: tuple[Path, Path, dict[str, Any]]) -> None:
    _, folder, told = mixed
    entry = read_entry(Folder(folder), 0)
    assert entry is not None and set(entry.parts) == set(reading.READ)
    assert (entry.articles, entry.failures, entry.words) == (8, 3, told["words"])
    assert all(Folder(folder).part(table, 0).stat().st_size == part.bytes for table, part in entry.parts.items())
    assert not list((folder / "work" / "journal").iterdir())


def test_a_shard_that_is_done_is_not_done_again(
    mixed: tuple[Path, Path, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, folder, told = mixed
    monkeypatch.setattr(reading, "items_in", None)
    assert read(Task("read", 0, {"folder": str(folder), "stretches": [], "count": 11})) == told


def test_what_a_poisoned_article_kills_costs_its_neighbours_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [story(number) for number in range(12)]
    file = lines(tmp_path, *texts)
    read(planned(tmp_path / "sound", file))
    for number, word in ((2, "HANG"), (5, "CRASH"), (9, "GORGE")):
        texts[number] += word
    lines(tmp_path, *texts)
    task = planned(tmp_path / "out", file)
    teach(tmp_path, monkeypatch, POISON)
    with Worker(Options(article_cpu_s=1, memory_mb=450)) as worker:
        done = worker.run(task)
    assert (done.result["articles"], done.result["failed"]) == (9, {"failed": 3})
    rows, sound = rows_by_article(tmp_path / "out"), rows_by_article(tmp_path / "sound")
    failed = {name: each.pop("failures")[0] for name, each in rows.items() if "failures" in each}
    assert {name.rpartition(":")[2]: row["reason"] for name, row in failed.items()} == {
        "3": "it could not be read within 1 s of a processor, or did nothing for 120 s",
        "6": "the process that read it broke off (SIGSEGV)",
        "10": "it could not be read within 450 MB",
    }
    for name, row in failed.items():
        assert (row["kind"], row["origin"], len(row["digest"])) == ("failed", str(file), 64)
        del rows[name], sound[name]
    assert rows == sound
    assert {each["cause"] for each in done.result["deaths"]} == {"time", "crash", "memory"}
    assert len(done.result["deaths"]) <= 6


def test_an_attempt_cut_off_anywhere_changes_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = lines(tmp_path, *(story(number) for number in range(9)))
    read(planned(tmp_path / "sound", file))
    task = planned(tmp_path / "out", file)
    real = Steps.end
    left = [0]

    def cut(self: Steps, ordinal: int) -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        real(self, ordinal)

    monkeypatch.setattr(Steps, "end", cut)
    for number in (1, 3, 2):
        left[0] = number
        with pytest.raises(KeyboardInterrupt):
            read(task)
    # Another worker's attempt, whose last line was cut off.
    (tmp_path / "out" / "work" / "journal" / "000000" / "attempt-0.jsonl").write_bytes(b"12345678\t8\tarticles\t[{")
    left[0] = -1
    assert read(task, alone=[7])["articles"] == 9
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "sound")
    names = [row["article"] for row in read_parts(tmp_path / "out", "articles")]
    assert names == [f"{file}:{number}" for number in range(1, 10)], "in their order, whoever read them"


def test_where_nothing_can_be_written_it_says_so_and_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("resource")
    task = planned(tmp_path / "out", lines(tmp_path, *(story(number) for number in range(4))))
    # No bytecode, which would be cut off as well.
    full = "import resource, sys\nsys.dont_write_bytecode = True\nif 'sayso.batch._child' in sys.orig_argv:\n    "
    teach(tmp_path, monkeypatch, full + "resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, -1))")
    with Worker() as worker, pytest.raises(BatchFailed, match=r"cannot be written to .* Make room"):
        worker.run(task)
    assert not (tmp_path / "out" / "shards").exists()
    teach(tmp_path, monkeypatch)
    with Worker() as worker:
        assert worker.run(task).result["articles"] == 4


def test_what_every_article_would_come_to_is_no_failure_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    task = planned(tmp_path / "out", lines(tmp_path, story()))

    def broken(*given: Any, **named: Any) -> Any:
        yield DamagedModel("model.onnx", "0" * 64, None)

    monkeypatch.setattr(reading, "extracted_many", broken)
    with pytest.raises(DamagedModel):
        read(task)


def test_an_input_that_changed_is_not_read(tmp_path: Path) -> None:
    file = lines(tmp_path, story())
    task = planned(tmp_path / "out", file)
    lines(tmp_path, story(), story(2))
    with pytest.raises(BatchFailed, match="changed"):
        read(task)
    file.unlink()
    with pytest.raises(BatchFailed, match="gone"):
        read(task)
    wrong = replace(task, given={**task.given, "count": 7, "stretches": []})
    with pytest.raises(BatchFailed, match="0 items, and 7 were counted"):
        read(wrong)


def test_a_transcript_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "talk.vtt"
    file.write_text("WEBVTT\n\n00:00.000 --> 00:02.000\n<v Mara Quill>We shall close it.\n", encoding="utf-8")
    assert read(planned(tmp_path / "out", file))["failed"] == {"refused": 1}
    (row,) = read_parts(tmp_path / "out", "failures")
    assert "transcript" in row["reason"] and "sayso add --transcript" in row["advice"]


def test_an_input_that_no_process_gets_through_is_a_failure_as_a_whole(tmp_path: Path) -> None:
    files = [lines(tmp_path, story()), tmp_path / "none.warc.gz"]
    given = {"folder": str(tmp_path / "out"), "inputs": list(map(str, files)), "every": 16}
    told = scan(given, Steps(2, given_up={0: "it took too long"}))
    assert told == {"stretches": 2, "items": 2, "inputs": 2}
    plan = (tmp_path / "out" / "work" / "plan" / "000002.jsonl").read_text(encoding="ascii").splitlines()
    task = Task("read", 5, {"folder": str(tmp_path / "out"), "stretches": list(map(json.loads, plan)), "count": 2})
    assert read(task)["failed"] == {"failed": 1, "unreadable": 1}
