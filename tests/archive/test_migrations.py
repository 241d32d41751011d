"""The schema comes to be step by step, and an archive of an older step is brought up to date with all that it has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from sayso.archive import migrations, open_archive, schema
from sayso.archive.archive import Archive
from sayso.archive.matching import Word
from tests.archive.built import Says, given, make_article

ARTICLE = make_article(Says("Mara Venn", "the bridge closes in May"))
NEXT_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("article", sa.Column("section", sa.Text()))
    op.execute("UPDATE article SET section = 'news'")
"""


def test_the_steps_lead_to_the_schema(archive: Archive) -> None:
    """Where this fails, the schema was changed without a step: write one in `sayso/archive/migrations/versions`."""

    def ours(name: str | None, kind: str, _: object) -> bool:
        return kind != "table" or name in schema.metadata.tables

    with archive.store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
        found = compare_metadata(context, schema.metadata)
        # What a column is for may be put in other words without a step.
        assert [
            each for each in found if "comment" not in str(each[0] if isinstance(each, tuple) else each[0][0])
        ] == []
        assert archive.store.revision(connection) == migrations.HEAD


def test_the_last_step_is_the_head() -> None:
    assert ScriptDirectory(str(migrations.FOLDER)).get_current_head() == migrations.HEAD


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A later sayso, with one more step."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    step = folder / "versions" / "m0002_sections.py"
    step.write_text(NEXT_STEP)
    monkeypatch.setattr(migrations, "FOLDER", folder)
    monkeypatch.setattr(migrations, "HEAD", "0002")
    return step


def test_an_old_archive_is_brought_up_to_date(place: str, request: pytest.FixtureRequest) -> None:
    with open_archive(place, make=True) as old:
        number = old.save(ARTICLE, given()).id
    request.getfixturevalue("next_step")
    with open_archive(place) as archive:
        assert archive.info().schema == "0002"
        assert archive.article(number) == ARTICLE
        with archive.store.reading() as connection:
            assert connection.scalar(text("SELECT section FROM article")) == "news"
            assert archive.store.count(connection, Word(("bridge",))) == 1
        assert archive.save(ARTICLE, given("copy.txt")).outcome == "unchanged"


def test_a_step_that_fails_leaves_the_archive_as_it_was(place: str, request: pytest.FixtureRequest) -> None:
    with open_archive(place, make=True) as old:
        number = old.save(ARTICLE, given()).id
    request.getfixturevalue("next_step").write_text(NEXT_STEP + "    raise RuntimeError('in the middle')\n")
    with pytest.raises(RuntimeError), open_archive(place):
        pass
    request.getfixturevalue("monkeypatch").undo()
    with open_archive(place) as archive:
        assert (archive.info().schema, archive.article(number)) == ("0001", ARTICLE)
        with archive.store.reading() as connection:
            columns = {each["name"] for each in inspect(connection).get_columns("article")}
        assert "section" not in columns
