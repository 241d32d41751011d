"""What a feed gave already, so that following it goes on after a restart where it ended.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds it, empty for the feeds that are there: what they gave is known again by its bytes."""
    op.add_column("feed", sa.Column("seen", sa.Text(), nullable=False, server_default="[]"))
