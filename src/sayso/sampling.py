"""A sample archive: articles of our own about places and people that do not exist, read and checked as any others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.archive import Archive

SAMPLE = Path(__file__).parent / "sample"


def make_sample(path: Path) -> Archive:
    """A new archive in a file with all of the sample, checked against its transcripts. Raises ArchiveError."""
    from sayso.adding import add, check_kept
    from sayso.archive import open_archive

    archive = open_archive(path, make=True)
    try:
        for _ in add([SAMPLE / "articles.jsonl"], archive, transcripts=[SAMPLE / "transcripts"]):
            pass
        for _ in check_kept(archive):
            pass
    except BaseException:
        archive.close()
        raise
    return archive
