"""A sample archive: articles of our own about places and people that do not exist, read and checked as any others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.archive import Archive

SAMPLE = Path(__file__).parent / "sample"


def make_sample(path: Path, *, progress: Callable[[int, int | None, str], None] | None = None) -> Archive:
    """A new archive in a file with all of the sample, checked against its transcripts. Raises ArchiveError.

    `progress` is told how far reading it is, as that of `sayso.adding.add`.
    """
    from sayso.adding import add, check_kept
    from sayso.archive import open_archive

    archive = open_archive(path, make=True)
    try:
        for _ in add([SAMPLE / "articles.jsonl"], archive, transcripts=[SAMPLE / "transcripts"], on_progress=progress):
            pass
        for _ in check_kept(archive):
            pass
    except BaseException:
        archive.close()
        raise
    return archive
