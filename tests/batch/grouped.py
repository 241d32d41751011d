"""Batches of a few articles to group, written by hand, and engines that do their tasks here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sayso.archive.forms import Given
from sayso.batch.jobs import Steps, job_named
from sayso.batch.layout import Folder
from sayso.batch.manifest import Entry, part_of, write_entry
from sayso.batch.parquet import read_parts, write_part
from sayso.batch.rows import rows_of
from sayso.batch.tables import Row
from sayso.batch.tasks import Done, Task
from sayso.documents import Article, Dateline, Span
from sayso.records import Attribution, Quotation, Speaker, Statement, article_to_json


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: its words must be in the text, in quotation marks where it is quoted."""

    words: str
    speaker: str | None = None
    quotation: Quotation = "direct"


@dataclass(frozen=True, slots=True)
class Printed:
    """An article."""

    key: str
    text: str
    said: Sequence[Said] = ()
    day: date = date(2031, 5, 6)
    agency: str | None = None
    outlet: str | None = None


def batch_of(root: Path, printed: Sequence[Printed], *, shard: int = 4) -> Folder:
    """A folder as the reading leaves it, so many articles a shard."""
    folder = Folder(root)
    for number, start in enumerate(range(0, len(printed), shard)):
        add_shard(folder, number, printed[start : start + shard])
    return folder


def add_shard(folder: Folder, number: int, printed: Sequence[Printed]) -> None:
    """One more shard of a batch."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for each in printed:
        for table, its in rows_of(Given(each.key), article_to_json(article_of(each))).items():
            rows[table] += its
    parts = {}
    for table in ("articles", "attributions", "statements"):
        if rows[table]:
            target = folder.part(table, number)
            write_part(table, rows[table], target)
            parts[table] = part_of(target, rows=len(rows[table]))
    write_entry(folder, Entry(number, len(printed), 0, 0, parts=parts))


def article_of(printed: Printed) -> Article:
    """The article with its layers."""
    article = Article(printed.key, printed.text, language="en", outlet=printed.outlet, published=printed.day)
    if printed.agency is not None:
        article.dateline = Dateline(Span(0, 0), None, None, printed.agency)
    speakers: dict[str, Speaker] = {}
    for number, said in enumerate(printed.said, start=1):
        start = printed.text.index(said.words)
        if said.speaker is not None and said.speaker not in speakers:
            speakers[said.speaker] = Speaker(f"s{len(speakers) + 1}", said.speaker)
        who = speakers[said.speaker].id if said.speaker is not None else None
        content = [Span(start, start + len(said.words))]
        article.attributions.append(Attribution(f"a{number}", [], [], content, quotation=said.quotation, speaker=who))
        article.statements.append(Statement(f"st{number}", who, [f"a{number}"], said.words))
    article.speakers = list(speakers.values())
    return article


@dataclass
class Here:
    """Does its tasks in this process, in the order that `order` gives them, each `times` times."""

    order: Callable[[list[Task]], Iterable[Task]] = iter
    times: int = 1
    dies_after: int | None = None
    """Tasks after which it breaks off, as when the driver is killed."""
    done: list[Task] = field(default_factory=list)

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """As an engine's."""
        for task in self.order(list(tasks)):
            if self.dies_after is not None and len(self.done) >= self.dies_after:
                raise KeyboardInterrupt
            for _ in range(self.times):
                result = job_named(task.job)(task.given, Steps(task.number))
            self.done.append(task)
            yield Done(task, result)

    def close(self) -> None:
        """As an engine's."""


def copies_of(folder: Folder) -> dict[str, Row]:
    """The rows of `copies`, by article."""
    return {row["article"]: row for row in read_parts(folder.root, "copies")}


def utterances_of(folder: Folder) -> list[set[str]]:
    """The articles of each utterance, the first told first."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in told_of(folder):
        found[row["utterance"]].add(row["article"])
    return list(found.values())


def told_of(folder: Folder) -> list[Row]:
    """The rows of `utterances`."""
    return list(read_parts(folder.root, "utterances"))
