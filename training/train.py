"""Train the attribution reader: `python -m training.train --out CHECKPOINT` (see training/README.md).

Losses: cross-entropy of flat tags, of cues at any level, of roles seen from each gold cue, and of each cue's act and
stance as the lexicon has them, so that cues it lacks get a class as well; from GUM's documents, between the others, the
losses of mentions, their words and their links. The weights kept are an exponential moving average (Polyak and Juditsky
1992). Matrix products run in bfloat16 where the processor has them.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from sayso.extraction.wordpiece import WordPieces
from training.corpora import GoldText, add_silver, packed, read_own, read_polnear
from training.corrections import corrected_example, read_corrections
from training.entities import EntityExample, entity_example, read_gum
from training.entity_losses import EntityBatch, entity_batch, entity_losses
from training.examples import IGNORED, Example, Window, Windows
from training.layout import example_with_layout
from training.model import AttributionModel


def vocabulary_map(base: Path, pieces: WordPieces) -> torch.Tensor | None:
    """The base's own ids of our pieces, where its vocabulary is not ours."""
    listed = (base / "vocab.txt").read_text(encoding="utf-8").splitlines()
    if len(listed) == len(pieces.ids):
        return None
    theirs = {piece: number for number, piece in enumerate(listed)}
    renamed = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
    fallback = theirs["[UNK]"]
    mapped = [theirs.get(renamed.get(piece, piece), fallback) for piece in pieces.ids]
    return torch.tensor(mapped)


def padded(windows: list[Window], padding: int = 0) -> dict[str, torch.Tensor]:
    """The inputs of one batch of windows as tensors."""
    longest = max(len(window.pieces) for window in windows)
    words = max(window.end - window.start for window in windows)
    size = len(windows)
    pieces = torch.full((size, longest), padding)
    features = torch.zeros((size, longest), dtype=torch.long)
    mask = torch.zeros((size, longest), dtype=torch.long)
    firsts = torch.zeros((size, words), dtype=torch.long)
    for row, window in enumerate(windows):
        length, count = len(window.pieces), window.end - window.start
        pieces[row, :length] = torch.from_numpy(window.pieces)
        features[row, :length] = torch.from_numpy(window.features)
        mask[row, :length] = 1
        firsts[row, :count] = torch.from_numpy(window.firsts)
    return {"pieces": pieces, "features": features, "mask": mask, "firsts": firsts}


def collate(windows: list[Window], padding: int = 0) -> dict[str, torch.Tensor]:
    """One batch of windows as padded tensors, with the cues whose roles are trained."""
    inputs = padded(windows, padding)
    size, words = inputs["firsts"].shape
    tags = torch.full((size, words), IGNORED)
    cue_tags = torch.full((size, words), IGNORED)
    batch: list[int] = []
    cues: list[int] = []
    roles: list[torch.Tensor] = []
    classes: list[tuple[int, int]] = []
    for row, window in enumerate(windows):
        example, start, end = window.example, window.start, window.end
        if example is None:
            continue
        count = end - start
        tags[row, :count] = torch.from_numpy(example.tags[start:end])
        cue_tags[row, :count] = torch.from_numpy(example.cue_tags[start:end])
        for number in np.flatnonzero((example.cues >= start) & (example.cues < end)):
            batch.append(row)
            cues.append(int(example.cues[number]) - start)
            classes.append(example.classes[number])
            target = torch.full((words,), IGNORED)
            target[:count] = torch.from_numpy(example.roles[number, start:end])
            roles.append(target)
    return {
        **inputs, "tags": tags, "cue_tags": cue_tags, "classes": torch.tensor(classes, dtype=torch.long).view(-1, 2),
        "batch": torch.tensor(batch, dtype=torch.long), "cues": torch.tensor(cues, dtype=torch.long),
        "roles": torch.stack(roles) if roles else torch.zeros((0, words), dtype=torch.long),
    }  # fmt: skip


def batches(windows: list[Window], size: int, shuffle: random.Random) -> Iterator[dict[str, torch.Tensor]]:
    """Batches of windows of like length, in random order."""
    ordered = sorted(windows, key=lambda window: len(window.pieces) + shuffle.random() * 20)
    groups = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    shuffle.shuffle(groups)
    for group in groups:
        yield collate(group)


ROLE_WEIGHT = 1.0
CUE_WEIGHT = 0.5
CLASS_WEIGHT = 0.1
MENTION_WEIGHTS = {"mentions": 1.0, "spans": 0.3, "links": 0.3}


def scores_of(model: AttributionModel, inputs: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The network's scores of one batch in float32, computed in bfloat16."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(inputs["pieces"], inputs["features"], inputs["mask"], inputs["firsts"])
    return {name: value.float() for name, value in scores.items()}


def losses(model: AttributionModel, batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The weighted losses of one batch."""
    scores = scores_of(model, batch)
    found = {
        "tags": functional.cross_entropy(scores["tags"].flatten(0, 1), batch["tags"].flatten(), ignore_index=IGNORED),
        "cues": CUE_WEIGHT * functional.cross_entropy(
            scores["cue_tags"].flatten(0, 1), batch["cue_tags"].flatten(), ignore_index=IGNORED
        ),
    }  # fmt: skip
    if len(batch["cues"]):
        role_scores = model.roles(scores, batch["batch"], batch["cues"])
        total = functional.cross_entropy(
            role_scores.flatten(0, 1), batch["roles"].flatten(), ignore_index=IGNORED, reduction="sum"
        )
        # a cue's source and content are some 25 words: per cue, weighed like that many tags
        found["roles"] = ROLE_WEIGHT * total / (25 * len(batch["cues"]))
        known = batch["classes"][:, 0] != IGNORED
        if known.any():
            rows, words, classes = batch["batch"][known], batch["cues"][known], batch["classes"][known]
            found["classes"] = CLASS_WEIGHT * (
                functional.cross_entropy(scores["act"][rows, words], classes[:, 0])
                + functional.cross_entropy(scores["stance"][rows, words], classes[:, 1])
            )
    return found


def losses_of_entities(model: AttributionModel, batch: EntityBatch) -> dict[str, torch.Tensor]:
    """The weighted losses of one of GUM's documents."""
    found = entity_losses(model, batch, scores_of(model, padded(batch.windows)))
    return {name: MENTION_WEIGHTS[name] * value for name, value in found.items()}


def entity_batches(
    examples: list[EntityExample], windows: Windows, most: int, shuffle: random.Random
) -> Iterator[EntityBatch]:
    """One document a batch (of a long one, some windows in a row), in random order, without end."""
    while examples:
        for example in shuffle.sample(examples, len(examples)):
            stretches = windows.stretches(example.tokens, change=True)
            first = shuffle.randrange(max(1, len(stretches) - most + 1))
            cut = [
                windows.window(None, example.tokens, start, end, change=True)
                for start, end in stretches[first : first + most]
            ]
            if cut:
                yield entity_batch(example, cut)


class Average:
    """An exponential moving average of a model's weights, with a warm-up."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.decay = decay
        self.steps = 0
        self.weights = {name: value.detach().clone() for name, value in model.state_dict().items()}

    def update(self, model: nn.Module) -> None:
        """Take in the model's present weights."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for name, value in model.state_dict().items():
            if value.dtype.is_floating_point:
                self.weights[name].lerp_(value.detach(), 1 - decay)


def optimizer_of(model: AttributionModel, rate: float, head_rate: float) -> torch.optim.Optimizer:
    """AdamW; heads learn faster than the pretrained encoder, biases and norms do not decay."""
    groups: dict[tuple[bool, bool], list[Any]] = {}
    for name, parameter in model.named_parameters():
        if "word_embeddings" in name:
            parameter.requires_grad_(False)
        if parameter.requires_grad:
            groups.setdefault((name.startswith("encoder"), parameter.dim() > 1), []).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": members, "lr": rate if pretrained else head_rate, "weight_decay": 0.01 if matrix else 0.0}
            for (pretrained, matrix), members in groups.items()
        ],
        fused=True,
    )


def start_from(model: AttributionModel, path: Path) -> None:
    """Put a checkpoint's weights into a model; what an older one lacks (heads that came later) stays as it is."""
    known = model.state_dict()
    for name, value in torch.load(path).items():
        # packaged weights hold as many positions as windows need
        known[name][: len(value)] = value
    model.load_state_dict(known)


def texts_of(arguments: argparse.Namespace) -> list[GoldText]:
    """All training texts: PolNeAR's training split, and our own as often as asked for."""
    texts = list(read_polnear(arguments.shared / "corpora" / "polnear" / "train.jsonl"))
    if arguments.silver:
        add_silver(texts, arguments.silver)
    own = list(read_own(Path(__file__).parent / "texts"))
    for copy in range(arguments.own):
        texts += packed(own, characters=1000, shuffle=random.Random(arguments.seed + copy))
    return texts


def main() -> None:
    """Command line of the training run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds corpora/")
    parser.add_argument("--base", type=Path, required=True, help="folder of the pretrained encoder")
    parser.add_argument("--vocabulary", type=Path, default=Path("src/sayso/models/en/vocabulary.txt"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--epochs", type=float, default=10)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--size", type=int, default=288, help="pieces per window")
    parser.add_argument("--own", type=int, default=1, help="times our own texts are shown per epoch")
    parser.add_argument("--entities", type=float, default=0.4, help="documents of GUM for each batch of attributions")
    parser.add_argument("--silver", type=Path, help="nested attributions from training.silver")
    parser.add_argument(
        "--corrections",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="what people set right, from sayso archive corrections --export; as often as there are files",
    )
    parser.add_argument("--corrected", type=int, default=1, help="times corrections are shown per epoch")
    parser.add_argument("--hidden", type=float, default=0.05, help="share of pieces behind [MASK]")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--decay", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    shuffle = random.Random(arguments.seed)
    pieces = WordPieces.from_file(arguments.vocabulary)
    examples: list[Example] = [example_with_layout(text, pieces) for text in texts_of(arguments)]
    corrected = [corrected_example(text, pieces) for path in arguments.corrections for text in read_corrections(path)]
    examples += corrected * arguments.corrected
    windows = Windows(pieces, size=arguments.size, seed=arguments.seed, hidden=arguments.hidden)
    model = AttributionModel(
        arguments.base, vocabulary_map=vocabulary_map(arguments.base, pieces), dropout=arguments.dropout
    )
    if arguments.start:
        start_from(model, arguments.start)
    documents = [
        entity_example(text, pieces)
        for text in read_gum(arguments.shared / "corpora" / "gum" / "other.jsonl")
        if text.split == "train"
    ]
    entities = entity_batches(documents, windows, arguments.batch // 2, shuffle)
    due = 0.0
    per_epoch = math.ceil(len(windows.cut(examples)) / arguments.batch)
    steps = int(per_epoch * arguments.epochs)
    optimizer = optimizer_of(model, arguments.rate, arguments.head_rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, 1 - step / steps)
    )
    average = Average(model, arguments.decay)
    print(f"{len(examples)} texts, {per_epoch} batches an epoch, {steps} steps", flush=True)
    began, step = time.time(), 0
    sums: dict[str, list[float]] = {}
    model.train()
    while step < steps:
        for batch in batches(windows.cut(examples), arguments.batch, shuffle):
            found = losses(model, batch)
            optimizer.zero_grad(set_to_none=True)
            torch.stack(list(found.values())).sum().backward()
            due += arguments.entities
            while due >= 1:
                due -= 1
                more = losses_of_entities(model, next(entities))
                torch.stack(list(more.values())).sum().backward()
                found |= more
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update(model)
            step += 1
            for name, value in found.items():
                sums.setdefault(name, []).append(float(value.detach()))
            if step % 50 == 0:
                shown = " ".join(f"{name} {np.mean(values):.3f}" for name, values in sums.items())
                print(f"{step}/{steps} {shown} {time.time() - began:.0f} s", flush=True)
                sums = {}
            if step >= steps:
                break
        torch.save(average.weights, arguments.out)
    torch.save(average.weights, arguments.out)


if __name__ == "__main__":
    main()
