"""How well turns are found: `python -m training.transcripts`.

    --shared DIR      where the corpora lie (default: SAYSO_SHARED, else ../shared)
    --layouts         also the same transcripts written anew in other layouts and formats
    --losses N        print the N largest losses of words to a wrong speaker
    --json FILE       write the figures as data

Measured from the text alone, against the corpora's turns: turns with exactly their span and label, words with their
speaker. The corpora's turns are not all right: they take closing lines ("END 2:30 P.M.") for speech, and miss labels
that are not set off by a blank line; `--losses` shows which.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sayso.documents import Transcript
from sayso.transcripts import read_transcript_bytes, read_transcript_text
from training.evaluate import SHARED
from training.rendering import LAYOUTS, Rendering

FILES = ("briefings", "campaign-2016")
_WORD = re.compile(r"\S+")
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Counts:
    """Turns and words of one part of a corpus, and how many of them were found right."""

    turns: int = 0
    right_turns: int = 0
    words: int = 0
    right_words: int = 0
    seconds: float = 0.0

    def add(self, other: Counts) -> None:
        """Adds another part's counts."""
        for name in ("turns", "right_turns", "words", "right_words", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Measured:
    """The figures of a run."""

    parts: dict[str, Counts] = field(default_factory=dict)
    losses: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def read_corpus(shared: Path, name: str) -> Iterator[dict[str, Any]]:
    """The transcripts of one file of the corpora."""
    with (shared / f"corpora/transcripts/{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def same_name(name: str | None) -> str:
    """A speaker as two are compared: capitals and apostrophes say nothing."""
    return (name or "").casefold().replace("’", "'")


def speaker_at(transcript: Transcript, offset: int) -> str:
    """Who speaks at a place; empty for what is the editor's or lies between turns."""
    turn = transcript.turn_at(offset)
    return "" if turn is None or (turn.role == "editor" and turn.label is None) else same_name(turn.speaker)


def measure(shared: Path) -> Measured:
    """The figures over the corpora, by where the transcripts come from."""
    measured = Measured()
    for name in FILES:
        for record in read_corpus(shared, name):
            counts = measured.parts.setdefault(f"{name}, {record['variant']}", Counts())
            began = time.process_time()
            transcript = read_transcript_text(record["text"], record["id"])
            counts.seconds += time.process_time() - began
            found = {(*turn.span, speaker_at(transcript, turn.span.start)) for turn in transcript.turns}
            for start, end, speaker in record["turns"]:
                wanted = same_name(speaker)
                counts.turns += 1
                counts.right_turns += (start, end, wanted) in found
                for word in _WORD.finditer(record["text"], start, end):
                    got = speaker_at(transcript, word.start())
                    counts.words += 1
                    counts.right_words += got == wanted
                    if got != wanted:
                        measured.losses[record["id"], speaker, got] += 1
    return measured


def measure_layouts(shared: Path, *, every: int = 6) -> Measured:
    """Words with their speaker, where every so many transcripts are written anew in other layouts and formats."""
    measured = Measured()
    for name in FILES:
        for number, record in enumerate(read_corpus(shared, name)):
            turns = [(speaker, record["text"][start:end]) for start, end, speaker in record["turns"] if speaker]
            if number % every or len(turns) < 4 or any(len(speaker) > 60 for speaker, _ in turns):
                continue
            for layout, render in LAYOUTS.items():
                rendering = render(turns)
                if rendering is None:
                    continue
                counts = _of_rendering(rendering, record["id"])
                measured.parts.setdefault(layout, Counts()).add(counts)
                if counts.words > counts.right_words:
                    measured.losses[layout, record["id"], ""] += counts.words - counts.right_words
    return measured


def _of_rendering(rendering: Rendering, name: str) -> Counts:
    began = time.process_time()
    transcript = read_transcript_bytes(rendering.data, f"{name}{rendering.suffix}")
    counts = Counts(seconds=time.process_time() - began)
    found = [
        (token.group().casefold(), speaker_at(transcript, token.start())) for token in _TOKEN.finditer(transcript.text)
    ]
    wanted = [
        (token.casefold(), same_name(speaker)) for speaker, words in rendering.stream for token in _TOKEN.findall(words)
    ]
    counts.words = sum(speaker != "" for _, speaker in wanted)
    counts.right_words = _agreeing(wanted, found)
    return counts


def _agreeing(wanted: list[tuple[str, str]], found: list[tuple[str, str]]) -> int:
    """The words that both have in the same order, under the same speaker."""
    from rapidfuzz.distance import LCSseq

    right = 0
    for block in LCSseq.opcodes([word for word, _ in wanted], [word for word, _ in found]):
        if block.tag == "equal":
            right += sum(
                wanted[block.src_start + step][1] != ""
                and wanted[block.src_start + step][1] == found[block.dest_start + step][1]
                for step in range(block.src_end - block.src_start)
            )
    return right


def _show(measured: Measured, losses: int) -> None:
    for part, counts in measured.parts.items():
        turns = f"{counts.right_turns:>6} of {counts.turns:>6} turns  " if counts.turns else ""
        share = 100 * counts.right_words / max(counts.words, 1)
        pace = 1e6 * counts.seconds / max(counts.words, 1)
        print(
            f"{part:32} {turns}{counts.right_words:>8} of {counts.words:>8} words ({share:.2f}%), {pace:.1f} µs a word"
        )
    for (where, wanted, got), count in measured.losses.most_common(losses):
        print(f"{count:>7} {where[:70]:70} {wanted[:30]!r} read as {got[:30]!r}")


def main(make: Callable[[], argparse.ArgumentParser] = argparse.ArgumentParser) -> None:
    """Measures and prints."""
    parser = make()
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--layouts", action="store_true")
    parser.add_argument("--losses", type=int, default=0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    runs = {"corpora": measure(options.shared)}
    if options.layouts:
        runs["layouts"] = measure_layouts(options.shared)
    for measured in runs.values():
        _show(measured, options.losses)
    if options.json:
        figures = {name: {part: asdict(counts) for part, counts in run.parts.items()} for name, run in runs.items()}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
