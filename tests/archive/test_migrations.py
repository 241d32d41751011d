from __future__ import annotations

from sqlalchemy import text

from sayso.archive import migrations, schema
from sayso.archive.archive import Archive


def test_a_new_archive_has_the_schema_of_this_version(archive: Archive) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def ours(name: str | None, kind: str, _: object) -> bool:
        return kind != "table" or name in schema.metadata.tables

    with archive.store.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": ours, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, schema.metadata) == []
        assert archive.store.revision(connection) == migrations.HEAD
        assert connection.execute(text("SELECT count(*) FROM words")).scalar() == 0
