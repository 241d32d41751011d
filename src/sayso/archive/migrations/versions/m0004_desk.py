"""What the desk and the API keep: corrections beside what was read, and what waits to be looked at.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds the tables, empty; the articles that are in already are looked through for doubts later, in steps."""
    _make_corrections()
    _make_accounts()
    op.create_index(
        "ix_statement_outlet_id_speaker_id_marks", "statement", ["outlet_id", "speaker_id", "marks"], unique=False
    )


def _make_corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("carried_from", sa.Integer()),
        sa.Column("undone_by", sa.Integer()),
        sa.Column("checked_at", sa.String(length=32)),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_correction_article_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_correction_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_correction_article_id", "correction", ["article_id"], unique=False)
    op.create_index("ix_correction_version_id", "correction", ["version_id"], unique=False)
    op.create_table(
        "uncertain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_uncertain_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_uncertain"),
    )
    op.create_index("ix_uncertain_score_id", "uncertain", ["score", "id"], unique=False)
    op.create_index("ix_uncertain_version_id", "uncertain", ["version_id"], unique=False)
    op.create_table(
        "gist_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_gist_change_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_gist_change"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_gist_change_version_id", "gist_change", ["version_id"], unique=False)
    # From the last one down: each step says how far it came.
    op.execute(
        "INSERT INTO about_archive (name, value) SELECT 'doubts_left', CAST(MAX(id) AS VARCHAR(20))"
        " FROM version HAVING MAX(id) IS NOT NULL"
    )


def _make_accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("password_at", sa.String(length=32), nullable=False),
        sa.Column("signed_in_at", sa.String(length=32)),
        sa.Column("disabled_at", sa.String(length=32)),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("key", name="uq_account_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("seen_at", sa.String(length=32), nullable=False),
        sa.Column("ends_at", sa.String(length=32), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_account_session_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account_session"),
        sa.UniqueConstraint("digest", name="uq_account_session_digest"),
    )
    op.create_index("ix_account_session_account_id", "account_session", ["account_id"], unique=False)
    op.create_table(
        "account_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("used_at", sa.String(length=32)),
        sa.Column("ends_at", sa.String(length=32)),
        sa.Column("revoked_at", sa.String(length=32)),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_account_token_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account_token"),
        sa.UniqueConstraint("digest", name="uq_account_token_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_account_token_account_id", "account_token", ["account_id"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("via", sa.String(length=16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
