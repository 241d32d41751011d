"""Bring the sentence encoder back: `python -m training.vectors --base "$BASE"` (see training/README.md).

The shipped encoder began as a sentence encoder and learnt to find attributions. What is learnt here are corrections of
low rank to its weights, so that a sentence's vector is again the one that the base gives it. They start from the
best corrections of their rank (the singular values of the difference) and are trained on the base's own vectors of
sentences from the corpora; no annotation is used.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from sayso.documents import Span
from sayso.extraction.model import GRAPH, VECTOR_PARAMETERS, VECTORS
from sayso.extraction.shipped import ENGLISH, VOCABULARY
from sayso.extraction.wordpiece import WordPieces, split_words
from sayso.reading.sentences import sentences_in
from training.graph import Array
from training.resume import weights_of
from training.vector_graph import WORDS_LAYER, VectorGraph

RANK = 12
LAYERS = 6
LONGEST = 72
"""Pieces of a sentence that are trained on."""


class Corrected(nn.Module):  # type: ignore[misc]
    """A linear layer: fixed weights, plus a product of low rank that brings them near to others."""

    def __init__(self, base: nn.Linear, fixed: torch.Tensor) -> None:
        super().__init__()
        left, values, right = torch.linalg.svd(base.weight.data - fixed, full_matrices=False)
        root = values[:RANK].sqrt()
        self.register_buffer("fixed", fixed)
        self.A = nn.Parameter((right[:RANK] * root[:, None]).contiguous())
        self.B = nn.Parameter((left[:, :RANK] * root).contiguous())
        self.b = nn.Parameter(base.bias.data.clone())

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """The corrected product."""
        low = functional.linear(functional.linear(values, self.A), self.B)
        return functional.linear(values, self.fixed, self.b) + low


def corrected(base: Path, shipped: dict[str, torch.Tensor]) -> nn.Module:
    """The base with the shipped weights (by the base's names) in place of its own, ready to learn corrections."""
    model: Any = AutoModel.from_pretrained(str(base), add_pooling_layer=False).eval()
    for name, layer in list(model.named_modules()):
        if isinstance(layer, nn.Linear) and name.startswith("encoder.layer"):
            parent, child = name.rsplit(".", 1)
            setattr(model.get_submodule(parent), child, Corrected(layer, shipped[f"{name}.weight"]))
    embeddings = model.embeddings
    positions = shipped["embeddings.position_embeddings.weight"]
    embeddings.word_embeddings.weight.data = shipped["embeddings.word_embeddings.weight"]
    embeddings.position_embeddings.weight.data[: len(positions)] = positions
    embeddings.token_type_embeddings.weight.data.zero_()
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name.endswith((".A", ".B", ".b")) or "LayerNorm" in name)
    found: nn.Module = model
    return found


def sentences(shared: Path, *, most: int, seed: int) -> list[str]:
    """Sentences of PolNeAR's training half and of the transcripts: alone, two in a row, and cut as quotes are."""
    rows = [
        json.loads(line)["text"]
        for path in ("polnear/train", "transcripts/briefings", "transcripts/campaign-2016")
        for line in (shared / "corpora" / f"{path}.jsonl").read_text(encoding="utf-8").strip().split("\n")
    ]
    shuffle = random.Random(seed)
    found: dict[str, None] = {}
    for text in rows:
        for line in re.finditer(r"[^\n]*\S[^\n]*", text):
            parts = [each.of(text).strip() for each in sentences_in(text, Span(*line.span()))]
            parts = [each for each in parts if 3 <= len(each.split()) <= 70]
            while parts:
                part = parts.pop(0)
                words = part.split()
                chance = shuffle.random()
                if chance < 0.15 and parts:
                    part = f"{part} {parts.pop(0)}"
                elif chance < 0.27 and len(words) > 10:
                    start = shuffle.randrange(len(words) - 6)
                    part = " ".join(words[start : shuffle.randrange(start + 5, len(words) + 1)])
                found[part] = None
    return shuffle.sample(list(found), min(most, len(found)))


def ids_of(texts: Sequence[str], pieces: WordPieces) -> list[list[int]]:
    """The pieces of texts between the marks of both ends."""
    return [
        [
            pieces.first,
            *[each for word in split_words(text) for each in pieces.pieces(word.of(text))][: LONGEST - 2],
            pieces.last,
        ]
        for text in texts
    ]


def vectors_of(model: nn.Module, batch: Sequence[Sequence[int]]) -> torch.Tensor:
    """[texts, 384] the mean over the pieces of each text, at unit length."""
    longest = max(map(len, batch))
    ids = torch.tensor([[*each, *[0] * (longest - len(each))] for each in batch])
    mask = torch.tensor([[1] * len(each) + [0] * (longest - len(each)) for each in batch])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state.float()
    weight = mask[..., None].float()
    return functional.normalize((hidden * weight).sum(1) / weight.sum(1), dim=-1)


def batches(ids: Sequence[Sequence[int]], size: int, shuffle: random.Random) -> Iterator[list[int]]:
    """Numbers of texts of like length, in random order, without end."""
    while True:
        order = sorted(range(len(ids)), key=lambda number: len(ids[number]) + shuffle.random() * 8)
        groups = [order[at : at + size] for at in range(0, len(order) - size + 1, size)]
        shuffle.shuffle(groups)
        yield from groups


def train(model: nn.Module, base: nn.Module, ids: list[list[int]], *, steps: int, size: int, seed: int) -> None:
    """Learn the corrections: the base's vectors, and how alike they find the sentences of a batch."""
    learnt = [each for each in model.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=1e-3, weight_decay=0, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / 50) * max(0.02, 1 - step / steps)
    )
    began = time.time()
    for step, group in enumerate(batches(ids, size, random.Random(seed)), 1):
        batch = [ids[number] for number in group]
        with torch.no_grad():
            target = vectors_of(base, batch)
        found = vectors_of(model, batch)
        cosine = (found * target).sum(1).mean()
        loss = 10 * (1 - cosine) + 20 * ((found @ found.T - target @ target.T) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        schedule.step()
        if step % 25 == 0:
            print(f"{step}/{steps} cosine {cosine.item():.4f} {time.time() - began:.0f} s", flush=True)
        if step >= steps:
            return


def word_weights(ids: list[list[int]], pieces: WordPieces) -> Array:
    """[vocabulary] how much each piece says: log of how many sentences there are for one that has it; no mark says
    anything."""
    having = np.zeros(len(pieces.ids))
    for each in ids:
        having[list(set(each))] += 1
    weights = np.log((len(ids) + 1) / (having + 1))
    for piece, number in pieces.ids.items():
        if not any(char.isalnum() for char in piece) or piece.startswith("["):
            weights[number] = 0
    return np.asarray(weights, dtype=np.float32)


def centre_of(model: nn.Module, ids: list[list[int]]) -> Array:
    """[384] the mean vector of pieces after the layer at which words are compared."""
    total: npt.NDArray[np.float64] = np.zeros(384)
    count = 0
    with torch.inference_mode():
        for each in ids:
            states = model(input_ids=torch.tensor([each]), output_hidden_states=True).hidden_states[WORDS_LAYER]
            total += states[0, 1:-1].double().sum(0).numpy()
            count += len(each) - 2
    return np.asarray(total / count, dtype=np.float32)


def export(model: nn.Module, folder: Path, *, weights: Array, centre: Array) -> None:
    """Write the part of a graph and its SHA-256 into a model folder."""
    shipped = onnx.load(folder / GRAPH)
    learnt = {name: value.detach().float().numpy() for name, value in model.named_parameters() if value.requires_grad}
    built = VectorGraph(shipped.graph, learnt, layers=LAYERS, word_weights=weights, centre=centre)
    part = built.build().SerializeToString()
    (folder / VECTORS).write_bytes(part)
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (GRAPH, VECTORS)}
    tables = {"rows": built.shipped.rows, "scales": built.shipped.row_scales, "says": built.says}
    path = folder / VECTOR_PARAMETERS
    path.write_text(json.dumps({"sha256": digests, **tables}, indent=1) + "\n", encoding="utf-8")
    print(f"{folder / VECTORS}: {len(part) / 1e6:.2f} MB, {digests[VECTORS]}")


def main() -> None:
    """Command line of the training run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds corpora/")
    parser.add_argument("--base", type=Path, required=True, help="folder of the pretrained encoder")
    parser.add_argument("--folder", type=Path, default=ENGLISH)
    parser.add_argument("--sentences", type=int, default=60_000)
    parser.add_argument("--steps", type=int, default=700)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="corrections to start from, as --keep wrote them")
    parser.add_argument("--keep", type=Path, help="file to write the corrections to, in full precision")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    shipped = {
        name.removeprefix("encoder."): torch.from_numpy(np.array(value, dtype=np.float32))
        for name, value in weights_of(onnx.load(arguments.folder / GRAPH).graph).items()
        if name.startswith("encoder.")
    }
    model = corrected(arguments.base, shipped)
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start), strict=False)
    base: nn.Module = AutoModel.from_pretrained(str(arguments.base), add_pooling_layer=False).eval()
    pieces = WordPieces.from_file(arguments.folder / VOCABULARY)
    ids = ids_of(sentences(arguments.shared, most=arguments.sentences, seed=arguments.seed), pieces)
    if arguments.steps:
        train(model, base, ids, steps=arguments.steps, size=arguments.batch, seed=arguments.seed)
    if arguments.keep:
        torch.save({name: value for name, value in model.state_dict().items() if "fixed" not in name}, arguments.keep)
    export(model, arguments.folder, weights=word_weights(ids, pieces), centre=centre_of(model, ids[:500]))


if __name__ == "__main__":
    main()
