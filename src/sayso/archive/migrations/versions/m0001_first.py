"""All tables as they first were.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes them."""
    make_tables()
    if op.get_bind().dialect.name == "sqlite":
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


def make_tables() -> None:
    """Makes those that are the same on both databases."""
    op.create_table(
        "about_archive",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_about_archive"),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("speakers", sa.Text(), nullable=False),
        sa.Column("moves", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("undone_by", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("fetched_at", sa.String(length=32)),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
        sa.UniqueConstraint("url", name="uq_feed_url"),
    )
    op.create_table(
        "outlet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outlet"),
        sa.UniqueConstraint("name", name="uq_outlet_name"),
    )
    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("first_at", sa.String(length=32), nullable=False),
        sa.Column("last_at", sa.String(length=32), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("repaired_at", sa.String(length=32)),
        sa.PrimaryKeyConstraint("id", name="pk_problem"),
        sa.UniqueConstraint("name", "kind", "reason", name="uq_problem_name_kind_reason"),
    )
    op.create_table(
        "speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("stands_for", sa.Text()),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_speaker"),
    )
    op.create_table(
        "transcript",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text_id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("day", sa.Integer()),
        sa.Column("url", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("speakers", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("newest", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name="pk_transcript"),
        sa.UniqueConstraint("key", name="uq_transcript_key"),
    )
    op.create_index("ix_transcript_day", "transcript", ["day"], unique=False)
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("outlet_id", sa.Integer()),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name="fk_article_outlet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("key", name="uq_article_key"),
    )
    op.create_table(
        "speaker_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name="fk_speaker_key_speaker_id"),
        sa.PrimaryKeyConstraint("key", "speaker_id", name="pk_speaker_key"),
    )
    op.create_index("ix_speaker_key_speaker_id", "speaker_key", ["speaker_id"], unique=False)
    op.create_table(
        "origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("article_id", sa.Integer()),
        sa.Column("transcript_id", sa.Integer()),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_origin_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_origin"),
        sa.UniqueConstraint("name", "digest", name="uq_origin_name_digest"),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("newest", sa.Boolean(), nullable=False),
        sa.Column("text_id", sa.String(length=40), nullable=False),
        sa.Column("headline", sa.Text()),
        sa.Column("language", sa.String(length=8)),
        sa.Column("published", sa.String(length=40)),
        sa.Column("published_day", sa.Integer()),
        sa.Column("agency", sa.Text()),
        sa.Column("edition", sa.String(length=40)),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_version_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.UniqueConstraint("article_id", "number", name="uq_version_article_id_number"),
    )
    op.create_index("ix_version_published_day", "version", ["published_day"], unique=False)
    op.create_index("ix_version_text_id", "version", ["text_id"], unique=False)
    op.create_table(
        "appearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("local", sa.String(length=80), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("found_id", sa.Integer()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("titles", sa.Text(), nullable=False),
        sa.Column("stands_for", sa.Text()),
        sa.Column("speaks", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer()),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name="fk_appearance_speaker_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_appearance_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_appearance"),
    )
    op.create_index("ix_appearance_speaker_id", "appearance", ["speaker_id"], unique=False)
    op.create_index("ix_appearance_version_id", "appearance", ["version_id"], unique=False)
    op.create_table(
        "gist",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("first_statement", sa.Integer(), nullable=False),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_gist_version_id"),
        sa.PrimaryKeyConstraint("version_id", name="pk_gist"),
    )
    op.create_table(
        "record",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.LargeBinary()),
        sa.Column("transcripts", sa.Text()),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_record_version_id"),
        sa.PrimaryKeyConstraint("version_id", name="pk_record"),
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("local", sa.String(length=16), nullable=False),
        sa.Column("speaker_id", sa.Integer()),
        sa.Column("outlet_id", sa.Integer()),
        sa.Column("published_day", sa.Integer()),
        sa.Column("said_day", sa.Integer()),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("outer_id", sa.Integer()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("others", sa.Text()),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name="fk_statement_outlet_id"),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name="fk_statement_speaker_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_statement_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_statement_outlet_id_published_day_id", "statement", ["outlet_id", "published_day", "id"], unique=False
    )
    op.create_index("ix_statement_published_day_id", "statement", ["published_day", "id"], unique=False)
    op.create_index(
        "ix_statement_speaker_id_published_day_id", "statement", ["speaker_id", "published_day", "id"], unique=False
    )
    op.create_index("ix_statement_version_id", "statement", ["version_id"], unique=False)
    op.create_table(
        "about",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name="fk_about_speaker_id"),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name="fk_about_statement_id"),
        sa.PrimaryKeyConstraint("statement_id", "speaker_id", name="pk_about"),
    )
    op.create_index("ix_about_speaker_id", "about", ["speaker_id"], unique=False)
    op.create_table(
        "relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["statement.id"], name="fk_relation_from_id"),
        sa.ForeignKeyConstraint(["to_id"], ["statement.id"], name="fk_relation_to_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_relation_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_relation"),
    )
    op.create_index("ix_relation_from_id", "relation", ["from_id"], unique=False)
    op.create_index("ix_relation_to_id", "relation", ["to_id"], unique=False)
    op.create_index("ix_relation_version_id", "relation", ["version_id"], unique=False)
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer()),
        sa.Column("local", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=24), nullable=False),
        sa.Column("doubt", sa.Text()),
        sa.Column("transcript_id", sa.Integer()),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name="fk_verdict_statement_id"),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcript.id"], name="fk_verdict_transcript_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_verdict_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_verdict"),
    )
    op.create_index("ix_verdict_statement_id", "verdict", ["statement_id"], unique=False)
    op.create_index("ix_verdict_version_id", "verdict", ["version_id"], unique=False)
