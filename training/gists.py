"""Fit the gists: `python -m training.gists` (see training/README.md); NumPy and SciPy only.

What is fitted: a vector for each word piece, so that the sum over a sentence's pieces points where the sentence
encoder's vector does. They start from what the encoder says of each piece alone, rarer ones counting for more (as in
Minish's model2vec), and are regressed on its vectors of sentences: least squares, held to the start for pieces seldom
seen. From there Adam (Kingma and Ba 2015) goes on with what counts in the end, the angle to the encoder's vector. Last
they are rotated at random, so that signs keep most of it, and rounded to four bits.

Tried and left out: iterative quantisation instead of a random rotation (worse where numbers are held against signs);
a second aim, that a sentence find those of its batch as near as the encoder finds them (no better on dev).
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse

from sayso.extraction.gists import DIMENSIONS, GIST_PARAMETERS, GISTS, Floats, read_gists
from sayso.extraction.shipped import ENGLISH, VOCABULARY
from sayso.extraction.vectors import Encoder, load_encoder, unit
from training.gist_measures import measure
from training.gist_sentences import encode_whole, encoded, sentences_of, texts_of

COMMON = 1e-3
"""The share of all pieces at which a piece counts half (Arora et al. 2017, "A simple but tough-to-beat baseline")."""
LARGEST = 7
_SHORT = 0.5
"""A sentence of n pieces has its sum divided by n to the power of this, so that long ones do not count for more."""
_BATCH = 1024


def counts_of(encoder: Encoder, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
    """[texts, vocabulary] how often each text has each piece."""
    ids = [encoder.ids(text) for text in texts]
    rows = np.repeat(np.arange(len(ids)), [len(each) for each in ids])
    ones = np.ones(len(rows), dtype=np.float32)
    return scipy.sparse.csr_matrix((ones, (rows, np.concatenate(ids))), shape=(len(ids), len(encoder.pieces.ids)))


def pieces_alone(encoder: Encoder, kept: Path | None) -> Floats:
    """[vocabulary, 384] what the encoder says of each piece alone."""
    if kept is not None and kept.is_file():
        return np.asarray(np.load(kept), dtype=np.float32)
    found = np.array([encode_whole(encoder, np.array([number])) for number in range(len(encoder.pieces.ids))])
    if kept is not None:
        np.save(kept, found.astype(np.float16))
    return found


def regress(counts: scipy.sparse.csr_matrix, targets: Floats, start: Floats, *, hold: float, steps: int) -> Floats:
    """[vocabulary, DIMENSIONS] the vectors with the least squared error, `hold` times their way from the start added.

    By conjugate gradients, all dimensions side by side.
    """
    found = start.copy()
    residual = counts.T @ (targets - counts @ found)
    direction, length = residual.copy(), (residual**2).sum(axis=0)
    for _ in range(steps):
        product = counts.T @ (counts @ direction) + hold * direction
        step = length / np.maximum((direction * product).sum(axis=0), 1e-12)
        found += step * direction
        residual -= step * product
        longer = (residual**2).sum(axis=0)
        direction = residual + (longer / np.maximum(length, 1e-12)) * direction
        length = longer
    return found


def fit(
    counts: scipy.sparse.csr_matrix, vectors: Floats, alone: Floats, *, hold: float, steps: int, epochs: int, seed: int
) -> Floats:
    """[vocabulary, DIMENSIONS] the vectors of the pieces, in the directions in which sentences differ most."""
    centre = vectors.mean(axis=0)
    _, directions = np.linalg.eigh((vectors - centre).T @ (vectors - centre))
    directions = directions[:, ::-1][:, :DIMENSIONS].astype(np.float32)
    targets = unit((vectors - centre) @ directions)
    often = np.asarray(counts.sum(axis=0)).ravel()
    rare = (COMMON / (COMMON + often / often.sum())).astype(np.float32)
    start = (alone - alone.mean(axis=0)) @ directions * rare[:, None]
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    shortened = scipy.sparse.diags((lengths**-_SHORT).astype(np.float32)).dot(counts).tocsr()
    told = shortened @ start
    start *= (told * targets).sum() / (told**2).sum()
    regressed = regress(shortened, targets, start, hold=hold, steps=steps)
    return sharpen(shortened, targets, regressed, epochs=epochs, rate=2e-3, seed=seed)


def sharpen(
    counts: scipy.sparse.csr_matrix, targets: Floats, start: Floats, *, epochs: int, rate: float, seed: int
) -> Floats:
    """[vocabulary, DIMENSIONS] the vectors whose sums point more nearly where the targets do: by the cosine."""
    vectors, shuffle = start.copy(), np.random.default_rng(seed)
    mean, spread = np.zeros_like(vectors), np.zeros_like(vectors)
    steps = epochs * (len(targets) // _BATCH)
    for step in range(1, steps + 1):
        at = (step - 1) % (steps // epochs)
        if at == 0:
            order = shuffle.permutation(len(targets))
        batch = order[at * _BATCH : (at + 1) * _BATCH]
        sums, wanted = counts[batch] @ vectors, targets[batch]
        lengths = np.linalg.norm(sums, axis=1, keepdims=True) + np.float32(1e-6)
        found = sums / lengths
        cosines = (found * wanted).sum(axis=1, keepdims=True)
        slope = counts[batch].T @ ((cosines * found - wanted) / (lengths * np.float32(_BATCH)))
        mean += (slope - mean) * np.float32(0.1)
        spread += (slope**2 - spread) * np.float32(0.01)
        pace = rate * min(1, step / 30) * max(0.02, 1 - step / steps) / (1 - 0.9**step)
        vectors -= np.float32(pace) * mean / (np.sqrt(spread / np.float32(1 - 0.99**step)) + np.float32(1e-6))
        if at == 0:
            print(f"{step} of {steps}: cosine {float(cosines.mean()):.3f}", flush=True)
    return vectors


def rotation(seed: int) -> Floats:
    """[DIMENSIONS, DIMENSIONS] a random rotation."""
    drawn = np.random.default_rng(seed).standard_normal((DIMENSIONS, DIMENSIONS))
    return np.asarray(np.linalg.qr(drawn)[0], dtype=np.float32)


def written(encoder: Encoder) -> npt.NDArray[np.int64]:
    """The pieces that get a row: those that an English text can have."""
    return np.array(
        [
            number
            for piece, number in encoder.pieces.ids.items()
            if not (len(piece) > 1 and piece.startswith("["))
            and all(char < "\u0250" or "\u2000" <= char < "\u2c00" for char in piece)
        ]
    )


def export(vectors: Floats, chosen: npt.NDArray[np.int64], folder: Path) -> None:
    """Write the rows of the chosen pieces, four bits a number, and their SHA-256 into a model folder."""
    rows = vectors[chosen]
    largest = np.abs(rows).max(axis=1)
    # Rounded to the multiplier first: what is divided by is what will be multiplied with.
    unit_of = largest.max() / 65535
    scales = np.clip(np.round(largest / unit_of), 1, 65535)
    nibbles = np.clip(np.round(rows / (scales[:, None] * unit_of) * LARGEST), -LARGEST, LARGEST).astype(np.int8) + 8
    packed = (nibbles[:, 0::2] << 4 | nibbles[:, 1::2]).astype(np.uint8)
    data = chosen.astype("<u2").tobytes() + scales.astype("<u2").tobytes() + packed.tobytes()
    (folder / GISTS).write_bytes(data)
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (GISTS, VOCABULARY)}
    parameters = {"sha256": digests, "rows": len(chosen)}
    (folder / GIST_PARAMETERS).write_text(json.dumps(parameters, indent=1) + "\n", encoding="utf-8")
    print(f"{folder / GISTS}: {len(data) / 1e6:.2f} MB, {digests[GISTS]}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds corpora/")
    parser.add_argument("--folder", type=Path, default=ENGLISH)
    parser.add_argument("--keep", type=Path, help="folder to keep the encoder's vectors in from run to run")
    parser.add_argument("--sentences", type=int, default=130_000, help="at most so many are learnt from")
    parser.add_argument("--hold", type=float, default=1.0)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--measure", action="store_true", help="only measure what the folder holds")
    arguments = parser.parse_args()
    encoder = load_encoder()
    keep: Path | None = arguments.keep
    if not arguments.measure:
        texts = sentences_of(texts_of(arguments.shared, dev=False), cut=0.3, seed=arguments.seed)[: arguments.sentences]
        vectors = encoded(encoder, texts, keep and keep / "train.npy")
        alone = pieces_alone(encoder, keep and keep / "pieces.npy")
        fitted = fit(
            counts_of(encoder, texts),
            vectors,
            alone,
            hold=arguments.hold,
            steps=arguments.steps,
            epochs=arguments.epochs,
            seed=arguments.seed,
        )
        export(fitted @ rotation(arguments.seed), written(encoder), arguments.folder)
    measure(encoder, read_gists(arguments.folder), arguments.shared, keep=keep, seed=arguments.seed)


if __name__ == "__main__":
    main()
