"""The archive as its users see it: each method calls the module that does the work."""

from __future__ import annotations

from types import TracebackType

from sayso.archive.base import Store


class Archive:
    """Articles, transcripts and speakers that are kept; opened by `open_archive`, closed by `close` or `with`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.where = store.where
        """Its file or address, without a password."""
        self.notes = store.notes
        """What whoever uses it should know, one sentence each."""

    def close(self) -> None:
        """Gives back what is held open."""
        self.store.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
