"""Sentences for the gists, and what the sentence encoder says of them (`training.gists`).

Trained on: PolNeAR's training half, seven of eight transcripts, GUM's training documents of other kinds than news, and
our own texts; whole sentences, two in a row, and pieces cut as quotes are cut. Chosen on: PolNeAR's dev half and the
eighth transcripts. No annotation is used, and no text is kept: what is written are vectors.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from sayso.documents import Span
from sayso.extraction.vectors import Encoder, Floats, Integers, unit
from sayso.reading.sentences import sentences_in

OWN = Path(__file__).parent / "texts"
_TAG = re.compile(r"</?[a-z]+\d*[^<>\n]*>")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield record["id"], record["text"]


def _held_out(name: str) -> bool:
    return crc32(name.encode()) % 8 == 0


def texts_of(shared: Path, *, dev: bool) -> Iterator[str]:
    """The texts to learn from, or those to choose on."""
    corpora = shared / "corpora"
    yield from (text for _, text in _rows(corpora / "polnear" / ("dev.jsonl" if dev else "train.jsonl")))
    for name in ("briefings", "campaign-2016"):
        for id, text in _rows(corpora / "transcripts" / f"{name}.jsonl"):
            if _held_out(id) == dev:
                yield text
    if not dev:
        with (corpora / "gum" / "other.jsonl").open(encoding="utf-8") as lines:
            yield from (record["text"] for record in map(json.loads, lines) if record.get("split", "train") == "train")
        for path in sorted(OWN.rglob("*.txt")):
            yield _TAG.sub("", path.read_text(encoding="utf-8"))


def sentences_of(texts: Iterator[str], *, cut: float, seed: int) -> list[str]:
    """The different sentences of texts in random order; to a share of them, `cut`, a piece of it or a pair is added."""
    shuffle = random.Random(seed)
    found: dict[str, None] = {}
    for text in texts:
        for line in _LINE.finditer(text):
            parts = [each.of(text).strip() for each in sentences_in(text, Span(*line.span()))]
            parts = [each for each in parts if 3 <= len(each.split()) <= 70]
            for number, part in enumerate(parts):
                found[part] = None
                words = part.split()
                chance = shuffle.random()
                if chance < cut and len(words) > 8:
                    start = shuffle.randrange(len(words) - 5)
                    found[" ".join(words[start : shuffle.randrange(start + 4, len(words) + 1)])] = None
                elif chance < cut * 1.3 and number + 1 < len(parts):
                    found[f"{part} {parts[number + 1]}"] = None
    return shuffle.sample(list(found), len(found))


def encoded(encoder: Encoder, texts: Sequence[str], kept: Path | None = None) -> Floats:
    """[texts, 384] the encoder's vectors, of unit length: about three milliseconds a sentence.

    They are read from `kept` where that file is there, and written to it where not.
    """
    if kept is not None and kept.is_file():
        found = np.load(kept)
        if len(found) == len(texts):
            return np.asarray(found, dtype=np.float32)
    rows = np.empty((len(texts), 384), dtype=np.float16)
    for number, text in enumerate(texts):
        rows[number] = unit(encode_whole(encoder, encoder.ids(text)))
        if number and number % 10_000 == 0:
            print(f"encoded {number} of {len(texts)}", flush=True)
    if kept is not None:
        np.save(kept, rows)
    return rows.astype(np.float32)


def encode_whole(encoder: Encoder, ids: Integers) -> Floats:
    """[384] the mean vector of some pieces."""
    framed = np.concatenate([[encoder.pieces.first], ids, [encoder.pieces.last]])
    (whole,) = encoder.session.run(("whole",), {"pieces": framed})
    return np.asarray(whole, dtype=np.float32)
