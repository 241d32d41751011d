"""The steps by which the schema of an archive came to be, run by Alembic from here and from no command of its own.

A step, once released, is never changed: it says in full what it makes, whatever `sayso.archive.schema` has become
since. A new one is a module of `versions` with the next number; `HEAD` names the last.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

FOLDER = Path(__file__).parent
HEAD = "0004"
VERSION_TABLE = "archive_revision"


def upgrade(connection: Connection) -> None:
    """Brings the schema up to `HEAD`, in the transaction that the connection is in: all of it or nothing."""
    # Needed once in an archive's life, and slow to import.
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    script = ScriptDirectory.from_config(config)
    with EnvironmentContext(config, script, fn=lambda now, _: script._upgrade_revs(HEAD, now)) as environment:
        environment.configure(connection=connection, version_table=VERSION_TABLE)
        environment.run_migrations()
