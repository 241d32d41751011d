"""A thousand damaged WARC files read: `python -m benchmarks.mutated --files 1000`.

Each is a generated crawl, packed in one of three ways, to which one of the damages of `benchmarks.damage` was done. An
item counts as read where its bytes are those of an undamaged record's page. `--show` tells of each file that is not
read as it should be; `--write-docs` keeps the figures for docs/input.md.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.damage import KINDS, PACKINGS, Damaged, Packing, Part, damage, pack, parts_of_crawl
from benchmarks.input_report import keep_part
from sayso import __version__
from sayso.errors import SaysoError
from sayso.intake.items import Failure, Item
from sayso.intake.warc import warc_items
from sayso.reading.decoding import decode
from sayso.reading.limits import Limits
from training.tables import table

HANG_S = 10.0
_POOL = 240
_ARTICLES = 20
_LIMITS = Limits()


class Hang(BaseException):
    """Reading took longer than it may; nothing that catches errors catches this."""


@dataclass(slots=True)
class Outcome:
    """What came of some damaged files."""

    files: int = 0
    undamaged: int = 0
    """Records with an article that the damage did not touch."""
    read: int = 0
    """Of those, the ones whose page came out as it was written."""
    cut: int = 0
    cut_told: int = 0
    """Files cut off, and those of them of which a failure says so."""
    silent: int = 0
    """Files with a touched record that neither came out as it was written nor is in a failure."""
    altered: int = 0
    """Items that are no page as it was written, and that decoding does not refuse."""
    hangs: int = 0
    crashes: int = 0
    slowest_s: float = 0.0
    shown: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Count another's files among these."""
        for name in ("files", "undamaged", "read", "cut", "cut_told", "silent", "altered", "hangs", "crashes"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest_s = max(self.slowest_s, other.slowest_s)
        self.shown += other.shown


def tried(file: Damaged, pages: dict[bytes, bytes], told: str) -> Outcome:
    """What comes of reading a damaged file; `pages` has for each whole record the digest of its page."""
    outcome = Outcome(files=1, cut=int(file.cut))
    wanted: Counter[bytes] = Counter()
    touched: Counter[bytes] = Counter()
    for number, part in enumerate(file.parts):
        if part.page and number not in file.touched:
            wanted[pages[part.raw]] += 1
        elif part.page:
            touched[pages[part.written or part.raw]] += 1
    outcome.undamaged = wanted.total()
    made: list[Item | Failure] = []
    begun = time.process_time()
    try:
        with no_longer_than(HANG_S):
            made += warc_items(io.BytesIO(file.data), len(file.data), "crawl.warc", limits=_LIMITS)
    except Hang:
        outcome.hangs = 1
    except Exception as error:
        outcome.crashes = 1
        outcome.shown.append(f"{told}: {type(error).__name__}: {error}")
    outcome.slowest_s = time.process_time() - begun
    failures = [each for each in made if isinstance(each, Failure)]
    found = Counter(digest_of(each.data) for each in made if isinstance(each, Item))
    outcome.read = (wanted & found).total()
    outcome.cut_told = int(file.cut and any(each.kind == "truncated" for each in failures))
    known = set(pages.values())
    strange = [each for each in made if isinstance(each, Item) and digest_of(each.data) not in known]
    refused = sum(map(_refused, strange))
    outcome.altered = len(strange) - refused
    whole = (wanted + touched) & found
    told_of = len(failures) + refused + outcome.altered
    outcome.silent = int(not told_of and whole.total() < (wanted + touched).total())
    if outcome.read < outcome.undamaged or outcome.cut_told < outcome.cut or outcome.silent or outcome.altered:
        outcome.shown.append(f"{told}: {outcome.undamaged - outcome.read} of {outcome.undamaged} not read, "
                             f"cut {file.cut}, altered {outcome.altered}, silent {outcome.silent}; "
                             f"{[(each.name, each.kind, each.reason) for each in failures][:4]}")  # fmt: skip
    return outcome


def digest_of(data: bytes) -> bytes:
    """What a page is known by."""
    return hashlib.sha256(data).digest()


def pages_of(parts: Sequence[Part]) -> dict[bytes, bytes]:
    """The digest of its page for each record that has one; raises ValueError where one is not read at all."""
    pages = {}
    for part in parts:
        if part.page:
            made = list(warc_items(io.BytesIO(part.raw), len(part.raw), "one.warc", limits=_LIMITS))
            if len(made) != 1 or not isinstance(made[0], Item):
                raise ValueError(f"an undamaged record gives {made}")
            pages[part.raw] = digest_of(made[0].data)
    return pages


def cases(
    files: int, parts: Sequence[Part], *, seed: int, articles: int = _ARTICLES
) -> Iterator[tuple[str, Packing, Damaged]]:
    """So many damaged files of so many articles, each with what was done to it; the same for the same seed."""
    for number in range(files):
        chance = random.Random(f"{seed}.{number}")
        kind = KINDS[number % len(KINDS)]
        packing = PACKINGS[number // len(KINDS) % len(PACKINGS)]
        yield kind, packing, damage(_stretch(parts, articles, chance), packing, kind, chance)


def undamaged(parts: Sequence[Part], files: int, *, seed: int) -> int:
    """How many of so many undamaged files have a failure told of them."""
    failed = 0
    for number in range(files):
        chance = random.Random(f"{seed}.whole.{number}")
        data = pack(_stretch(parts, _ARTICLES, chance), PACKINGS[number % len(PACKINGS)]).data
        made = warc_items(io.BytesIO(data), len(data), "crawl.warc", limits=_LIMITS)
        failed += any(isinstance(each, Failure) for each in made)
    return failed


def _stretch(parts: Sequence[Part], articles: int, chance: random.Random) -> list[Part]:
    """Neighbouring records with so many articles."""
    pages = [number for number, part in enumerate(parts) if part.page]
    at = chance.randrange(len(pages) - articles) if len(pages) > articles else 0
    return list(parts[pages[at] : pages[min(at + articles, len(pages)) - 1] + 1])


def _refused(item: Item) -> bool:
    """Whether decoding says that an item is no text."""
    try:
        decode(item.data, item.name, charset=item.charset)
    except SaysoError:
        return True
    return False


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """Raises Hang in what takes longer, by its own processor time."""

    def ring(signum: int, frame: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def mutated_table(measured: dict[str, Any]) -> str:
    """What came of the files, by what was done to them, as Markdown."""
    rows = [
        [name, f"{each['files']:,}", f"{each['undamaged']:,}",
         f"{100 * each['read'] / max(each['undamaged'], 1):.2f}%",
         f"{each['cut_told']} of {each['cut']}" if each["cut"] else "", f"{each['slowest_s']:.2f} s"]
        for name, each in measured["mutated"].items()
    ]  # fmt: skip
    whole = measured["mutated"]["all"]
    told = (
        f"Took over {HANG_S:g} s of a processor: {whole['hangs']}; raised: {whole['crashes']}; lost a record without a "
        f"word: {whole['silent']}; pages that came out otherwise than they were written: {whole['altered']}. Of "
        f"{measured['whole']} undamaged files a failure was told of {measured['whole_failed']}."
    )
    columns = ["what was done", "files", "undamaged articles", "of those read", "told that it was cut off", "slowest"]
    return f"{table(columns, rows)}\n\n{told}"


def measure(files: int, *, seed: int, pool: int = _POOL) -> tuple[dict[str, Any], list[str]]:
    """The figures of so many files, and what to look at."""
    parts = parts_of_crawl(pool, seed=seed)
    pages = pages_of(parts)
    outcomes: dict[str, Outcome] = {"all": Outcome()}
    for number, (kind, packing, file) in enumerate(cases(files, parts, seed=seed)):
        outcome = tried(file, pages, f"{number} ({kind}, {packing})")
        for name in ("all", kind, packing):
            outcomes.setdefault(name, Outcome()).add(outcome)
    shown = outcomes["all"].shown
    names = [*(kind for kind in KINDS if kind in outcomes), *(each for each in PACKINGS if each in outcomes), "all"]
    whole = max(files // 10, 3)
    measured = {
        "mutated": {name: {k: v for k, v in asdict(outcomes[name]).items() if k != "shown"} for name in names},
        "whole": whole, "whole_failed": undamaged(parts, whole, seed=seed),
    }  # fmt: skip
    return measured, shown


def main() -> None:
    """Measures, prints the table, and keeps it for the pages where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--write-docs", action="store_true")
    told = parser.parse_args()
    measured, shown = measure(told.files, seed=told.seed)
    print(mutated_table(measured))
    if told.show:
        print("\n".join(shown), file=sys.stderr)
    if told.write_docs:
        keep_part("mutated", {"sayso": __version__, "files": told.files, "seed": told.seed, **measured})


if __name__ == "__main__":
    main()
