"""Nested attributions for a corpus that has none: `python -m training.silver --out FILE`.

PolNeAR annotates one layer. Read by itself, a content ("that Rome believes the deal is dead") is a text whose
outermost attributions are the nested ones of the article, so the packaged model, which knows the flat layer well,
annotates the contents of the training half one by one. What it is sure of becomes training data for the nested layer
(`training.train --silver FILE`), what it doubts is passed over, and what a speaker says of himself is not nested.
The output holds offsets only.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from sayso.documents import Span
from sayso.extraction import assemble
from sayso.extraction.decoding import decode
from sayso.extraction.model import Model, read_model
from sayso.extraction.shipped import ENGLISH
from sayso.extraction.tokens import tokenize
from training.corpora import GoldText, read_polnear

FIRST_PERSON = re.compile(r"(?i)(I|we|me|us|my|our)\b")
SURE = 0.6
DOUBT = 0.25
_MARKS = " \t\n\"“”'‘’"


def annotate(text: GoldText, model: Model) -> list[dict[str, Any]]:
    """The nested attributions of one article; `outer` is the index of the one whose content holds it."""
    found: list[dict[str, Any]] = []
    for outer, attribution in enumerate(text.attributions):
        for content in attribution.content:
            inner = content.of(text.text)
            shift = content.start + len(inner) - len(inner.lstrip(_MARKS))
            inner = inner.strip(_MARKS)
            if len(inner.split()) < 4:
                continue
            tokens = tokenize(inner, blocks=[Span(0, len(inner))], quoted=[], pieces=model.pieces)
            decoded = decode(model.scores(tokens), model.thresholds, nested=False)
            confidences = [model.calibration.confidence(each) for each in decoded]
            for each in assemble(decoded, tokens, text=inner, quoted=[], confidences=confidences):
                if each.confidence < DOUBT or (each.source and FIRST_PERSON.match(each.source[0].of(inner))):
                    continue
                record = {
                    role: [[a + shift, b + shift] for a, b in getattr(each, role)]
                    for role in ("source", "cue", "content")
                }
                found.append({**record, "outer": outer, "sure": each.confidence >= SURE})
    return found


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--folder", type=Path, default=ENGLISH)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    model = read_model(arguments.folder)
    sure = total = 0
    with arguments.out.open("w", encoding="utf-8") as out:
        for text in read_polnear(arguments.shared / "corpora" / "polnear" / "train.jsonl"):
            nested = annotate(text, model)
            sure, total = sure + sum(each["sure"] for each in nested), total + len(nested)
            out.write(json.dumps({"id": text.id, "nested": nested}) + "\n")
    print(f"{sure} nested attributions, and {total - sure} doubted")


if __name__ == "__main__":
    main()
