"""Archives of several sizes, built in one go: the small ones are copies of the large one as it grows.

Saved through the archive's own `save`, one article a transaction, as `sayso add` does. Only while it is built, the
system may write when it likes: a machine that loses its power in the middle of a measurement loses nothing of worth.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from benchmarks.archives.composing import Made, articles
from benchmarks.archives.words import Material
from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.archive.stores.sqlite import SqliteStore

ASKED = 400
"""Wordings that are kept to be asked for, all from the smallest archive."""


@dataclass(slots=True)
class Counts:
    """What was put in, and what it took."""

    articles: int = 0
    statements: int = 0
    text_bytes: int = 0
    saving_s: float = 0.0
    """Processor time of saving alone"""
    tenth: list[float] = field(default_factory=list)
    """The same of each of the last tenth of the articles"""


def archive_path(folder: Path, size: int) -> Path:
    """Where the archive of so many statements lies."""
    return folder / f"{size}.db"


def build(folder: Path, sizes: Sequence[int], *, seed: int = 0) -> dict[str, Any]:
    """Builds the archives that are not there yet, and says what each holds; the same is kept beside them."""
    kept = folder / "built.json"
    if kept.is_file():
        known: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        if known["seed"] == seed and all(
            str(size) in known["sizes"] and archive_path(folder, size).is_file() for size in sizes
        ):
            return known
    folder.mkdir(parents=True, exist_ok=True)
    growing = folder / "growing.db"
    for left in folder.glob("growing.db*"):
        left.unlink()
    counts = Counts()
    asked: list[dict[str, str]] = []
    found: dict[str, Any] = {}
    chance = random.Random(seed)
    waiting = sorted(sizes)
    with open_archive(growing, make=True) as archive:
        _write_lazily(archive)
        for made in articles(Material(), statements=waiting[-1], seed=seed):
            _save(archive, made, counts)
            if counts.statements < waiting[0] and not found:
                asked += [
                    {"words": each.words, "telling": each.telling, "speaker": each.utterance.voice.name}
                    for each in made.told
                    if chance.random() < 0.1
                ]
            if counts.statements >= waiting[0]:
                size = waiting.pop(0)
                found[str(size)] = _kept(archive, archive_path(folder, size), counts)
                if not waiting:
                    break
    for left in folder.glob("growing.db*"):
        left.unlink()
    told = {"seed": seed, "sizes": found, "asked": chance.sample(asked, min(ASKED, len(asked)))}
    kept.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return told


def _write_lazily(archive: Archive) -> None:
    store = archive.store
    if isinstance(store, SqliteStore):
        event.listen(store.engine, "checkout", lambda raw, *_: raw.execute("PRAGMA synchronous = OFF"))


def _save(archive: Archive, made: Made, counts: Counts) -> None:
    began = time.process_time()
    archive.save(made.article, made.given)
    took = time.process_time() - began
    counts.articles += 1
    counts.statements += len(made.article.statements)
    counts.text_bytes += len(made.article.text.encode())
    counts.saving_s += took
    counts.tenth.append(took)
    del counts.tenth[: -max(100, counts.articles // 10)]
    if counts.articles % 2_000 == 0:
        print(f"{counts.articles:,} articles, {counts.statements:,} statements", file=sys.stderr, flush=True)


def _kept(archive: Archive, path: Path, counts: Counts) -> dict[str, Any]:
    """A copy of the archive as it is now, and what it holds."""
    with archive.store.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    shutil.copyfile(Path(archive.where), path)
    return {
        "articles": counts.articles,
        "statements": counts.statements,
        "text_bytes": counts.text_bytes,
        "file_bytes": path.stat().st_size,
        "saving_ms": counts.saving_s / counts.articles * 1000,
        "saving_last_ms": sum(counts.tenth) / len(counts.tenth) * 1000,
    }
