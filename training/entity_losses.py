"""What the heads for mentions learn from: GUM's documents as batches of windows, and the losses over them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn import functional

from sayso.extraction import labels
from training.entities import EntityExample, Mentioned
from training.examples import IGNORED, Window
from training.model import AttributionModel


@dataclass(slots=True)
class EntityBatch:
    """One document's windows as a batch, with the places of its mentions in it."""

    windows: list[Window]
    places: list[tuple[int, int]]
    """For each mention, the window and the head's word in it, in text order."""
    mentions: list[Mentioned]


def entity_batch(example: EntityExample, windows: list[Window]) -> EntityBatch:
    """The windows (in text order) of one document, with the mentions whose heads lie in them."""
    places: list[tuple[int, int]] = []
    kept: list[Mentioned] = []
    for row, window in enumerate(windows):
        for each in example.mentions:
            if window.start <= each.head < window.end:
                places.append((row, each.head - window.start))
                kept.append(each)
    return EntityBatch(windows, places, kept)


def entity_losses(
    model: AttributionModel, batch: EntityBatch, scores: dict[str, torch.Tensor]
) -> dict[str, torch.Tensor]:
    """Losses of mention tags, of their words and of their links (marginal likelihood over all right antecedents, the
    new one where there is none; Lee et al. 2017)."""
    found: dict[str, torch.Tensor] = {}
    width = scores["mention"].shape[1]
    tags = torch.full((len(batch.windows), width), IGNORED)
    for row, window in enumerate(batch.windows):
        tags[row, : window.end - window.start] = 0
    for (row, word), each in zip(batch.places, batch.mentions, strict=True):
        tags[row, word] = each.kind
    found["mentions"] = functional.cross_entropy(scores["mention"].flatten(0, 1), tags.flatten(), ignore_index=IGNORED)
    if not batch.mentions:
        return found
    rows = torch.tensor([row for row, _ in batch.places])
    words = torch.tensor([word for _, word in batch.places])
    offsets = torch.arange(-labels.SPAN_REACH, labels.SPAN_REACH + 1)
    around = words[:, None] + offsets
    lengths = torch.tensor([window.end - window.start for window in batch.windows])[rows]
    inside = (around >= 0) & (around < lengths[:, None])
    vectors = scores["span_word"][rows[:, None], around.clamp(0, width - 1)]
    span_scores = model.spans(scores["span_head"][rows, words], vectors, offsets)
    firsts = torch.tensor([each.first - each.head for each in batch.mentions])
    lasts = torch.tensor([each.last - each.head for each in batch.mentions])
    target = ((offsets >= firsts[:, None]) & (offsets < lasts[:, None])).float()
    loss = functional.binary_cross_entropy_with_logits(span_scores, target, reduction="none")
    found["spans"] = (loss * inside).sum() / (4 * len(batch.mentions))
    links = model.links(scores["link_from"][rows, words], scores["link_to"][rows, words])
    entity = torch.tensor([each.entity for each in batch.mentions])
    same = (entity[:, None] == entity[None]).tril(-1)
    right = torch.cat([same, ~same.any(dim=1, keepdim=True)], dim=1)
    chances = links.log_softmax(dim=1)
    found["links"] = -chances.masked_fill(~right, -torch.inf).logsumexp(dim=1).mean()
    return found
