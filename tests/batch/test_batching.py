"""The driver, with an engine that reads nothing: planning, going on, and what it refuses."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.batch import driver
from sayso.batch.events import Events, read_events
from sayso.batch.grouping import Report as Grouped
from sayso.batch.layout import Folder
from sayso.batch.parquet import write_part
from sayso.batch.progress import OnProgress, Progress
from sayso.batch.rows import failure_row
from sayso.batch.tasks import Done, Engine, Task
from sayso.batching import Report, run_batch
from sayso.errors import (
    BadSetting,
    BatchFailed,
    MissingPackage,
    NoSuchSource,
    OtherBatch,
    RefusedAddress,
    UnreadableSource,
)
from sayso.intake.items import Failure
from tests.batch.counting import Counting

ARTICLES = 100


@pytest.fixture
def wire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with an input."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wire.jsonl").write_text("{}\n")
    return tmp_path


def run(engine: Any = None, *, inputs: Iterable[str] = ("wire.jsonl",), output: str = "out", **options: Any) -> Report:
    return run_batch(list(inputs), output, engine=engine or Counting(ARTICLES), **options)


def told(event: str) -> list[dict[str, Any]]:
    return [each for each in read_events(Path("out/events.jsonl")) if each["event"] == event]


class Dying(Counting):
    """Dies after so many shards, as a driver does that is killed."""

    def __init__(self, articles: int, after: int) -> None:
        super().__init__(articles)
        self.after = after

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        for done in super().run(tasks):
            if done.task.job == "read" and self.reads > self.after:
                raise KeyboardInterrupt
            yield done


@pytest.mark.usefixtures("wire")
class TestReading:
    def test_all_is_read_once_and_told(self) -> None:
        seen: list[Progress] = []
        report = run(on_progress=seen.append)
        assert (report.articles, report.failures, report.shards, report.words) == (93, 7, 7, 10_000)
        assert report.failed == {"unreadable": 7}
        assert [(each.stage, each.done, each.total) for each in seen if each.done == each.total] == [
            ("planning", 1, 1), ("reading", 100, 100),
        ]  # fmt: skip
        events = [each["event"] for each in read_events(Path("out/events.jsonl"))]
        assert events == ["started", "planned", *["shard done"] * 7, "finished"]
        assert not Path("out/work").exists()
        assert json.loads(json.dumps(report.to_json()))["output"] == "out"

    def test_what_is_finished_is_not_read_again(self) -> None:
        run()
        engine = Counting(ARTICLES)
        report = run(engine)
        assert (engine.scans, engine.reads, report.there_before) == (0, 0, 100)
        assert (report.articles, report.cost.runs) == (93, 1)

    def test_it_goes_on_after_the_last_shard_that_is_done(self) -> None:
        with pytest.raises(KeyboardInterrupt):
            run(Dying(ARTICLES, after=3))
        assert told("interrupted")
        seen: list[Progress] = []
        engine = Counting(ARTICLES)
        report = run(engine, on_progress=seen.append)
        assert (engine.scans, engine.reads) == (0, 3), "the fourth was done when it was interrupted, and not yet told"
        assert (report.articles, report.there_before) == (93, 64)
        assert (seen[0].stage, seen[0].done) == ("reading", 64)

    def test_without_an_input_it_goes_on_with_its_own(self) -> None:
        with pytest.raises(KeyboardInterrupt):
            run(Dying(ARTICLES, after=3), outlet="The Tidewater Courier", any_language=True)
        assert run(inputs=()).articles == 93
        with pytest.raises(OtherBatch, match="--outlet was 'The Tidewater Courier', and is 'Coastal Wire'"):
            run(inputs=(), outlet="Coastal Wire")

    def test_killed_while_it_planned_it_scans_what_is_left(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for number in range(300):
            Path(f"{number}.jsonl").write_text("{}\n")
        names = [f"{number}.jsonl" for number in range(300)]

        def killed(*given: Any) -> None:
            raise KeyboardInterrupt

        engine = Counting(1)
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(driver, "make_plan", killed)
            run(engine, inputs=names)
        assert engine.scans == 2
        Path("out/work/plan/000001.jsonl").unlink()
        engine = Counting(1)
        assert run(engine, inputs=names).shards == 19
        assert engine.scans == 1

    def test_a_lost_shard_is_no_success(self) -> None:
        engine = Counting(ARTICLES)
        engine.lost = {2}
        with pytest.raises(BatchFailed, match="shard 000002: it is not done, though its task came back"):
            run(engine)
        assert told("failed")[0]["error"] == "BatchFailed"
        assert run().articles == 93

    def test_a_lost_article_is_no_success(self) -> None:
        engine = Counting(ARTICLES)
        engine.short = {2}
        with pytest.raises(BatchFailed, match="shard 000002: it has 16 articles, of which 14 were read and 1 failed"):
            run(engine)

    def test_a_finished_batch_that_lost_a_shard_is_made_whole(self) -> None:
        run()
        Path("out/shards/000003.json").unlink()
        notes: list[str] = []
        engine = Counting(ARTICLES)
        assert run(engine, on_note=notes.append).articles == 93
        assert (engine.scans, engine.reads) == (1, 1)
        assert "1 entry of the manifest missing: what it had is read again" in notes[0]
        assert run(engine).articles == 93
        assert engine.reads == 1

    def test_what_is_finished_needs_its_inputs_no_more(self) -> None:
        run()
        Path("wire.jsonl").unlink()
        assert run(inputs=()).articles == 93
        Path("out/shards/000003.json").unlink()
        with pytest.raises(BatchFailed, match=r"wire.jsonl: it cannot be read \(No such file"):
            run(inputs=())

    def test_shards_are_not_made_anew_of_another_input(self) -> None:
        run()
        Path("out/shards/000003.json").unlink()
        with pytest.raises(BatchFailed, match="its input is not what it was when it began"):
            run(Counting(ARTICLES + 16))

    def test_what_a_kill_left_at_the_very_end_is_removed(self) -> None:
        run()
        Path("out/work/plan").mkdir(parents=True)
        run()
        assert not Path("out/work").exists()

    def test_deaths_and_what_was_given_up_are_told(self) -> None:
        class Harmed(Counting):
            def _read(self, folder: Folder, task: Task) -> dict[str, Any]:
                told = super()._read(folder, task)
                if task.number != 2:
                    return told
                failure = Failure("failed", "wire.jsonl:40", "wire.jsonl", "it took all memory")
                write_part("failures", [failure_row(failure)], folder.part("failures", 2))
                return {**told, "failed": {"failed": 1}, "deaths": [{"cause": "memory", "how": "SIGKILL"}] * 2}

        report = run(Harmed(ARTICLES))
        assert report.cost.deaths == 2
        assert [(each["shard"], each["cause"], each["how"]) for each in told("worker died")] == [
            (2, "memory", "SIGKILL"), (2, "memory", "SIGKILL"),
        ]  # fmt: skip
        (given_up,) = told("article given up")
        assert (given_up["shard"], given_up["article"], given_up["reason"]) == (
            2, "wire.jsonl:40", "it took all memory",
        )  # fmt: skip

    def test_tasks_are_made_as_they_are_taken(self) -> None:
        taken: list[int] = []

        class Slow(Counting):
            def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
                for task in tasks:
                    if task.job == "read":
                        taken.append(task.number)
                        if task.number == 3:
                            # What another did meanwhile is not handed out.
                            list(super().run([Task("read", 5, {**task.given, "count": 16})]))
                    yield from super().run([task])

        run(Slow(ARTICLES))
        assert taken == [0, 1, 2, 3, 4, 6]

    def test_a_minute_is_a_line_in_the_log(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(driver, "MINUTE_S", 0.02)

        class Slow(Counting):
            def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
                for done in super().run(tasks):
                    yield done
                    time.sleep(0.05)

        run(Slow(ARTICLES))
        reading = [each for each in told("progress") if each["stage"] == "reading"]
        assert {"done", "of", "unit", "failures", "per_s", "left_s"} <= set(reading[-1])
        assert (reading[-1]["of"], reading[-1]["unit"]) == (100, "articles")

    def test_a_minute_of_grouping_is_one_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def group(folder: Folder, engine: Engine, *, on_progress: OnProgress) -> Grouped:
            on_progress(Progress("grouping", 3, 9, "tasks"))
            time.sleep(0.3)
            return Grouped(0, 0, 0, 0, 0, 0, 0)

        monkeypatch.setattr(driver, "MINUTE_S", 0.02)
        monkeypatch.setattr("sayso.batch.grouping.group", group)
        run(group=True)
        grouping = [each for each in told("progress") if each["stage"] == "grouping"]
        assert (grouping[-1]["done"], grouping[-1]["of"], grouping[-1]["unit"]) == (3, 9, "tasks")


@pytest.mark.usefixtures("wire")
class TestAnotherBatch:
    @pytest.mark.parametrize(
        "options, told",
        [
            pytest.param({"outlet": "Coastal Wire"}, "--outlet was not given, and is 'Coastal Wire'", id="outlet"),
            pytest.param({"date": "2026-03-14"}, "--date was not given, and is '2026-03-14'", id="date"),
            pytest.param({"any_language": True}, "--any-language was not given, and is given", id="language"),
            pytest.param({"inputs": ["more.jsonl"]}, "more.jsonl is not among its inputs; wire.jsonl is one of its "
                         "inputs, and is not named", id="inputs"),
        ],
    )  # fmt: skip
    def test_is_refused_the_folder(self, options: dict[str, Any], told: str) -> None:
        Path("more.jsonl").write_text("{}\n")
        run()
        with pytest.raises(OtherBatch) as refused:
            run(**options)
        assert told in str(refused.value)
        assert run().articles == 93

    def test_is_one_whose_input_was_written_to(self) -> None:
        run()
        Path("wire.jsonl").write_text("{}\n{}\n")
        with pytest.raises(OtherBatch, match=r"wire.jsonl changed since it began \(3 bytes, now 6\)"):
            run()
        Path("wire.jsonl").write_text("[]\n")
        with pytest.raises(OtherBatch, match=r"wire.jsonl changed since it began \(it was written to\)"):
            run()

    def test_is_one_of_a_folder_with_another_file_in_it(self) -> None:
        Path("pages").mkdir()
        Path("pages/1.html").write_text("<p>One")
        run(inputs=["pages"])
        Path("pages/2.html").write_text("<p>Two")
        with pytest.raises(OtherBatch, match=r"pages changed since it began \(1 file, now 2\)"):
            run(inputs=["pages"])

    @pytest.mark.parametrize(
        "field, value, told",
        [
            pytest.param("sayso", "0.0.9", "it was begun by sayso 0.0.9", id="version"),
            pytest.param("weights", {"attribution.int8.onnx": "0" * 64}, "it was begun with another model", id="model"),
        ],
    )
    def test_is_one_of_another_program(self, field: str, value: object, told: str) -> None:
        run()
        job = Path("out/batch.json")
        job.write_text(json.dumps(json.loads(job.read_text()) | {field: value}))
        with pytest.raises(OtherBatch, match=told):
            run()

    def test_is_one_of_another_program_with_options_of_its_own(self) -> None:
        run()
        job = Path("out/batch.json")
        told = json.loads(job.read_text())
        job.write_text(json.dumps(told | {"sayso": "0.2.0", "options": told["options"] | {"dialect": "en-GB"}}))
        with pytest.raises(OtherBatch, match=r"it was begun by sayso 0\.2\.0"):
            run()

    def test_is_one_with_other_limits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        run()
        monkeypatch.setenv("SAYSO_MAX_BYTES", "5000")
        with pytest.raises(OtherBatch, match="SAYSO_MAX_BYTES was 10000000, and is 5000"):
            run()

    @pytest.mark.parametrize(
        "text, told",
        [
            pytest.param("{", "it is not as it was written", id="cut-off"),
            pytest.param('{"format": 1}', "it is not as it was written", id="fields-missing"),
            pytest.param('{"format": 2, "sayso": "9.1"}', "it was written by sayso 9.1, in a form", id="newer"),
        ],
    )
    def test_is_none_where_its_file_cannot_be_read(self, text: str, told: str) -> None:
        run()
        Path("out/batch.json").write_text(text)
        with pytest.raises(BatchFailed, match=told):
            run()


def a_file() -> None:
    Path("out").write_text("x")


def a_full_folder() -> None:
    Path("out").mkdir()
    for name in "abcde":
        Path("out", name).touch()


def an_empty_folder() -> None:
    Path("empty").mkdir()


@pytest.mark.usefixtures("wire")
class TestRefused:
    @pytest.mark.parametrize(
        "prepared, options, error, told",
        [
            pytest.param(None, {"inputs": ["wier.jsonl"]}, NoSuchSource,
                         "wier.jsonl: there is no such file or folder. Check the spelling", id="no-such-input"),
            pytest.param(None, {"inputs": ["https://news.example/feed.xml"]}, RefusedAddress,
                         "https://news.example/feed.xml: a batch reads files. Fetch it first", id="an-address"),
            pytest.param(None, {"inputs": ["-"]}, UnreadableSource,
                         "-: it is no file, and a batch that goes on has to read it again. Save", id="a-stream"),
            pytest.param(lambda: os.mkfifo("pipe"), {"inputs": ["pipe"]}, UnreadableSource, "pipe: it is no file",
                         id="a-pipe"),
            pytest.param(a_file, {}, BatchFailed, "it is a file, and a batch is written into a folder", id="a-file"),
            pytest.param(a_full_folder, {}, BatchFailed,
                         "there are other things in it (a, b, c, ...), and no batch. Name a new folder", id="in-use"),
            pytest.param(None, {"inputs": ["."]}, BatchFailed, "it lies in the input ., and would be read as input",
                         id="output-in-an-input"),
            pytest.param(None, {"inputs": []}, BatchFailed, "there is no batch in it to go on with. Name its inputs",
                         id="nothing-to-go-on-with"),
            pytest.param(None, {"engine": "spark"}, BadSetting, "expected one of local, ray", id="engine"),
            pytest.param(None, {"engine": "local", "address": "auto"}, BadSetting, "expected the engine ray",
                         id="an-address-of-no-cluster"),
            pytest.param(None, {"date": "14 March"}, BadSetting, "expected a day written like 2026-03-14", id="date"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_meant(
        self, prepared: Callable[[], None] | None, options: dict[str, Any], error: type[Exception], told: str
    ) -> None:
        if prepared:
            prepared()
        before = sorted(Path().rglob("*"))
        with pytest.raises(error) as refused:
            run(**options)
        assert told in str(refused.value)
        assert sorted(Path().rglob("*")) == before, "nothing is written before all is looked at"

    def test_without_polars(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sayso.batch.parquet.find_spec", lambda name: None)
        with pytest.raises(MissingPackage, match=r"pip install 'sayso\[parquet\]'"):
            run()

    def test_a_folder_that_a_killed_driver_had_only_just_made(self) -> None:
        Path("out").mkdir()
        Path("out/.lock").touch()
        Path("out/.batch.json.1f").touch()
        assert run().articles == 93

    def test_two_at_once(self) -> None:
        inside, go_on = threading.Event(), threading.Event()

        class Waiting(Counting):
            def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
                inside.set()
                assert go_on.wait(10)
                yield from super().run(tasks)

        first = threading.Thread(target=run, args=(Waiting(ARTICLES),))
        first.start()
        try:
            assert inside.wait(10)
            with pytest.raises(
                BatchFailed, match=rf"at work in it \(process {os.getpid()} on .*Wait for it, or end it"
            ):
                run()
        finally:
            go_on.set()
            first.join()
        assert run().articles == 93

    def test_a_full_disk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(self: Events, event: str, **facts: Any) -> None:
            if event in ("shard done", "failed"):
                raise OSError(28, "No space left on device")

        monkeypatch.setattr(Events, "tell", full)
        with pytest.raises(
            BatchFailed, match=r"it cannot be written to \(No space left on device\). Make room, and run"
        ):
            run()


def test_memory_does_not_grow_with_the_articles(wire: Path) -> None:
    # `python -m tests.batch.counting` measures the same of a process, for as many articles as one likes.
    import tracemalloc

    peaks = []
    for number, articles in enumerate((2_000, 20_000)):
        tracemalloc.start()
        try:
            run(Counting(articles), output=f"out{number}")
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 300_000
