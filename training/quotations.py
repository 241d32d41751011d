"""Judging measured on real quotations and their transcripts: `python -m training.quotations`.

The pairs are PolNeAR's quotations with their place in transcripts of debates and speeches (`../shared`, or `--shared`).
Their hints are silver: what matters is that no sound quotation is accused, and what the others are called is printed to
be read. With `--random N` stretches of all transcripts are drawn as quotes of themselves: each has to be verbatim.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sayso.checks.index import said_words
from sayso.checks.judging import Judgement, judge
from sayso.checks.words import Words
from sayso.documents import Span, Transcript, Turn
from sayso.transcripts.directions import bare_directions, find_brackets
from sayso.transcripts.turning import role_of_name
from sayso.verdicts import SOUND

SOUND_HINTS = {
    "exact_whole_sentences", "exact_trimmed", "altered_filler_only", "exact_but_contraction", "bracket", "ellipsis",
}  # fmt: skip


def read_corpus(shared: Path) -> Iterator[Transcript]:
    """The transcripts of the corpora, with their directions."""
    for name in ("campaign-2016", "briefings"):
        with (shared / "corpora" / "transcripts" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                text = row["text"]
                transcript = Transcript(row["id"], text, title=row["title"], date=date.fromisoformat(row["date"]))
                for start, end, label in row["turns"]:
                    role = "editor" if not label or label == "SYSTEM" else role_of_name(label)
                    transcript.turns.append(Turn(Span(start, end), label or None, role=role))
                if len(transcript.turns) == 1:
                    transcript.turns = [Turn(transcript.turns[0].span, transcript.turns[0].speaker)]
                brackets = [each for each in find_brackets(text) if each.kind != "insert"]
                transcript.directions = sorted({*(each.span for each in brackets), *bare_directions(text)})
                transcript.gaps = [each.span for each in brackets if each.kind == "gap"]
                if "as prepared" in (row["title"] or "").lower():
                    transcript.version = "prepared"
                yield transcript


def range_of(words: Words, span: Span) -> tuple[int, int]:
    """The words that lie in a span."""
    inside = [at for at in range(len(words)) if words.ends[at] > span.start and words.starts[at] < span.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def show(text: str, judgement: Judgement, transcript: Transcript) -> None:
    """Prints a judgement with its texts."""
    print(f"  quote       {text}")
    print(f"  transcript  {' // '.join(span.of(transcript.text) for span in judgement.passages)!r}")
    for each in judgement.differences:
        ours, theirs = each.article.of(text), each.transcript.of(transcript.text)
        print(f"    {each.kind} {each.class_} {each.reverses or ''}: {theirs!r} -> {ours!r} ({each.reason})")
    for part in judgement.context:
        print(f"    context {part.kind}: {part.span.of(transcript.text)!r}")
    if judgement.doubt:
        print(f"    doubt: {judgement.doubt}")


def measure_pairs(shared: Path, *, verbose: bool) -> int:
    """Judges the pairs; how many sound ones are accused."""
    transcripts = {each.id: each for each in read_corpus(shared)}
    words: dict[str, Words] = {}
    table: dict[str, Counter[str]] = defaultdict(Counter)
    accused = 0
    with (shared / "corpora" / "quotations" / "polnear-transcripts.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        transcript = transcripts[row["transcript"]]
        if transcript.id not in words:
            words[transcript.id] = said_words(transcript)
        spans = row["transcript_spans"]
        near = range_of(words[transcript.id], Span(spans[0][0], spans[-1][1]))
        judgement = judge(row["quote"], [Span(0, len(row["quote"]))], transcript, words[transcript.id], near)
        table[row["verdict_hint"]][judgement.value + ("?" if judgement.doubt else "")] += 1
        wrong = row["verdict_hint"] in SOUND_HINTS and judgement.value not in SOUND and not judgement.doubt
        accused += wrong
        exact = row["verdict_hint"].startswith("exact") and judgement.value == "verbatim"
        if wrong or (verbose and not exact):
            print(f"{row['pair_id']} {row['verdict_hint']} -> {judgement.value}{'  ACCUSED' if wrong else ''}")
            show(row["quote"], judgement, transcript)
    for hint, values in sorted(table.items()):
        print(f"{hint:24} {dict(values)}")
    print(f"{len(rows)} pairs, {accused} sound ones accused")
    return accused


def draw(transcript: Transcript, words: Words, rng: random.Random) -> tuple[Span, tuple[int, int]] | None:
    """A stretch inside one turn, as characters and as words."""
    if len(words) < 5:
        return None
    first = rng.randrange(len(words) - 3)
    end = min(first + rng.choice((3, 5, 8, 13, 21, 34, 55)), len(words))
    turn = transcript.turn_at(words.starts[first])
    while turn is not None and end > first + 1 and words.ends[end - 1] > turn.span.end:
        end -= 1
    if turn is None or end - first < 2:
        return None
    return Span(words.starts[first], words.ends[end - 1]), (first, end)


def measure_random(shared: Path, count: int, *, seed: int = 0) -> int:
    """Judges stretches against themselves; how many are not verbatim. Prints how often a context is told."""
    rng = random.Random(seed)
    transcripts = list(read_corpus(shared))
    words = {each.id: said_words(each) for each in transcripts}
    wrong = told = drawn = 0
    kinds: Counter[str] = Counter()
    while drawn < count:
        transcript = rng.choice(transcripts)
        found = draw(transcript, words[transcript.id], rng)
        if found is None:
            continue
        drawn += 1
        span, near = found
        text = span.of(transcript.text)
        rough = (max(near[0] + rng.randint(-6, 6), 0), max(near[1] + rng.randint(-6, 6), near[0] + 1))
        judgement = judge(text, [Span(0, len(text))], transcript, words[transcript.id], rough)
        if judgement.value != "verbatim" or any(each.class_ != "style" for each in judgement.differences):
            wrong += 1
            print(f"{transcript.id} {span} {judgement.value}")
            show(text, judgement, transcript)
        told += bool(judgement.context)
        kinds.update(each.kind for each in judgement.context)
        if judgement.context and told <= 60:
            before, after = (
                transcript.text[max(0, span.start - 90) : span.start],
                transcript.text[span.end : span.end + 60],
            )
            print(f"  {[each.kind for each in judgement.context]} {before!r} |{text[:70]}…{text[-30:]}| {after!r}")
    print(f"{drawn} stretches, {wrong} not verbatim, {told} with context: {dict(kinds)}")
    return wrong


def main() -> None:
    """Measures what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--random", type=int, default=0, metavar="N", help="stretches to draw as quotes of themselves")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quiet", action="store_true", help="print accused quotations alone")
    arguments = parser.parse_args()
    if arguments.random:
        measure_random(arguments.shared, arguments.random, seed=arguments.seed)
    else:
        measure_pairs(arguments.shared, verbose=not arguments.quiet)


if __name__ == "__main__":
    main()
