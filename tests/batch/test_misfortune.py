"""What an operator has bad luck with, and what whoever fills the folder or the input may try."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sayso.batch.grouping import group
from sayso.batch.layout import put
from sayso.batching import run_batch
from sayso.errors import BatchFailed, UnreadableSource
from tests.batch.counting import Counting
from tests.batch.grouped import Here, Printed, batch_of

ARTICLES = 40


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with an input, and one beside the batch that is none of its business."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wire.jsonl").write_text("{}\n")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "notes").write_text("kept")
    return tmp_path


@pytest.mark.parametrize("name", ["events.jsonl", ".lock", "work", "work/plan", "shards", "articles", "copies"])
def test_a_link_leads_nothing_out_of_the_folder(desk: Path, name: str) -> None:
    run_batch(["wire.jsonl"], "out", engine=Counting(ARTICLES))
    own = Path("out", name)
    own.parent.mkdir(exist_ok=True)
    target = desk / "elsewhere" / ("notes" if "." in name else "")
    if own.is_dir():
        own.rename("moved")
    else:
        own.unlink(missing_ok=True)
    own.symlink_to(target)
    with pytest.raises(BatchFailed, match="is a link, and a batch writes and clears away in its own folder alone"):
        run_batch([], "out", engine=Counting(ARTICLES), group=True)
    assert [each.read_text() for each in (desk / "elsewhere").iterdir()] == ["kept"]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", ["wire.jsonl:1", "wire.jsonl#guid"])
def test_a_file_that_is_called_as_an_article_of_another_is_refused(name: str) -> None:
    Path(name).write_text("{}\n")
    with pytest.raises(UnreadableSource, match=r"an article in wire\.jsonl may have the same name\. Rename it"):
        run_batch(["wire.jsonl", name], "out", engine=Counting(ARTICLES))
    assert run_batch([name], "out", engine=Counting(ARTICLES)).articles


@pytest.mark.skipif(os.sep != "/", reason="names of files are no bytes there")
@pytest.mark.usefixtures("desk")
def test_an_input_whose_name_is_no_text_is_known_again() -> None:
    name = os.fsdecode(b"caf\xe9.jsonl")
    Path(name).write_text("{}\n")
    run_batch([name], "out", engine=Counting(ARTICLES))
    assert json.loads(Path("out/batch.json").read_text())["inputs"][0][0] == name
    Path("out/shards/000001.json").unlink()
    assert run_batch([name], "out", engine=Counting(ARTICLES)).articles + 3 == ARTICLES


def test_a_file_of_others_in_a_table_of_the_grouping_is_named(tmp_path: Path) -> None:
    folder = batch_of(tmp_path, [Printed("wire:1", "The lock is open.")])
    strange = folder.root / "copies" / "part-old.parquet"
    put(strange, b"of others")
    with pytest.raises(BatchFailed, match=r"part-old\.parquet: no shard of this batch has such a part\. Take it away"):
        group(folder, Here())
    strange.unlink()
    assert group(folder, Here()).articles == 1
