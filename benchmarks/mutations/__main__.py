"""Bends quotes on purpose and asks the judge: `just mutations`, or `python -m benchmarks.mutations`.

Transcripts are divided by a digest of their ids: rules are made looking at `dev`; of `held`, only figures are looked
at, and `--show` refuses it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sayso
from benchmarks.mutations import tables
from benchmarks.mutations.exam import Answer, examine
from benchmarks.mutations.kinds import KINDS
from benchmarks.mutations.making import make_cases
from benchmarks.mutations.passages import World, seat
from benchmarks.mutations.sources import SPLITS, read_transcripts
from training.evaluate import SHARED


def run(split: str, shared: Path, *, count: int, seed: int, kinds: Sequence[str] | None) -> tuple[int, list[Answer]]:
    """How many transcripts a split has, and the answers to the cases made of them."""
    transcripts = read_transcripts(split, shared)
    world = World(seat(transcripts))
    return len(transcripts), list(examine(world, make_cases(world, count, seed, kinds)))


def show(answers: Sequence[Answer], kind: str, limit: int) -> str:
    """The failing cases of a kind with both texts, one under the other."""
    failing = [each for each in answers if each.case.kind == kind and not each.is_right]
    parts = [
        "\n".join(
            [
                f"{each.case.id}: {each.value}, not {each.case.right[0]} ({each.case.note})",
                f"  article     {each.case.quote}",
                f"  transcript  {' '.join(each.heard.split()) or '(nothing)'}",
                *([f"  doubt       {each.doubt}"] if each.doubt else []),
                *([] if each.placed is not False else ["  not the words that it comes from"]),
            ]
        )
        for each in failing[:limit]
    ]
    return "\n\n".join([*parts, f"{len(failing)} of {sum(each.case.kind == kind for each in answers)} fail."])


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="mutations", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--cases", type=int, default=20_000, metavar="COUNT", help="of each split (default 20000)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), metavar="KIND", help=f"of: {', '.join(KINDS)}")
    parser.add_argument(
        "--split", choices=SPLITS, action="append",
        help="dev, held, own (ours alone) or all; several where it is given several times (default dev)",
    )  # fmt: skip
    parser.add_argument("--show", choices=list(KINDS), metavar="KIND", help="print the failing cases of a kind")
    parser.add_argument("--limit", type=int, default=20, metavar="COUNT", help="of failing cases shown (default 20)")
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--write-docs", action="store_true", help="dev and held, into docs/quotes.md")
    arguments = parser.parse_args()
    splits = ["dev", "held"] if arguments.write_docs else arguments.split or ["dev"]
    if arguments.show and set(splits) & {"held", "all"}:
        parser.error("--show looks at no held-out case")
    kinds = [arguments.show] if arguments.show and not arguments.kinds else arguments.kinds
    measured: dict[str, Any] = {"sayso": sayso.__version__, "seed": arguments.seed, "splits": {}}
    for split in splits:
        count, answers = run(split, arguments.shared, count=arguments.cases, seed=arguments.seed, kinds=kinds)
        if arguments.show:
            print(show(answers, arguments.show, arguments.limit))
        tallied = tables.tally(answers)
        measured["splits"][split] = {"transcripts": count, "totals": tables.totals(tallied), "kinds": tallied}
    print(tables.page_tables(measured))
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    if arguments.write_docs:
        from docs import pages

        if kinds or not read_transcripts("held", arguments.shared):
            sys.exit("--write-docs wants every kind and the shared transcripts, so that the page loses no row")
        pages.keep("quotes", measured)


if __name__ == "__main__":
    main()
