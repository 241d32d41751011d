"""All tables as they first were.

Revision ID: 0001
"""

from __future__ import annotations

from alembic import op

from sayso.archive.schema import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes them."""
    connection = op.get_bind()
    metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        for name in ("words", "transcript_words"):
            op.execute(
                f"CREATE VIRTUAL TABLE {name} USING fts5(text, keys, content='', contentless_delete=1, "
                'tokenize="ascii", detail=full)'
            )
        return
    op.execute("CREATE TABLE words (id integer PRIMARY KEY, vector tsvector NOT NULL)")
    op.execute("CREATE INDEX ix_words_vector ON words USING gin (vector)")
    op.execute(
        "CREATE TABLE transcript_words (id integer, part integer, vector tsvector NOT NULL, PRIMARY KEY (id, part))"
    )
    op.execute("CREATE INDEX ix_transcript_words_vector ON transcript_words USING gin (vector)")
