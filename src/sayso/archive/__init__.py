"""The archive: articles with all their layers, transcripts, and speakers over all of them; kept, searched, traced.

>>> from sayso.archive import open_archive
>>> with open_archive("news.db", make=True) as archive:             # doctest: +SKIP
...     archive.save(sayso.read("wire.txt"), Given("wire.txt"))
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sayso.archive.forms import Given, Problem, Saved

if TYPE_CHECKING:
    from sayso.archive.archive import Archive

__all__ = ["Archive", "Given", "Problem", "Saved", "open_archive", "restore_archive"]


def open_archive(where: str | Path | None = None, *, make: bool = False) -> Archive:
    """The archive at a place: a file, `sqlite:///file` or `postgresql://user@host/database`.

    None: what the setting SAYSO_ARCHIVE says, else `sayso/archive.db` among the user's own data. `make` makes one where
    there is none. An archive of an older sayso is brought up to date first.

    Raises NoSuchArchive, NewerArchive, DamagedArchive and other kinds of ArchiveError; BadSetting for an address that
    cannot be read.
    """
    # Databases are slow to import, and most of what is asked of this package's neighbours needs none.
    from sayso.archive.archive import Archive
    from sayso.archive.opening import open_store

    return Archive(open_store(where, make=make))


def restore_archive(source: str | Path, where: str | Path | None = None) -> Archive:
    """A new archive with all that a backup has (`Archive.backup`), at a place where there is none; see `open_archive`.

    The backup is only read, and may be of an older sayso. Raises ArchiveError where there is something at that place,
    NoSuchArchive where `source` is no archive, DamagedArchive.
    """
    from sayso.archive.archive import Archive
    from sayso.archive.copying import restore

    return Archive(restore(Path(source), where))
