"""The schema comes to be step by step, and an archive of an older step is brought up to date with all that it has."""

from __future__ import annotations

import gzip
import shutil
import signal
import subprocess
import sys
from collections import OrderedDict
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from sayso.archive import migrations, open_archive, schema
from sayso.archive.archive import Archive
from sayso.archive.matching import Word
from sayso.intake.following import FeedState
from tests.archive.built import Says, given, make_article
from tests.archive.filled import ARTICLE, contents, fill, fill_old

ROOT = Path(__file__).parents[2]
LATER = f"{int(migrations.HEAD) + 1:04}"
NEXT_STEP = f"""
import os, signal
import sqlalchemy as sa
from alembic import op

revision = "{LATER}"
down_revision = "{migrations.HEAD}"


def upgrade():
    op.add_column("article", sa.Column("section", sa.Text()))
    op.execute("UPDATE article SET section = 'news'")
"""
OPENER = """
import sys
from pathlib import Path
from sayso.archive import migrations, open_archive
if len(sys.argv) > 2:
    migrations.FOLDER, migrations.HEAD = Path(sys.argv[2]), sys.argv[3]
print("ready", flush=True)
sys.stdin.readline()
with open_archive(sys.argv[1]) as archive:
    print(archive.info().schema, archive.info().articles)
"""


def opener(place: str, *more: str) -> subprocess.Popen[str]:
    """A process that opens an archive when it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-c", OPENER, place, *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


@pytest.fixture
def old_place(place: str) -> str:
    """An archive of the first schema with something in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "HEAD", "0001")
        with open_archive(place, make=True) as old:
            fill_old(old)
            with old.store.writing() as connection:
                connection.execute(text("INSERT INTO feed (url, etag) VALUES ('https://tidewater.example/rss', 'x1')"))
    return place


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The steps of a later sayso, with one more."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "later.py").write_text(NEXT_STEP)
    return folder


def test_a_stretch_of_keys_is_found_by_their_index(old_place: str) -> None:
    with open_archive(old_place) as archive, archive.store.reading() as connection:
        postgres = archive.store.kind == "postgres"
        if postgres:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN" if postgres else "EXPLAIN QUERY PLAN"
        # A database of another order than that of bytes could not use the index for this.
        query = f"{explain} SELECT 1 FROM speaker_key WHERE key COLLATE \"C\" >= 'o:council@' AND key < 'o:councilA'"
        plan = " ".join(map(str, connection.execute(text(query if postgres else query.replace(' COLLATE "C"', "")))))
        assert "Index Cond: ((key >=" in plan or "(key>? AND key<?)" in plan
        assert archive.store.revision(connection) == migrations.HEAD


def test_the_steps_lead_to_the_schema(archive: Archive) -> None:
    """Where this fails, the schema was changed without a step: write one in `sayso/archive/migrations/versions`."""

    def ours(name: str | None, kind: str, _: object) -> bool:
        return kind != "table" or name in schema.metadata.tables

    with archive.store.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": ours, "compare_type": True, "compare_server_default": True}
        )
        found = compare_metadata(context, schema.metadata)
        # What a column is for may be put in other words without a step; a serial number is the database's own default.
        assert [
            each
            for each in (one[0] if isinstance(one, list) else one for one in found)
            if "comment" not in str(each[0]) and "nextval" not in str(each)
        ] == []
        assert archive.store.revision(connection) == migrations.HEAD


def test_the_last_step_is_the_head() -> None:
    assert ScriptDirectory(str(migrations.FOLDER)).get_current_head() == migrations.HEAD


def test_an_archive_of_the_first_schema_has_all_it_had(old_place: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "HEAD", "0001")
        with open_archive(old_place) as old:
            before = contents(old)
    with open_archive(old_place) as archive:
        assert archive.info().schema == migrations.HEAD
        assert contents(archive) == before
        assert before["articles"][1] == ARTICLE
        assert archive.verify() == []
        state = archive.feed_state("https://tidewater.example/rss")
        assert (state.etag, list(state.seen)) == ("x1", [])
        archive.keep_feed("https://tidewater.example/rss", FeedState(etag="x2", seen=OrderedDict(a="2026-03-14")))
        assert archive.feed_state("https://tidewater.example/rss").seen == {"a": "2026-03-14"}
        assert archive.save(ARTICLE, given("copy.txt")).outcome == "unchanged"
        assert archive.save(make_article(Says(None, "it rains"), published=date(2026, 4, 1)), given("rain.txt")).id == 8


def test_an_archive_that_was_written_then_can_be_read_now(place: str, tmp_path: Path) -> None:
    """The file itself, as sayso wrote it when there was only the first step: `fill` with the code of that day."""
    path = tmp_path / "first.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "data" / "schema-0001.db.gz").read_bytes()))
    with open_archive(place, make=True) as now, open_archive(path) as first:
        fill(now)
        assert first.info().schema == migrations.HEAD
        assert dict(first.articles()) == dict(now.articles())
        assert dict(first.transcripts()) == dict(now.transcripts())
        assert list(first.statement_ids("bridge")) == list(now.statement_ids("bridge"))
        assert [(each.kind, each.speakers) for each in first.decisions()] == [
            (each.kind, each.speakers) for each in now.decisions()
        ]
        assert first.feed_state("https://tidewater.example/rss").etag == "x1"


def test_a_later_step_finds_everything_as_well(place: str, later: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_archive(place, make=True) as old:
        number = old.save(ARTICLE, given()).id
    monkeypatch.setattr(migrations, "FOLDER", later)
    monkeypatch.setattr(migrations, "HEAD", LATER)
    with open_archive(place) as archive:
        assert archive.info().schema == LATER
        assert archive.article(number) == ARTICLE
        with archive.store.reading() as connection:
            assert connection.scalar(text("SELECT section FROM article")) == "news"
            assert archive.store.count(connection, Word(("bridge",))) == 1


def untouched(place: str) -> None:
    with open_archive(place) as archive:
        assert archive.info().schema == migrations.HEAD
        assert archive.verify() == []
        with archive.store.reading() as connection:
            assert "section" not in {each["name"] for each in inspect(connection).get_columns("article")}


def test_a_step_that_fails_leaves_the_archive_as_it_was(place: str, later: Path) -> None:
    with open_archive(place, make=True) as old:
        fill(old)
        before = contents(old)
    (later / "versions" / "later.py").write_text(NEXT_STEP + "    raise RuntimeError('in the middle')\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "FOLDER", later)
        patch.setattr(migrations, "HEAD", LATER)
        with pytest.raises(RuntimeError), open_archive(place):
            pass
    untouched(place)
    with open_archive(place) as archive:
        assert contents(archive) == before


def test_a_process_killed_within_a_step_leaves_the_archive_as_it_was(place: str, later: Path) -> None:
    with open_archive(place, make=True) as old:
        fill(old)
        before = contents(old)
    (later / "versions" / "later.py").write_text(NEXT_STEP + "    os.kill(os.getpid(), signal.SIGKILL)\n")
    process = opener(place, str(later), LATER)
    process.communicate("go\n", timeout=60)
    assert process.returncode == -signal.SIGKILL
    untouched(place)
    with open_archive(place) as archive:
        assert contents(archive) == before


def test_two_processes_open_an_old_archive_at_once(old_place: str) -> None:
    processes = [opener(old_place) for _ in range(3)]
    for each in processes:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    answers = [each.communicate(timeout=60)[0].strip() for each in processes]
    assert answers == [f"{migrations.HEAD} 7"] * 3
