"""A batch's tables as the reading would leave them, of the articles of `benchmarks.archives`, and the truth about them.

The truth has a line for each article: its key, the agency's report that it prints (None for one of its own), and by
statement what it tells: the number of an utterance of an event.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.archives import Made, articles
from benchmarks.groupings.wording import Fresh
from sayso.batch.layout import Folder
from sayso.batch.manifest import Entry, Part, part_of, write_entry
from sayso.batch.parquet import write_part
from sayso.batch.rows import rows_of
from sayso.batch.tables import Rows
from sayso.records import article_to_json

SHARD = 512
_TABLES = ("articles", "attributions", "statements")


def build(root: Path, statements: int, *, seed: int = 0) -> dict[str, int]:
    """Writes a batch of about so many statements, and `truth.jsonl` beside its tables; how much is in it."""
    folder = Folder(root)
    root.mkdir(parents=True, exist_ok=True)
    counts = {"articles": 0, "statements": 0, "text_bytes": 0}
    rows: Rows = {name: [] for name in _TABLES}
    shard = 0
    with (root / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for made, told in _known(articles(Fresh(), statements=statements, seed=seed)):
            name = f"crawl.jsonl:{counts['articles'] + 1}"
            made.article.verdicts = []
            found = rows_of(replace(made.given, name=name), article_to_json(made.article))
            for table in _TABLES:
                rows[table] += found[table]
            truth.write(json.dumps([name, _wire(made), told]) + "\n")
            counts["articles"] += 1
            counts["statements"] += len(told)
            counts["text_bytes"] += len(made.article.text.encode())
            if len(rows["articles"]) == SHARD:
                write_shard(folder, shard, rows)
                rows, shard = {name: [] for name in _TABLES}, shard + 1
    if rows["articles"]:
        write_shard(folder, shard, rows)
    return counts


def read_truth(root: Path) -> Iterator[tuple[str, str | None, list[str]]]:
    """The lines of the truth."""
    with (root / "truth.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield tuple(json.loads(line))


def _known(made: Iterator[Made]) -> Iterator[tuple[Made, list[str]]]:
    """Articles, each with the number of what each of its statements tells."""
    event, numbers = -1, dict[int, tuple[Any, str]]()
    for each in made:
        if each.event.number != event:
            event, numbers = each.event.number, {}
        told = []
        for one in each.told:
            # Kept with its number, so that no other one has its address.
            known = numbers.setdefault(id(one.utterance), (one.utterance, f"{event}.{len(numbers)}"))
            told.append(known[1])
        yield each, told


def _wire(made: Made) -> str | None:
    dateline = made.article.dateline
    return None if dateline is None else f"{made.event.number} {dateline.agency}"


def write_shard(folder: Folder, shard: int, rows: Rows, *, tables: Sequence[str] = _TABLES) -> int:
    """A shard as the reading leaves it, of the tables that are grouped or of others; how many words it has."""
    parts: dict[str, Part] = {}
    for table in tables:
        its = rows[table]
        target = folder.part(table, shard)
        write_part(table, its, target)
        parts[table] = part_of(target, rows=len(its))
    words: int = sum(row["words"] for row in rows["articles"])
    write_entry(folder, Entry(shard, len(rows["articles"]), 0, words, parts=parts))
    return words
