"""The command: what it says, how it ends, and what it makes of a newcomer's mistakes; reading is counted only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from sayso import batching
from sayso.batch.tasks import Done, Task
from sayso.cli.batch import duration
from tests.batch.counting import Counting

from .conftest import Say


@pytest.fixture(autouse=True)
def counting(monkeypatch: pytest.MonkeyPatch, desk: Path) -> Counting:
    """An engine in place of the one that was asked for, which is noted."""
    engine = Counting(100)

    def at_work(name: str, address: str | None, workers: int | None, options: object) -> Counting:
        engine.asked_for = (name, address, workers)
        return engine

    monkeypatch.setattr(batching, "_engine", at_work)
    (desk / "wire.jsonl").write_text("{}\n")
    (desk / "empty").mkdir()
    return engine


def test_the_result_is_told_for_people(say: Say) -> None:
    done = say("batch", "wire.jsonl", "--output", "news")
    assert (done.code, done.err) == (
        0, "sayso: 7 failures (7 unreadable), each with its reason in news/failures\n",
    )  # fmt: skip
    first, *rest = done.out.splitlines()
    assert first == "news: 93 articles read, 7 failures"
    told = {line.split()[0]: line.split()[1:] for line in rest if line}
    assert told["words"] == ["10,000"]
    assert {"size", "time", "speed"} <= told.keys()


def test_and_for_programs(say: Say) -> None:
    done = say("batch", "wire.jsonl", "--output", "news", "--format", "json")
    told = json.loads(done.out)
    assert (told["articles"], told["failures"], told["failed"]) == (93, 7, {"unreadable": 7})
    again = json.loads(say("batch", "--output", "news", "-f", "json").out)
    assert (again["there_before"], again["articles"]) == (100, 93)


@pytest.mark.parametrize(
    "options, engine",
    [
        pytest.param((), ("local", None, None), id="this-machine"),
        pytest.param(("--workers", "3"), ("local", None, 3), id="some-workers"),
        pytest.param(("--address", "auto"), ("ray", "auto", None), id="a-cluster"),
        pytest.param(("--engine", "ray"), ("ray", None, None), id="ray-on-this-machine"),
    ],
)
def test_the_engine_that_is_asked_for(
    say: Say, counting: Counting, options: tuple[str, ...], engine: tuple[object, ...]
) -> None:
    assert say("batch", "wire.jsonl", "--output", "news", *options).code == 0
    assert counting.asked_for == engine


@pytest.mark.parametrize(
    "arguments, told",
    [
        pytest.param("wire.jsonl", "Missing option '-o' / '--output'. See: sayso batch --help", id="no-output"),
        pytest.param("wier.jsonl -o news", "wier.jsonl: there is no such file or folder. Check the", id="typo"),
        pytest.param("https://news.example/1 -o news", "https://news.example/1: a batch reads files. Fetch it first, "
                     "or use sayso add", id="address"),
        pytest.param("- -o news", "-: it is no file, and a batch that goes on has to read it again. Save what comes "
                     "from it first", id="stream"),
        pytest.param("wire.jsonl -o bridge.txt", "it is a file, and a batch is written into a folder", id="file"),
        pytest.param("wire.jsonl -o .", "there are other things in it (bridge.txt, empty, wire.jsonl), and no batch. "
                     "Name a new folder, or an empty one", id="in-use"),
        pytest.param(". -o news", "it lies in the input ., and would be read as input", id="within-the-input"),
        pytest.param("-o news", "there is no batch in it to go on with. Name its inputs", id="nothing-to-go-on-with"),
        pytest.param("wire.jsonl -o news --workers 0", "0 is not in the range x>=1", id="no-workers"),
        pytest.param("wire.jsonl -o news --date monday", "'monday' is no date", id="no-date"),
        pytest.param("wire.jsonl -o news --engine local --address auto", "address: 'auto' will not do; expected the "
                     "engine ray", id="an-address-without-a-cluster"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_a_line_and_nothing_is_written(say: Say, desk: Path, arguments: str, told: str) -> None:
    before = sorted(desk.iterdir())
    done = say("batch", *arguments.split())
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert done.err.count("\n") == 1
    assert sorted(desk.iterdir()) == before


def test_another_batch_in_the_folder_is_told(say: Say) -> None:
    say("batch", "wire.jsonl", "--output", "news")
    done = say("batch", "bridge.txt", "--output", "news", "--outlet", "Coastal Wire")
    assert done.code == 2
    assert done.err.startswith("sayso: ")
    assert (
        "another batch is in it: --outlet was not given, and is 'Coastal Wire'; bridge.txt is not among its inputs; "
        "wire.jsonl is one of its inputs, and is not named. Name another folder, or ask for the same as then\n"
    ) in done.err


def test_an_input_that_could_not_be_read_is_told(say: Say, counting: Counting) -> None:
    counting.unreadable = {"empty": "there is no article in this folder"}
    done = say("batch", "wire.jsonl", "empty", "--output", "news")
    assert done.code == 2
    assert done.err.splitlines() == [
        "sayso: empty: there is no article in this folder",
        "sayso: 8 failures (8 unreadable), each with its reason in news/failures",
    ]
    assert done.out.startswith("news: 93 articles read, 8 failures\n")


def test_what_is_damaged_is_told_and_made_anew(say: Say, desk: Path) -> None:
    say("batch", "wire.jsonl", "--output", "news")
    (desk / "news/shards/000002.json").unlink()
    done = say("batch", "wire.jsonl", "--output", "news", "--verify")
    assert done.code == 0
    assert "1 entry of the manifest missing: what it had is read again" in done.err


def test_an_interrupt_says_how_to_go_on(say: Say, counting: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = counting.run

    def interrupted(tasks: Iterable[Task]) -> Iterator[Done]:
        for done in whole(tasks):
            yield done
            if done.task.job == "read":
                raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(counting, "run", interrupted)
        done = say("batch", "wire.jsonl", "--output", "news")
    assert (done.code, done.out) == (130, "")
    assert "sayso: news: what is done is kept; the same command goes on from there\n" in done.err
    assert say("batch", "wire.jsonl", "--output", "news").out.startswith("news: 93 articles read")


@pytest.mark.parametrize(
    "seconds, text", [(0, "0 s"), (59.6, "1 min"), (3600, "1 h"), (86_399, "23 h 59 min"), (90_000, "1 d 1 h")]
)
def test_a_stretch_of_time(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_the_help_has_examples(say: Say) -> None:
    told = say("batch", "--help").out
    assert "sayso batch crawl.warc.gz --output crawl" in told
    assert not [line for line in told.splitlines() if len(line) > 100]
