"""Archives of any size to measure with: articles without end, made of the project's own material.

Outlets, persons and bodies are invented, sentences are recombined from the project's own texts. What is said, who says
it, how one utterance is worded from outlet to outlet and which reports are copies is drawn by laws that real archives
follow, their figures after what `sayso read` finds in news: see `events` and `composing`. Seeded: the same seed gives
the same articles, and the first articles of a large archive are those of a small one.
"""

from benchmarks.archives.composing import Made, articles
from benchmarks.archives.words import Material

__all__ = ["Made", "Material", "articles"]
