"""Short forms of the fires in `benchmarks.fire`: writers and servers killed, no space left, files damaged.

They run in processes of their own, since they fork, and what is killed must not be the tests.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from benchmarks.fire.material import extracted, item_of, places, text_of
from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.archive.keeping.packing import pack
from sayso.errors import ArchiveBusy, ArchiveFull, DamagedArchive
from sayso.intake import read_item
from sayso.reading.limits import Limits
from tests.archive import postgres
from tests.archive.built import given
from tests.archive.conftest import NONE_HERE
from tests.archive.filled import fill, news

ROOT = Path(__file__).parents[2]


def run(fire: str, *, times: int, seed: int = 7, **more: Any) -> dict[str, Any]:
    """The figures of a fire."""
    module = {"kill": "killing", "disk": "filling", "postgres": "serving", "damage": "damaging"}.get(fire, fire)
    code = (
        "import json, sys, tempfile; from pathlib import Path\n"
        f"from benchmarks.fire.{module} import {fire} as act\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        f"    print(json.dumps(act(Path(folder), times={times}, seed={seed}, **{more!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_process_that_adds_is_killed() -> None:
    found = run("kill", times=6)
    assert found["faults"] == []
    assert found["kills"] == 6
    assert found["acknowledged"] >= 80, "an archive was completed"


@pytest.mark.parametrize("by_limit", [pytest.param(True, id="by-the-size-of-a-file"), pytest.param(False, id="a-disk")])
def test_no_space_is_left(by_limit: bool) -> None:
    found = run("disk", times=3, by_limit=by_limit)
    assert found["faults"] == []
    assert found["errors"] == {"ArchiveFull": 3}


def test_the_server_is_killed_under_four_writers() -> None:
    if postgres.binaries() is None:
        pytest.skip(NONE_HERE)
    found = run("postgres", times=2)
    assert found["faults"] == []
    assert (found["kills"], found["lost"], found["doubled"]) == (2, 0, 0)
    assert found["acknowledged"] >= 4


def test_two_processes_add_at_once() -> None:
    found = run("together", times=1)
    assert found["faults"] == []
    assert found["acknowledged"] >= 40


def test_a_file_is_damaged() -> None:
    found = run("damage", times=18)
    assert found["faults"] == []
    noticed = found["noticed"]
    assert sum(noticed.values()) == 18
    assert noticed.get("by opening", 0) + noticed.get("by use", 0) + noticed.get("by looking through", 0) >= 9


def test_the_rule_that_stands_for_the_model_reads_whole_articles() -> None:
    """What is put under fire has layers like any other, or nothing could be halved."""
    article = extracted(read_item(item_of((22, 1)), limits=Limits()))  # type: ignore[arg-type]
    assert article.text == text_of((22, 1))
    assert len(article.statements) == len(article.attributions) == 120
    assert len(article.speakers) == 5
    assert all(span.of(article.text) == "Port Board" for span in article.mentioned[0].mentions)
    assert len(pack(article)[0]) > 4096, "its record alone is larger than a page"
    assert places(range(4)) == [(0, 1), (1, 1), (2, 1), (3, 1), (0, 2), (3, 2)]


# what came of the fires


def test_what_is_known_is_asked_again_when_the_server_went_away(archive: Archive) -> None:
    """A batch asks for each source before it is read: a server that is started anew must not end it there."""
    archive.save(news(1), given("1.html"))
    tries = []

    def ask(connection: Connection) -> int:
        tries.append(1)
        if len(tries) < 3:
            lost = OperationalError("SELECT", None, Exception("gone"))
            lost.connection_invalidated = True
            raise lost
        return int(connection.execute(text("SELECT count(*) FROM article")).scalar_one())

    assert archive.store.read(ask) == 1
    assert len(tries) == 3


def test_what_stays_away_is_told_of(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive.store, "patience_away_s", 0.1)
    monkeypatch.setattr(archive.store, "error_of", lambda _: ArchiveBusy(archive.where, "its server is away"))

    def ask(_: Connection) -> None:
        lost = OperationalError("SELECT", None, Exception("gone"))
        lost.connection_invalidated = True
        raise lost

    with pytest.raises(ArchiveBusy):
        archive.store.read(ask)


def test_an_archive_opened_without_any_space_says_so_when_it_is_written_to(tmp_path: Path) -> None:
    """It is read all the same; what keeps it from being written is not the user's rights."""
    with open_archive(tmp_path / "archive.db", make=True) as archive:
        fill(archive)
        archive.store.read_only = True
        archive.store.why_read_only = ArchiveFull(archive.where, "no space is left to write to it", "Make space")
        with pytest.raises(ArchiveFull, match="Make space"):
            archive.save(news(70), given("70.html"))


def test_an_article_whose_record_is_gone_is_a_damage(archive: Archive) -> None:
    fill(archive)
    with archive.store.writing() as connection:
        connection.execute(text("DELETE FROM record WHERE version_id = (SELECT max(id) FROM version WHERE newest)"))
    with pytest.raises(DamagedArchive, match="has no record"):
        list(archive.articles())


def test_text_that_is_none_is_a_damage(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive.db", make=True) as archive:
        fill(archive)
        with archive.store.writing() as connection:
            connection.exec_driver_sql("UPDATE statement SET text = CAST(x'62ff62' AS TEXT)")
        with pytest.raises(DamagedArchive, match="UTF-8"):
            archive.search("bridge")
        assert any("UTF-8" in line for line in archive.verify())


def test_a_row_of_another_table_is_a_damage_and_no_fault_of_ours(tmp_path: Path) -> None:
    """As where two pages of the file were exchanged: the values are of other kinds than their columns."""
    path = tmp_path / "archive.db"
    with open_archive(path, make=True) as archive:
        fill(archive)
        with archive.store.reading() as connection:
            size = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
            root = int(
                connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'decision'").scalar_one()
            )
            other = int(
                connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'feed'").scalar_one()
            )
    data = path.read_bytes()
    one, two = ((page - 1) * size for page in (root, other))
    path.write_bytes(
        b"".join(
            data[two : two + size] if at == one else data[one : one + size] if at == two else data[at : at + size]
            for at in range(0, len(data), size)
        )
    )
    with open_archive(path) as archive:
        with pytest.raises(DamagedArchive):
            archive.decisions()
        assert archive.verify()


def test_a_fault_of_ours_stays_one(archive: Archive) -> None:
    fill(archive)
    with pytest.raises(TypeError), archive.store.reading():
        raise TypeError("ours")
