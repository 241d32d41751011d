"""`python -m benchmarks.crawls --articles N --output FILE`: a crawl to measure with."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from pathlib import Path

from benchmarks.crawls.records import write_crawl


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="crawls", description="A WARC file of generated news pages.")
    parser.add_argument("--articles", type=int, required=True, metavar="N")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="packed where it ends with .gz")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, metavar="N", help="the number that the articles begin at")
    parser.add_argument("--known", type=Path, metavar="FILE", help="what stands on each page, as JSON lines")
    arguments = parser.parse_args()
    count = words = size = 0
    with contextlib.ExitStack() as files:
        output = files.enter_context(arguments.output.open("wb"))
        told = files.enter_context(arguments.known.open("w", encoding="utf-8")) if arguments.known else None
        for each in write_crawl(
            output, articles=arguments.articles, seed=arguments.seed, first=arguments.first,
            packed=arguments.output.suffix == ".gz",
        ):  # fmt: skip
            count += 1
            words += sum(len(paragraph.split()) for paragraph in each.story.paragraphs)
            size += each.page_bytes
            if told:
                told.write(json.dumps(each.known(str(arguments.output)), ensure_ascii=False) + "\n")
    print(f"{count:,} articles, {words:,} words, pages of {size / max(count, 1) / 1024:.0f} KB", file=sys.stderr)


if __name__ == "__main__":
    main()
