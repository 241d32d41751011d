"""What a server does with files that are made to bring it down, with its limits as they are; and what a child costs.

    python -m benchmarks.bombs [--only NAME]... [--children]

A server of its own is started for it. The table has, for each file, how long the answer took, the slowest of the first
pages that were asked for meanwhile, and what the serving process took in memory after it. Files are built by
`tests.web.bombs`, whose tests send the quick ones with shorter limits.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sayso import check, read_text
from sayso.documents import Article, Transcript
from sayso.transcripts import read_transcript_text
from sayso.web.workers import Upload, Workers
from tests.web import bombs
from tests.web.besieged import Besieged, Outcome, besieged

LIMIT_S = 10.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="one bomb, by its name")
    parser.add_argument("--children", action="store_true", help="what a child costs instead")
    given = parser.parse_args(arguments)
    if given.children:
        measure_children()
    else:
        throw(given.only)


def throw(only: Sequence[str]) -> None:
    """Throws the bombs at a server, one after another."""
    with tempfile.TemporaryDirectory() as folder, besieged(Path(folder) / "archive.db") as server:
        before = server.memory_mb()
        print("| bomb | sent | answer | slowest page | server after | outcome |\n|---|--:|--:|--:|--:|---|")
        late = 0
        for table, throw_at in (
            (bombs.ARTICLES, server.read), (bombs.TRANSCRIPTS, server.check), (bombs.CONTAINERS, server.add),
        ):  # fmt: skip
            for id, (name, build) in table.items():
                if not only or id in only:
                    late += _thrown(server, id, name, build(), throw_at)
        print(
            f"\nserver before {before} MB, at its most {server.peak_mb()} MB; answers later than {LIMIT_S:g} s: {late}"
        )


def _thrown(server: Besieged, id: str, name: str, data: bytes, throw_at: Callable[[str, bytes], Outcome]) -> bool:
    outcome = throw_at(name, data)
    print(
        f"| {id} | {len(data) / 1e6:.2f} MB | {outcome.took_s:.1f} s | {1000 * outcome.slowest_page_s:.0f} ms "
        f"| {server.memory_mb()} MB | {outcome.status} {outcome.told[:110]} |",
        flush=True,
    )
    return outcome.took_s > LIMIT_S


def measure_children() -> None:
    """What reading and checking in a child costs beside reading and checking here."""
    paragraph = (
        '"We have no choice," Elin Askvold told reporters in Sandrey on Monday. The union said it was a mistake.\n\n'
    )
    talk = "ELIN ASKVOLD: We have no choice. The ferry will be sold.\n\nQ: When?\n\n"
    begun = time.perf_counter()
    workers = Workers(count=1)
    try:
        workers.read(Upload.of_text("Ferry to be sold\n\n" + paragraph))
        print(f"first answer of a new child: {time.perf_counter() - begun:.2f} s")
        print("\n| text | reading here | in a child |\n|---|--:|--:|")
        for words in (120, 1_000, 10_000):
            text = "Ferry to be sold\n\n" + paragraph * (words // 19)
            given = Upload.of_text(text)

            def here(text: str = text) -> Article:
                return read_text(text)

            def there(given: Upload = given) -> Article:
                return workers.read(given, patient=True)

            print(f"| {words:,} words | {_ms(here)} | {_ms(there)} |")
        print("\n| transcript | checking here | in a child, sent | in a child, again |\n|---|--:|--:|--:|")
        article = workers.read(Upload.of_text("Ferry to be sold\n\n" + paragraph * 10))
        for words in (1_000, 20_000, 150_000):
            transcript = read_transcript_text(talk * (words // 12), f"{words}.txt")

            def check_here(transcript: Transcript = transcript) -> object:
                return check(article, [transcript])

            def check_there(transcript: Transcript = transcript) -> object:
                return workers.check(article, [transcript])

            first = time.perf_counter()
            check_there()
            sent = time.perf_counter() - first
            print(f"| {words:,} words | {_ms(check_here)} | {1000 * sent:.0f} ms | {_ms(check_there)} |")
        for child in workers.processes():
            status = Path(f"/proc/{child}/status").read_text().splitlines()
            sizes = {line.split(":")[0]: int(line.split()[1]) // 1024 for line in status if line.startswith("Vm")}
            print(f"\na child: {sizes['VmRSS']} MB, {sizes['VmHWM']} at its most; {sizes['VmPeak']} MB of addresses")
    finally:
        workers.close()


def _ms(act: Callable[[], object], times: int = 5) -> str:
    act()
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        took.append(time.perf_counter() - begun)
    return f"{1000 * statistics.median(took):.0f} ms"


if __name__ == "__main__":
    main()
