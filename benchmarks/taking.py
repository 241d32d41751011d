"""Taking a batch's output into an archive: what an article costs beside reading it, and beside adding one by one.

    python -m benchmarks.taking --articles 4000 --write-docs

On a batch of generated articles (`benchmarks.archives`): once in bulk, as `sayso add DIR` does, and again, when all is
known; a part of them one after another, as `sayso add` keeps what it has just read; and the time that reading a sample
of the same texts takes. Processor seconds count this process and all that it starts.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections import defaultdict
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.archives import Made, Material, articles
from benchmarks.groupings.building import write_shard
from sayso import __version__
from sayso.adding import add
from sayso.archive import open_archive
from sayso.archive.keeping.saving import prepare
from sayso.batch.job import Job
from sayso.batch.layout import Folder
from sayso.batch.limits import Options
from sayso.batch.reading import READ
from sayso.batch.rows import rows_of
from sayso.batch.tables import Rows
from sayso.pipeline import read_text
from sayso.records import article_to_json
from training.tables import table

SHARD = 256
"""Articles in a shard of the generated batch."""
ONE_BY_ONE = 500
READ_TOO = 40
"""Articles that are saved singly, and that are read."""


def taking_table(measured: dict[str, Any]) -> str:
    """The figures as Markdown."""
    bulk, single, again, read = (measured[name] for name in ("bulk", "one_by_one", "again", "reading"))

    def row(name: str, each: dict[str, float]) -> list[str]:
        return [name, f"{each['cpu_ms']:.1f} ms", f"{each['wall_ms']:.1f} ms", f"{1000 / each['wall_ms']:,.0f}"]

    rows = [
        row("reading it, on one core", read),
        row("keeping it when it was read, one by one", single),
        row("taking it from a batch", bulk),
        row("finding that it is in already", again),
    ]
    told = (
        f"Taking an article costs {bulk['cpu_ms'] / read['cpu_ms']:.1%} of what reading it does, and "
        f"{(read['cpu_ms'] + single['cpu_ms']) / bulk['cpu_ms']:.0f} times less than adding it from its source. "
        f"{measured['articles']:,} generated articles of {measured['words']:,.0f} words with "
        f"{measured['statements']:.0f} statements each, SQLite; the process took {measured['peak_mb']:,.0f} MB at most."
    )
    return f"{table(['an article', 'processor', 'on the wall', 'a second'], rows)}\n\n{told}"


def measure(count: int, folder: Path) -> dict[str, Any]:
    """All figures, on so many articles."""
    first: list[Made] = []
    totals = _write(folder / "batch", count, first)
    prepare(first[0].article, first[0].given)
    with open_archive(folder / "bulk.db", make=True) as archive:
        bulk = _timed(count, lambda: sum(1 for _ in add([folder / "batch"], archive)))
        again = _timed(count, lambda: sum(1 for _ in add([folder / "batch"], archive)))
        assert archive.info().articles > 0 and not archive.problems()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with open_archive(folder / "single.db", make=True) as archive:
        single = _timed(len(first), lambda: [archive.save(each.article, each.given) for each in first])
    read_text(first[-1].article.text, name="so that the model is there")
    sample = first[:READ_TOO]
    reading = _timed(len(sample), lambda: [read_text(each.article.text, name=each.given.name) for each in sample])
    return {
        "sayso": __version__,
        "articles": count,
        **{name: each / count for name, each in totals.items()},
        "bulk": bulk,
        "again": again,
        "one_by_one": single,
        "reading": reading,
        "peak_mb": peak,
    }


def _write(root: Path, count: int, first: list[Made]) -> dict[str, int]:
    """A batch of generated articles, of which the first are kept; how many words and statements it has."""
    folder, totals = Folder(root), {"words": 0, "statements": 0}
    made = islice(articles(Material(), statements=count * 100), count)
    for number, some in enumerate(iter(lambda: list(islice(made, SHARD)), [])):
        rows: Rows = defaultdict(list)
        for each in some:
            # A batch does not check.
            each.article.verdicts, each.article.transcripts = [], []
            first += [each] * (len(first) < ONE_BY_ONE)
            for name, new in rows_of(each.given, article_to_json(each.article)).items():
                rows[name] += new
        totals["words"] += write_shard(folder, number, rows, tables=READ)
        totals["statements"] += len(rows["statements"])
    Job("generated", __version__, weights={}, options=Options(), inputs=()).note(folder, planned={}, finished={})
    return totals


def _timed(count: int, act: Any) -> dict[str, float]:
    cpu, wall = _cpu_s(), time.perf_counter()
    act()
    return {"cpu_ms": (_cpu_s() - cpu) / count * 1000, "wall_ms": (time.perf_counter() - wall) / count * 1000}


def _cpu_s() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main() -> None:
    """Measures, prints the table, and keeps it for the pages where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--write-docs", action="store_true")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(told.articles, Path(folder))
    print(json.dumps(measured, indent=1))
    print(taking_table(measured))
    if told.write_docs:
        from docs.pages import keep

        keep("taking", measured)


if __name__ == "__main__":
    main()
