"""The network to train: a pretrained encoder with heads for tags, cues at any level, roles from a cue, mentions."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoModel

from sayso.extraction import labels
from sayso.extraction.tokens import FEATURES


class SlicedDropout(nn.Module):  # type: ignore[misc]
    """Dropout (Srivastava et al. 2014) whose masks are slices, at random offsets, of one long random mask.

    Drawing fresh numbers for every call took a quarter of the forward pass on a CPU.
    """

    def __init__(self, chance: float, *, length: int = 1 << 24) -> None:
        super().__init__()
        mask = (torch.rand(length) >= chance).to(torch.bfloat16) / (1 - chance)
        self.register_buffer("mask", mask, persistent=False)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """Some values zeroed, the others scaled up to keep the mean, while training; else as they were."""
        mask: torch.Tensor = self.mask
        if not self.training or values.numel() >= len(mask):
            return values
        offset = int(torch.randint(len(mask) - values.numel(), ()))
        return values * mask[offset : offset + values.numel()].view_as(values).to(values.dtype)


class AttributionModel(nn.Module):  # type: ignore[misc]
    """Scores of an attribution reader over one batch of windows.

    `base` is a folder with a BERT or MPNet checkpoint; `vocabulary_map` [BERT ids] gives the base's id of each of our
    pieces where its vocabulary is another.
    """

    def __init__(self, base: Path | str, *, vocabulary_map: torch.Tensor | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder: Any = AutoModel.from_pretrained(
            # without dropout on the attention, which would cost the fast kernel: half of a training step
            str(base),
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
        )
        self.dropout = SlicedDropout(dropout)
        for module in list(self.encoder.modules()):
            for name, child in list(module.named_children()):
                if isinstance(child, nn.Dropout) and child.p > 0:
                    setattr(module, name, self.dropout)
        width = self.encoder.config.hidden_size
        self.features = nn.Embedding(FEATURES, width)
        nn.init.zeros_(self.features.weight)
        for name, size in labels.HEADS.items():
            setattr(self, name, nn.Linear(width, size))
        self.distance = nn.Embedding(len(labels.DISTANCES) + 1, len(labels.ROLE_TAGS))
        nn.init.zeros_(self.distance.weight)
        self.register_buffer("bounds", torch.tensor(labels.DISTANCES), persistent=False)
        self.span_distance = nn.Embedding(len(labels.SPAN_DISTANCES) + 1, 1)
        self.link_distance = nn.Embedding(len(labels.LINK_DISTANCES) + 1, 1)
        nn.init.zeros_(self.span_distance.weight)
        nn.init.zeros_(self.link_distance.weight)
        self.vocabulary_map = vocabulary_map

    def forward(
        self, pieces: torch.Tensor, features: torch.Tensor, mask: torch.Tensor, firsts: torch.Tensor
    ) -> dict[str, torch.Tensor]:
        """For each head of `labels.HEADS` its scores [batch, words, width], where from_cue and to_word, vectors whose
        product scores roles, are [batch, words, 5, 64]. `firsts` [batch, words] are the words' first pieces."""
        if self.vocabulary_map is not None:
            pieces = self.vocabulary_map[pieces]
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.features(features)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        words = hidden.gather(1, firsts[..., None].expand(-1, -1, hidden.shape[-1]))
        words = self.dropout(words)
        shape = (*words.shape[:2], len(labels.ROLE_TAGS), labels.PAIR_WIDTH)
        scores: dict[str, torch.Tensor] = {name: getattr(self, name)(words) for name in labels.HEADS}
        for name in ("from_cue", "to_word"):
            scores[name] = scores[name].view(shape)
        return scores

    def roles(self, scores: dict[str, torch.Tensor], batch: torch.Tensor, cues: torch.Tensor) -> torch.Tensor:
        """Role scores [cues, words, 5] of cues given by their place in the batch and their first word."""
        from_cue = scores["from_cue"][batch, cues]
        to_word = scores["to_word"]
        # by window, so that no [cues, words, 5, 64] copy is ever made
        out = torch.zeros(len(cues), to_word.shape[1], len(labels.ROLE_TAGS), dtype=torch.float32)
        for number in batch.unique().tolist():
            chosen = batch == number
            out[chosen] = torch.einsum("crd,wrd->cwr", from_cue[chosen], to_word[number]).float() / math.sqrt(
                labels.PAIR_WIDTH
            )
        words = torch.arange(to_word.shape[1])
        distance = torch.bucketize(words[None] - cues[:, None], self.bounds, right=True)
        return out + self.distance(distance)

    def spans(self, heads: torch.Tensor, words: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
        """Scores [mentions, words] of words belonging to the mention of a head, from the vectors of the heads
        [mentions, 64], of the words about each [mentions, words, 64] and their distance from it [words]."""
        bounds = torch.tensor(labels.SPAN_DISTANCES)
        near = self.span_distance(torch.bucketize(offsets, bounds, right=True)).squeeze(-1)
        return torch.einsum("md,mwd->mw", heads, words) / math.sqrt(labels.PAIR_WIDTH) + near

    def links(self, link_from: torch.Tensor, link_to: torch.Tensor) -> torch.Tensor:
        """Scores [mentions, mentions + 1] of each mention going back to an earlier one (minus infinity for itself and
        later ones); the last column, 0, is for one that is new."""
        count = len(link_from)
        back = torch.arange(count)[:, None] - torch.arange(count)[None]
        bounds = torch.tensor(labels.LINK_DISTANCES)
        far = self.link_distance(torch.bucketize(back.clamp(min=0), bounds, right=True)).squeeze(-1)
        scores = link_from @ link_to.T / math.sqrt(labels.PAIR_WIDTH) + far
        scores = scores.masked_fill(back <= 0, -torch.inf)
        return torch.cat([scores, torch.zeros(count, 1)], dim=1)
