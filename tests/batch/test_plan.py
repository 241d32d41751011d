from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.batch.job import Input
from sayso.batch.layout import Folder, put
from sayso.batch.plan import has_plan, make_plan, read_tasks, scan_tasks, scanned, shard_size, shards_of
from sayso.errors import BatchFailed
from sayso.intake.items import Failure
from sayso.intake.parts import FailurePart, FilesPart, Listed, Part, RowsPart, Seen
from sayso.intake.stretches import Stretch


def rows(name: str, first: int, count: int) -> Stretch:
    return Stretch(name, first, count, (RowsPart(count, Seen(name, f"/in/{name}", 9, 1), first),))


def files(folder: str, first: int, count: int) -> Stretch:
    names = [f"{folder}/{number}.txt" for number in range(first, first + count)]
    listed = tuple(Listed(folder, True, Seen(name, f"/in/{name}", 9, 1), 1) for name in names)
    part: Part = FilesPart(count, listed)
    return Stretch(folder, first, count, (part,))


def unreadable(name: str) -> Stretch:
    return Stretch(name, 0, 1, (FailurePart(1, Failure("damaged", name, name, "it is cut off", "Get it again")),))


def write(folder: Folder, *scans: list[Stretch]) -> int:
    for number, stretches in enumerate(scans):
        lines = "".join(json.dumps(each.to_json()) + "\n" for each in stretches)
        put(scanned(folder, number), lines.encode())
    return len(scans)


@pytest.mark.parametrize(
    "total, size",
    [
        pytest.param(0, 16, id="nothing"),
        pytest.param(1000, 16, id="little-busies-several-workers"),
        pytest.param(10_000, 160, id="a-sixty-fourth-of-all"),
        pytest.param(10**7, 512, id="much-is-done-again-in-minutes-all-the-same"),
    ],
)
def test_the_size_of_a_shard(total: int, size: int) -> None:
    assert shard_size(total) == size


def test_neighbours_become_shards_that_cross_inputs_where_these_are_small(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    scans = write(
        folder,
        [rows("a.parquet", 0, 16), rows("a.parquet", 16, 10), rows("b.parquet", 0, 4)],
        [files("pages", 0, 16)],
        [unreadable("cut.warc")],
    )
    assert not has_plan(folder)
    planned = make_plan(folder, scans)
    assert has_plan(folder)
    assert (planned.articles, planned.shards, planned.unreadable) == (47, 4, ("cut.warc: it is cut off. Get it again",))
    shards = list(shards_of(folder))
    assert [(each.number, each.count, len(each.stretches)) for each in shards] == [
        (0, 16, 1), (1, 14, 2), (2, 16, 1), (3, 1, 1),
    ]  # fmt: skip
    assert [Stretch.from_json(each) for each in shards[1].stretches] == [
        rows("a.parquet", 16, 10), rows("b.parquet", 0, 4),
    ]  # fmt: skip
    assert not [each for each in range(scans) if scanned(folder, each).exists()]


def test_neighbours_of_one_input_are_one_stretch(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    many = [rows("a.parquet", first, 16) for first in range(0, 3200, 16)]
    make_plan(folder, write(folder, many))
    shards = list(shards_of(folder))
    assert {each.count for each in shards} == {48, 32}
    assert [Stretch.from_json(each) for shard in shards for each in shard.stretches] == [
        rows("a.parquet", first, min(48, 3200 - first)) for first in range(0, 3200, 48)
    ]


def test_the_plan_is_the_same_however_the_inputs_were_scanned(tmp_path: Path) -> None:
    stretches = [rows(name, first, 16) for name in ("a.parquet", "b.parquet") for first in range(0, 96, 16)]
    one, two = Folder(tmp_path / "one"), Folder(tmp_path / "two")
    make_plan(one, write(one, stretches))
    make_plan(two, write(two, stretches[:5], stretches[5:]))
    assert list(shards_of(one)) == list(shards_of(two))


def test_small_inputs_are_scanned_together(tmp_path: Path) -> None:
    inputs = [Input(f"{number:05}.jsonl", 1, 1000, "1") for number in range(10_000)]
    inputs += [Input("pages", 700, 5_000_000, "1"), Input("large.warc", 1, 10**9, "1")]
    tasks = scan_tasks(Folder(tmp_path), inputs)
    names = [name for task, _ in tasks for name in task.given["inputs"]]
    assert names == [each.name for each in inputs]
    assert (len(tasks), sum(count for _, count in tasks)) == (41, 10_701)
    assert tasks[-1][0].given["inputs"] == ["large.warc"]


def test_a_task_says_where_names_are_to_be_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Folder(tmp_path / "out")
    make_plan(folder, write(folder, [rows("a.parquet", 0, 16)]))
    (task,) = read_tasks(folder, shards_of(folder))
    assert (task.job, task.number, task.given["place"], task.given["count"]) == ("read", 0, str(tmp_path), 16)
    assert json.loads(json.dumps(task.given)) == task.given


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda text: text[:40], id="cut-off"),
        pytest.param(lambda text: text.replace('"count"', '"cuont"'), id="a-field-is-not-there"),
        pytest.param(lambda text: "7\n", id="something-else"),
    ],
)
def test_a_damaged_plan_says_how_to_get_a_new_one(tmp_path: Path, harm: object) -> None:
    folder = Folder(tmp_path)
    make_plan(folder, write(folder, [rows("a.parquet", 0, 16)]))
    path = folder.work / "plan" / "shards.jsonl"
    path.write_text(harm(path.read_text()))  # type: ignore[operator]
    with pytest.raises(BatchFailed, match=r"shards\.jsonl: the plan is not as it was written .*Delete it"):
        list(shards_of(folder))
