"""By what a writer knows, after its connection was lost in the middle of COMMIT, whether its transaction came in.

Each thread that writes has a row of `about_archive`, in which every transaction of its leaves a number of its own. The
transaction's number in the database would not do: a server that crashed before it was on disk gives it to another.
"""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, text

WRITER = "writer "
"""How the names of such rows begin."""
_KEPT = timedelta(days=1)
"""Rows of writers that were killed are taken out after so long."""
_SIGN = text(
    "INSERT INTO about_archive (name, value) VALUES (:name, :number) "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_SIGNED = text("SELECT value FROM about_archive WHERE name = :name")
_TAKE_OUT = text("DELETE FROM about_archive WHERE name = :name")
_TAKE_OUT_OLD = text(f"DELETE FROM about_archive WHERE name LIKE '{WRITER}%' AND value < :before")


class Signatures:
    """Those of one store's threads."""

    def __init__(self) -> None:
        self._own = threading.local()
        self.names: list[str] = []

    def sign(self, connection: Connection) -> str:
        """The number that the running transaction leaves."""
        now = datetime.now(UTC)
        if not hasattr(self._own, "name"):
            self._own.name = WRITER + uuid.uuid4().hex
            self.names.append(self._own.name)
            connection.execute(_TAKE_OUT_OLD, {"before": (now - _KEPT).isoformat()})
        number = f"{now.isoformat()} {uuid.uuid4().hex}"
        connection.execute(_SIGN, {"name": self._own.name, "number": number})
        return number

    def is_signed(self, connection: Connection, number: str) -> bool:
        """Whether the last transaction of this thread that came in is the one that left that number."""
        return bool(connection.scalar(_SIGNED, {"name": self._own.name}) == number)

    def take_out(self, connection: Connection) -> None:
        """Takes out the rows of all threads, which will write no more."""
        while self.names:
            connection.execute(_TAKE_OUT, {"name": self.names.pop()})
