"""The network to train: a pretrained encoder with heads for tags, cues at any level, and roles seen from a cue."""

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
        self.tags = nn.Linear(width, len(labels.TAGS))
        self.cue_tags = nn.Linear(width, len(labels.CUE_TAGS))
        pair = len(labels.ROLE_TAGS) * labels.PAIR_WIDTH
        self.from_cue = nn.Linear(width, pair)
        self.to_word = nn.Linear(width, pair)
        self.distance = nn.Embedding(len(labels.DISTANCES) + 1, len(labels.ROLE_TAGS))
        nn.init.zeros_(self.distance.weight)
        self.register_buffer("bounds", torch.tensor(labels.DISTANCES), persistent=False)
        self.vocabulary_map = vocabulary_map

    def forward(
        self, pieces: torch.Tensor, features: torch.Tensor, mask: torch.Tensor, firsts: torch.Tensor
    ) -> dict[str, torch.Tensor]:
        """Per word: `tags` [batch, words, 13], `cue_tags` [batch, words, 3], and the vectors `from_cue`, `to_word`
        [batch, words, 5, 64] whose product scores roles. `firsts` [batch, words] are the words' first pieces."""
        if self.vocabulary_map is not None:
            pieces = self.vocabulary_map[pieces]
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.features(features)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        words = hidden.gather(1, firsts[..., None].expand(-1, -1, hidden.shape[-1]))
        words = self.dropout(words)
        shape = (*words.shape[:2], len(labels.ROLE_TAGS), labels.PAIR_WIDTH)
        return {
            "tags": self.tags(words),
            "cue_tags": self.cue_tags(words),
            "from_cue": self.from_cue(words).view(shape),
            "to_word": self.to_word(words).view(shape),
        }

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
