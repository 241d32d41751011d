"""The job that reads a shard: each of its items becomes an article's rows or a failure, then its tables are written.

An item is in the journal as soon as it is done, and is not done again by the next attempt. The rows depend on the
items, the options and the weights alone. Parts are written before the shard's entry in the manifest, so a shard that
has one is whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso.adding import given_of
from sayso.batch.deaths import Death, Deaths
from sayso.batch.jobs import Steps
from sayso.batch.journal import DEATHS, Journal, place_of
from sayso.batch.layout import Folder, room_in
from sayso.batch.manifest import Entry, Part, part_of, read_entry, write_entry
from sayso.batch.parquet import write_part
from sayso.batch.rows import failure_row, rows_of
from sayso.batch.tables import Row, Rows
from sayso.documents import Article
from sayso.errors import BadSetting, BatchFailed, DamagedModel, MissingPackage, SaysoError, UnreadableSource
from sayso.extraction import load_model
from sayso.intake.failures import failure_of
from sayso.intake.items import Failure, Item
from sayso.intake.reading_items import read_item
from sayso.intake.stretches import Stretch, items_in
from sayso.pipeline import day_of, extracted_many
from sayso.records import article_to_json

READ = ("articles", "attributions", "speakers", "statements", "relations", "figures", "failures")
"""The tables that a shard has a part of."""
_TOGETHER = 8
"""Articles that go through the model side by side."""
_Numbered = tuple[int, Item]
_NOT_ITS_FAULT = (DamagedModel, BadSetting, MissingPackage, MemoryError, OSError)
"""What every other article would come to as well, or the same one not again."""


def run(given: dict[str, Any], steps: Steps) -> dict[str, Any]:
    """How many articles and failures the shard has, and how processes died over it.

    Raises BatchFailed where its input is not there any more.

    `given`: `folder`, `stretches` (`Stretch.to_json` of each) and how many items these have (`count`).
    """
    folder = Folder(Path(given["folder"]))
    entry = read_entry(folder, steps.number)
    died: list[Death] = []
    if entry is None:
        with Journal(place_of(folder, "read", steps.number)) as journal:
            _read_all(given, journal, steps)
            entry = _finish(folder, journal, steps)
            died = Deaths(journal.place / DEATHS).all()
            journal.remove()
    counts = {"articles": entry.articles, "failures": entry.failures, "words": entry.words, "failed": entry.failed}
    return {**counts, "deaths": [{"cause": each.cause, "how": each.how, "article": each.at} for each in died]}


def _read_all(given: dict[str, Any], journal: Journal, steps: Steps) -> None:
    done = journal.done
    if len(done) < given["count"]:
        # Before any article is begun: whoever is killed meanwhile accuses none of them.
        load_model()
        for group in _groups(_undone(given["stretches"], done, journal, steps), steps):
            for ordinal, rows in _read(group, steps):
                _note(journal, ordinal, rows, steps)
            steps.rest()
    if len(journal.done) != given["count"]:
        raise BatchFailed(given["folder"], f"shard {steps.number} has {len(journal.done)} items, and {given['count']} "
                          "were counted in its input", "Begin again in another folder")  # fmt: skip


def _undone(stretches: Iterable[dict[str, Any]], done: set[int], journal: Journal, steps: Steps) -> Iterator[_Numbered]:
    """The items that are still to be read, each with its place; failures go straight into the journal."""
    ordinal = -1
    for told in stretches:
        try:
            for each in items_in(Stretch.from_json(told), limits=steps.options.reading()):
                ordinal += 1
                if ordinal in done:
                    continue
                steps.beat()
                if isinstance(each, Item) and ordinal not in steps.given_up:
                    yield ordinal, each
                    continue
                failure = _failed(each, steps.given_up[ordinal]) if isinstance(each, Item) else each
                _note(journal, ordinal, {"failures": [failure_row(failure)]}, steps)
        except UnreadableSource as error:
            raise BatchFailed(error.name, error.reason, error.advice) from error


def _note(journal: Journal, ordinal: int, rows: Rows, steps: Steps) -> None:
    with room_in(journal.place):
        journal.write(ordinal, rows)
    steps.end(ordinal)


def _groups(items: Iterable[_Numbered], steps: Steps) -> Iterator[list[_Numbered]]:
    """Some at a time, but those alone that a process died in."""
    group: list[_Numbered] = []
    for ordinal, item in items:
        if ordinal in steps.alone:
            if group:
                yield group
            yield [(ordinal, item)]
            group = []
            continue
        group.append((ordinal, item))
        if len(group) == _TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _read(group: list[_Numbered], steps: Steps) -> Iterator[tuple[int, Rows]]:
    """The rows of each item, as soon as it is done."""
    options = steps.options
    read: list[tuple[int, Item, Article]] = []
    for ordinal, item in group:
        steps.begin(ordinal, item.name)
        try:
            document = read_item(
                item, limits=options.reading(), any_language=options.any_language, published=day_of(options.date),
                outlet=options.outlet,
            )  # fmt: skip
        except Exception as error:
            yield ordinal, _failure(error, item, steps)
            continue
        if isinstance(document, Article):
            read.append((ordinal, item, document))
        else:
            yield ordinal, {"failures": [failure_row(_transcript(item))]}

    def begin(number: int) -> None:
        ordinal, item, _ = read[number]
        steps.begin(ordinal, item.name)

    results = extracted_many((article for _, _, article in read), on_begin=begin)
    for (ordinal, item, _), result in zip(read, results, strict=True):
        yield ordinal, _rows(item, result, steps)


def _rows(item: Item, result: Article | Exception, steps: Steps) -> Rows:
    try:
        if isinstance(result, Article):
            return rows_of(given_of(item), article_to_json(result))
    except Exception as error:
        result = error
    return _failure(result, item, steps)


def _failure(error: Exception, item: Item, steps: Steps) -> Rows:
    """The failure of an item by an error that speaks of it; any other is raised."""
    if isinstance(error, _NOT_ITS_FAULT):
        raise error
    if not isinstance(error, SaysoError) and steps.short_of_memory():
        raise MemoryError from error
    return {"failures": [failure_row(failure_of(error, item))]}


def _failed(item: Item, reason: str) -> Failure:
    return Failure("failed", item.name, item.origin, reason, "Please report this", item.digest)


def _transcript(item: Item) -> Failure:
    return Failure("refused", item.name, item.origin, "it is a transcript, and a batch reads articles",
                   "Take it into an archive: sayso add --transcript", item.digest)  # fmt: skip


def _finish(folder: Folder, journal: Journal, steps: Steps) -> Entry:
    """Writes the parts and then the entry, and gives the one that is in the manifest."""
    words: Counter[str] = Counter()
    failed: Counter[str] = Counter()

    def counted(table: str) -> Iterator[Row]:
        for row in journal.rows(table):
            words[table] += row.get("words") or 0
            failed.update([row["kind"]] if table == "failures" else ())
            yield row

    parts: dict[str, Part] = {}
    try:
        with room_in(folder.root):
            for table in READ:
                steps.beat()
                rows = list(counted(table))
                target = folder.part(table, steps.number)
                write_part(table, rows, target)
                parts[table] = part_of(target, rows=len(rows))
            entry = Entry(
                steps.number, parts["articles"].rows, parts["failures"].rows, words["articles"],
                dict(sorted(failed.items())), parts,
            )  # fmt: skip
            write_entry(folder, entry)
    except BatchFailed:
        # Another worker may have done the same shard first, and have taken its journal away.
        if (there := read_entry(folder, steps.number)) is not None:
            return there
        raise
    return entry
