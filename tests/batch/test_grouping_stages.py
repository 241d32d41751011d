"""Grouping survives what a batch survives: any order, any death, any number of workers; and no crowd makes it slow."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.archive.tracing.forms import Utterance
from sayso.batch.digest import digest_of
from sayso.batch.engines.local import LocalEngine
from sayso.batch.grouping import group, stages
from sayso.batch.grouping.connecting import components, shared_out
from sayso.batch.grouping.pairing import PAIR, REACH, likely_told, near_pairs
from sayso.batch.grouping.places import Places
from sayso.batch.grouping.sketches import STATEMENT_TREES, buckets_of, sketch_told
from sayso.batch.grouping.spill import read_blocks, write_blocks
from sayso.batch.grouping.told import Told
from sayso.batch.layout import Folder, put_json
from sayso.batch.progress import Progress
from sayso.errors import BatchFailed
from tests.batch.grouped import Here, Printed, Said, add_shard, batch_of
from tests.batch.test_grouping import HEAD, OWN, PARAGRAPHS, QUOTE, WIRE

QUOTED = (Said(QUOTE, "Ottoline Marsh"),)
ARTICLES = [
    Printed("wire", WIRE, QUOTED, agency="Nordwire"),
    Printed("own", OWN, QUOTED, day=date(2031, 5, 7)),
    *(Printed(f"cut{at}", " ".join(PARAGRAPHS[:at]), QUOTED if at > 1 else ()) for at in range(1, 5)),
    *(Printed(f"paper{at}", f"{HEAD} {WIRE}", QUOTED, day=date(2031, 5, 6 + at)) for at in range(1, 7)),
]


def made(root: Path, *, shard: int = 3) -> Folder:
    folder = batch_of(root, ARTICLES, shard=shard)
    put_json(folder.job, {"id": "tidewater"})
    return folder


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = made(tmp_path_factory.mktemp("grouped"))
    report = group(folder, Here())
    assert report.texts == 1 and report.copies == 10 and report.utterances == 1 and report.told == 11
    return digest_of(folder.root)


@pytest.mark.parametrize(
    "engine",
    [
        pytest.param(lambda: Here(order=reversed), id="the-last-task-first"),
        pytest.param(lambda: Here(order=lambda tasks: random.Random(1).sample(tasks, len(tasks))), id="in-any-order"),
        pytest.param(lambda: Here(times=2), id="each-task-twice"),
        pytest.param(lambda: LocalEngine(2), id="by-two-workers"),
    ],
)
def test_the_rows_do_not_depend_on_who_did_what_when(
    tmp_path: Path, engine: Callable[[], Here], expected: dict[str, str]
) -> None:
    folder, workers = made(tmp_path), engine()
    try:
        group(folder, workers)
    finally:
        workers.close()
    assert digest_of(folder.root) == expected
    assert not Places(folder).root.exists()


@pytest.mark.parametrize("shard", [pytest.param(3, id="few-a-shard"), pytest.param(100, id="all-in-one-shard")])
def test_nor_on_how_the_work_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: dict[str, str], shard: int
) -> None:
    monkeypatch.setattr(stages, "ARTICLES", 4)
    monkeypatch.setattr(stages, "BUCKET_BYTES", 1 << 12)
    folder, engine = made(tmp_path, shard=shard), Here()
    group(folder, engine)
    assert digest_of(folder.root) == expected
    assert len(engine.done) > 12


def test_a_grouping_that_was_broken_off_goes_on(tmp_path: Path, expected: dict[str, str]) -> None:
    folder = made(tmp_path)
    whole = Here()
    group(made(tmp_path / "whole"), whole)
    done = []
    for dies_after in (1, 3, 2, None):
        engine = Here(dies_after=dies_after)
        if dies_after is None:
            group(folder, engine)
        else:
            with pytest.raises(KeyboardInterrupt):
                group(folder, engine)
        done += engine.done
    # The last task of a run that broke off was done, and told to nobody: it is found done.
    assert [each.given | {"folder": ""} for each in done] == [each.given | {"folder": ""} for each in whole.done]
    assert digest_of(folder.root) == expected


def test_workers_killed_as_they_write_cost_no_rows(
    tmp_path: Path, expected: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    folder, engine = made(tmp_path), LocalEngine(2)
    work, over = Places(folder).root, threading.Event()

    def kill() -> None:
        seen: set[Path] = set()
        killed = 0
        while killed < 5 and not over.wait(0.001):
            there = {each for each in work.rglob("*") if each.is_file() and each.name != "outline.json"}
            if there - seen:
                # A task has begun a file, or ended one and has not yet said that it is done, or just has.
                killed += 1
                for pid in filter(None, [worker.pid for worker in engine._workers]):
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            seen |= there

    killing = threading.Thread(target=kill)
    killing.start()
    try:
        group(folder, engine)
    finally:
        over.set()
        killing.join()
        engine.close()
    assert digest_of(folder.root) == expected
    assert sum("a child died in group" in each.getMessage() for each in caplog.records) >= 2


def test_a_finished_grouping_is_not_done_again_until_there_is_more_to_group(tmp_path: Path) -> None:
    folder = made(tmp_path)
    first = group(folder, Here())
    idle = Here()
    assert group(folder, idle) == first and not idle.done

    add_shard(folder, 99, [Printed("late", WIRE, QUOTED, day=date(2031, 6, 1))])
    again = group(folder, Here())
    assert again.copies == first.copies + 1 and again.articles == first.articles + 1


def test_it_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[Progress] = []
    group(made(tmp_path), Here(), on_progress=told.append)
    assert [each.done for each in told] == sorted(each.done for each in told)
    assert told[-1].done == told[-1].total and {each.stage for each in told} == {"grouping"}


def test_a_damaged_part_is_named(tmp_path: Path) -> None:
    folder = made(tmp_path)
    folder.part("statements", 1).write_bytes(b"PAR1 was here")
    with pytest.raises(BatchFailed, match=r"statements/part-000001\.parquet"):
        group(folder, Here())


def told(number: int, text: str, *, speaker: str | None = None, day: int = 0) -> Told:
    return Told(f"a{number}", "st1", None, Utterance(text, True, speaker_name=speaker, day=day))


def test_a_sentence_that_everybody_prints_makes_no_quadratic_bucket() -> None:
    stock = "The company did not respond to a request for comment"
    once = sketch_told([told(0, stock, speaker="Halvern Bank")], 0)
    crowd = np.repeat(once, 20_000)
    for tree in range(STATEMENT_TREES.trees):
        at = crowd["tree"] == tree
        crowd["id"][at] = np.arange(at.sum())
        crowd["day"][at] = np.arange(at.sum()) % 3_000
        # As of days and speakers of their own.
        crowd["same"][at] = np.arange(at.sum())

    pairs = near_pairs(crowd, STATEMENT_TREES, likely_told)

    assert 0 < len(pairs) <= REACH * 20_000
    crowd["same"] = 1
    assert len(near_pairs(crowd, STATEMENT_TREES, likely_told)) == 19_999


def test_what_has_the_same_words_meets_in_a_bucket_and_what_shares_none_does_not() -> None:
    alike = [told(0, QUOTE, speaker="Ottoline Marsh"), told(1, f"{QUOTE}!", speaker="Marsh"), told(2, "")]
    records = sketch_told([*alike, told(3, "Boats go where the water is")], 10)

    assert sorted(set(records["id"].tolist())) == [10, 11, 13]
    assert near_pairs(records, STATEMENT_TREES, likely_told).tolist() == [(10, 11, 255)]
    buckets = {number: set(buckets_of(records[records["id"] == number], 64).tolist()) for number in (10, 11)}
    assert buckets[10] == buckets[11]


THINGS = st.integers(0, 30)
PAIRS = st.lists(st.tuples(THINGS, THINGS, st.integers(128, 255)).filter(lambda pair: pair[0] < pair[1]), max_size=40)


@given(st.lists(PAIRS, max_size=3))
def test_components_are_what_pairs_tie_together(files: list[list[tuple[int, int, int]]]) -> None:
    heads = list(range(31))
    for one, other, _ in (pair for file in files for pair in file):
        low, high = sorted((heads[one], heads[other]))
        heads = [low if head == high else head for head in heads]

    forest, cut = components(31, lambda: (np.array(file, PAIR) for file in files), largest=50)
    found, pieces = shared_out(forest, 4)

    assert [int(each) for each in forest.roots(np.arange(31, dtype=np.int32))] == heads
    assert cut == 0
    shared = {int(thing): int(piece) for things, its in found for thing, piece in zip(things, its, strict=True)}
    assert set(shared) == {thing for thing in range(31) if heads.count(heads[thing]) > 1}
    assert all(shared[thing] == shared[heads[thing]] < pieces for thing in shared)


def test_a_component_that_is_too_large_is_cut_where_the_likeness_is_weakest() -> None:
    chain = [(at, at + 1, 250 if at % 10 else 130) for at in range(1, 99)]
    forest, cut = components(100, lambda: [np.array(chain, PAIR)], largest=50)
    assert cut == 99
    assert [int(each) for each in forest.roots(np.arange(100, dtype=np.int32))] == [
        0, *(1 + max(0, at - 1) // 10 * 10 for at in range(1, 100))
    ]  # fmt: skip
    whole, cut = components(100, lambda: [np.array(chain, PAIR)], largest=99)
    assert cut == 0 and len(set(whole.parents.tolist())) == 2


@settings(deadline=None)  # It writes files.
@given(st.dictionaries(st.integers(0, 1 << 40), st.binary(max_size=9), max_size=9))
def test_blocks_are_found_by_their_numbers(tmp_path_factory: pytest.TempPathFactory, blocks: dict[int, bytes]) -> None:
    path = tmp_path_factory.mktemp("spill") / "blocks"
    write_blocks(path, blocks)
    for number in (*blocks, 7):
        assert b"".join(read_blocks([path, path], number)) == 2 * blocks.get(number, b"")


def test_a_file_of_work_that_is_damaged_is_named(tmp_path: Path) -> None:
    path = tmp_path / "blocks"
    path.write_bytes(b"x")
    with pytest.raises(BatchFailed, match="blocks"):
        list(read_blocks([path], 0))
    with pytest.raises(BatchFailed, match="gone"):
        list(read_blocks([tmp_path / "gone"], 0))
