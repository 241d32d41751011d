"""The end of the reading: everything that was planned is there once, and nothing else is."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from sayso.batch.layout import Folder
from sayso.batch.locking import LOCK
from sayso.batch.manifest import Sum, damage_to, entries_of, read_entry
from sayso.batch.plan import shards_of
from sayso.batch.tables import TABLES
from sayso.errors import BatchFailed
from sayso.exports.counts import counted

_AGAIN = "The same command goes on; if it comes back, please report this"


def checked_sum(folder: Folder, planned: int) -> Sum:
    """What all shards gave together, after it was checked against the plan.

    Raises BatchFailed where a shard is missing or gave more or fewer results than it has items, where a part is not as
    the manifest says, or where the shards together are not what was planned. Holds one shard at a time.
    """
    total = Sum()
    for shard in shards_of(folder):
        entry = read_entry(folder, shard.number)
        where = f"{folder.root}: shard {shard.number:06}"
        if entry is None:
            raise BatchFailed(where, "it is not done, though its task came back", _AGAIN)
        if entry.articles + entry.failures != shard.count:
            raise BatchFailed(where, f"it has {shard.count:,} articles, of which {entry.articles:,} were read and "
                              f"{entry.failures:,} failed", _AGAIN)  # fmt: skip
        if damage := damage_to(folder, entry):
            raise BatchFailed(where, damage, _AGAIN)
        total.add(entry)
    if total.items != planned:
        raise BatchFailed(str(folder.root), f"{planned:,} articles were planned, and {total.items:,} are there", _AGAIN)
    return total


def sound(folder: Folder, *, fully: bool, shards: int | None = None) -> tuple[Sum, list[str]]:
    """What the shards that are done gave, and what is wrong with others, whose entries are then taken away.

    `fully` looks at every byte. `shards` is how many a finished batch has, of which none may be missing.
    """
    total, wrong = Sum(), []
    for entry in entries_of(folder):
        damage = damage_to(folder, entry, fully=fully)
        if damage is None:
            total.add(entry)
        else:
            folder.entry(entry.shard).unlink()
            wrong.append(damage)
    missing = 0 if shards is None else shards - total.shards - len(wrong)
    if missing > 0:
        wrong.append(f"{folder.root}: {counted(missing, 'entry', 'entries')} of the manifest missing")
    return total, wrong


def refuse_links(folder: Folder) -> None:
    """Raises BatchFailed where something of a batch's own is a link: what is written and cleared away stays in it."""
    lock = folder.root / LOCK
    own = (folder.events, lock, folder.entry(0).parent, folder.work, *(folder.root / table for table in TABLES))
    inner = folder.work.iterdir() if folder.work.is_dir() and not folder.work.is_symlink() else ()
    for path in (*own, *inner):
        if path.is_symlink():
            raise BatchFailed(str(path), "it is a link, and a batch writes and clears away in its own folder alone",
                              "Put the whole folder where there is room, and take the link away")  # fmt: skip


def sweep(folder: Folder, tables: Iterable[str]) -> None:
    """Takes away what a worker that was killed left of a part: whoever reads a table reads all that is in its folder.

    What is not of the batch stays. Raises BatchFailed for a part of one of these tables that no shard has, whose rows
    would be there beside the others.
    """
    sweep_drafts(folder)
    for table in tables:
        for number, path in numbered_parts(folder, table):
            if not folder.entry(number).is_file():
                raise _strange(path)


def numbered_parts(folder: Folder, table: str) -> Iterator[tuple[int, Path]]:
    """The parts of a table with their numbers. Raises BatchFailed for a file among them that has none of ours."""
    for path in folder.parts(table):
        number = path.stem.removeprefix("part-")
        if not number.isdecimal() or path != folder.part(table, int(number)):
            raise _strange(path)
        yield int(number), path


def _strange(path: Path) -> BatchFailed:
    return BatchFailed(str(path), "no shard of this batch has such a part", "Take it away, and go on")


def sweep_drafts(folder: Folder) -> None:
    """Takes away what was being written when its writer was killed."""
    for place, name in ((".", ".*.json"), ("shards", ".*.json"), *((table, ".part-*.parquet") for table in TABLES)):
        for draft in (folder.root / place).glob(f"{name}.*"):
            draft.unlink(missing_ok=True)


def clear(folder: Folder, *, keep: Collection[str] = ()) -> None:
    """Removes what was needed to get here: plan, journals, unpacked input; not what of it is to be kept."""
    if not folder.work.is_dir():
        return
    for inner in list(folder.work.iterdir()):
        if inner.name in keep:
            continue
        if inner.is_dir():
            shutil.rmtree(inner, ignore_errors=True)
        else:
            inner.unlink(missing_ok=True)
    # Not empty where a worker that nobody waits for any more has just written something: the next run removes it.
    with suppress(OSError):
        folder.work.rmdir()
