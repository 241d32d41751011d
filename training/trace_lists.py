"""Makes the lists by which the archive weighs shared words: `python -m training.trace_lists`.

Counted are the transcripts and the articles of the corpora (`../shared`, or `--shared`): how often a word is said, and
which three words in a row are said on so many occasions that sharing them tells nothing. Names of persons are left out:
written with a capital, and not among the few names that are everybody's.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sayso.checks.canonical import tokens_of
from sayso.checks.words import words_of
from training.evaluate import ROOT, SHARED

DATA = ROOT / "src" / "sayso" / "archive" / "tracing" / "data"
_FEWEST = 15
"""Times a word must have been said to be in the list: the others are all equally rare."""
_OCCASIONS = 10
"""Documents, of about a thousand, from which three words in a row are a stock phrase."""
_CAPITAL = 0.7
_EVERYBODYS = frozenset(
    "i us u.s united states america american americans congress senate house white washington god english european "
    "europe africa asia east west north south monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december mister ms mrs dr state secretary "
    "president republican republicans democrat democrats democratic constitution".split()
)


def documents(shared: Path) -> Iterator[str]:
    """The texts; of several transcripts of one day of the campaign, the first."""
    days: set[str] = set()
    for name in ("transcripts/briefings", "transcripts/campaign-2016", "polnear/train"):
        with (shared / "corpora" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if name.endswith("2016"):
                    if row["date"] in days:
                        continue
                    days.add(row["date"])
                yield row["text"]


def main() -> None:
    """Counts and writes both lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR")
    shared: Path = parser.parse_args().shared
    said, capitals, occasions = Counter[str](), Counter[str](), Counter[tuple[str, ...]]()
    for text in documents(shared):
        words = words_of(text)
        tokens = tokens_of(words, 0, len(words))
        keys = [key.rstrip("!") for key in tokens.keys]
        said.update(keys)
        capitals.update(key for at, key in enumerate(keys) if tokens.raw(at)[0].isupper())
        occasions.update(set(zip(keys, keys[1:], keys[2:], strict=False)))
    total = said.total()
    kept = {
        key: count
        for key, count in said.items()
        if count >= _FEWEST and not key.startswith("#") and (key in _EVERYBODYS or capitals[key] < _CAPITAL * count)
    }
    words_rows = [
        f"{key}\t{count / total * 1e6:.0f}" for key, count in sorted(kept.items(), key=lambda e: (-e[1], e[0]))
    ]
    phrases = sorted(
        " ".join(each) for each, count in occasions.items() if count >= _OCCASIONS and kept.keys() >= set(each)
    )
    origin = "# Counted by training.trace_lists in 150 briefings, some 40 campaign transcripts and 840 news articles.\n"
    head = origin + "# word as the checks compare it, times in a million words\n"
    (DATA / "words.tsv").write_text(head + "\n".join(words_rows) + "\n", encoding="utf-8")
    head = origin + f"# three words in a row that {_OCCASIONS} of them have\n"
    (DATA / "phrases.tsv").write_text(head + "\n".join(phrases) + "\n", encoding="utf-8")
    print(f"{len(words_rows)} words, {len(phrases)} phrases")


if __name__ == "__main__":
    main()
