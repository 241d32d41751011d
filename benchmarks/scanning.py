"""What looking through an input costs before a batch reads it: `python -m benchmarks.scanning --articles 3000`.

The same generated articles in each packing, each scanned in a process of its own: its processor time for 100 MB and its
largest resident set, and how many articles of these a second. `--write-docs` keeps it for docs/sizing.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from operator import itemgetter
from pathlib import Path
from typing import Any

from benchmarks.crawls import Stories, write_file
from sayso import __version__
from training.tables import table

_ROUNDS = 3


def scanning_table(measured: dict[str, Any]) -> str:
    """The costs, as Markdown."""
    rows = [
        [name, f"{each['bytes'] / 1e6:,.0f} MB", f"{each['cpu_s'] / each['bytes'] * 1e8:.1f} s",
         f"{each['items'] / each['cpu_s']:,.0f}", f"{each['peak_mb']:,.0f} MB"]
        for name, each in measured["packings"].items()
    ]  # fmt: skip
    told = f"{measured['articles']:,} generated articles in each; the median of {_ROUNDS} rounds. `just scanning`."
    columns = ["looking through", "file", "processor for 100 MB", "articles a second", "memory"]
    return f"{table(columns, rows)}\n\n{told}"


def _packings(folder: Path, articles: int) -> dict[str, Path]:
    """The files, by what they are called in the table."""
    made = {
        "WARC, a member a record": folder / "crawl.warc.gz",
        "WARC, one member": folder / "one.warc.gz",
        "WARC, not packed": folder / "crawl.warc",
        "JSON Lines": folder / "wire.jsonl",
        "JSON Lines, packed": folder / "wire.jsonl.gz",
        "Parquet": folder / "wire.parquet",
    }
    for name in ("WARC, a member a record", "WARC, not packed"):
        write_file(made[name], articles=articles)
    stories = Stories(seed=0)
    rows = []
    for number in range(articles):
        story = stories.story(number)
        rows.append({"title": story.headline, "text": "\n\n".join(story.paragraphs), "id": str(number)})
    with made["JSON Lines"].open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    import_module("polars").DataFrame(rows).write_parquet(made["Parquet"])
    for plain, packed in (("WARC, not packed", "WARC, one member"), ("JSON Lines", "JSON Lines, packed")):
        with made[plain].open("rb") as source, gzip.open(made[packed], "wb", 6) as out:
            shutil.copyfileobj(source, out)
    return made


_SCAN = """
import json, pathlib, sys, tempfile, time
from sayso.confined import status_mb
from sayso.intake.stretches import scan
path = pathlib.Path(sys.argv[1])
with tempfile.TemporaryDirectory() as spool:
    begun = time.process_time()
    items = sum(each.count for each in scan(path, spool=pathlib.Path(spool)))
    cpu_s = time.process_time() - begun
print(json.dumps({"bytes": path.stat().st_size, "items": items, "cpu_s": cpu_s, "peak_mb": status_mb("VmHWM")}))
"""
"""In a process that has nothing else in it."""


def _median(name: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-c", _SCAN, str(path)]
    rounds = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(_ROUNDS)]
    found: dict[str, float] = sorted(rounds, key=itemgetter("cpu_s"))[_ROUNDS // 2]
    print(f"{name}: {found['cpu_s']:.2f} s", file=sys.stderr)
    return found


def main() -> None:
    """Measures, prints the table, and keeps it for the pages where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--write-docs", action="store_true")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = _packings(Path(folder), told.articles)
        packings = {name: _median(name, path) for name, path in made.items()}
    measured = {"sayso": __version__, "articles": told.articles, "packings": packings}
    print(scanning_table(measured))
    if told.write_docs:
        from docs.pages import keep

        keep("scanning", measured)


if __name__ == "__main__":
    main()
