"""The keys of speakers in the order of bytes on PostgreSQL too, so that a stretch of them is found by their index.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Says so where the database's own order may be another one; SQLite's is that of bytes."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("speaker_key", "key", type_=sa.Text(collation="C"))
