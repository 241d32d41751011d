"""The archive that the tests of the API and of its client look at, made once for both."""

from __future__ import annotations

from pathlib import Path

from sayso.adding import add, check_kept
from sayso.archive import Problem, open_archive

EXAMPLES = Path(__file__).parents[2] / "examples"


def make(path: Path) -> None:
    """Writes the archive: the shipped coverage read and checked, with a decision, corrections and a problem."""
    with open_archive(path, make=True) as archive:
        for _ in add([EXAMPLES / "coverage.jsonl"], archive, transcripts=[EXAMPLES / "transcripts"]):
            pass
        for _ in check_kept(archive):
            pass
        archive.merge(1, archive.speakers(kind="organisation")[0].id, reason="a test", by="ada")
        archive.undo(1, reason="it was none", by="ada")
        archive.note(Problem("damaged", "broken.warc.gz", "it ends in the middle"))
        quote = archive.article(1).attributions[0].id
        archive.correct(1, field="stance", target=quote, after={"value": "endorsing"}, reason="see the cue", by="ada")
        archive.correct(2, field="confirmed", target=archive.article(2).attributions[0].id, by="ada")
