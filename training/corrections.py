"""What people set right in an archive, as texts to train on: `sayso archive corrections --export FILE` writes them.

Where all of an article was confirmed, what is not marked is nothing, as in the other corpora. Of other articles only
what somebody corrected or confirmed is learnt: the loss passes over every other word.

    python -m training.corrections FILE...     what is in them, counted
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sayso.documents import Article, Section, Span
from sayso.extraction import labels
from sayso.extraction.wordpiece import WordPieces
from training.corpora import ROLES, GoldAttribution, GoldText
from training.examples import IGNORED, Example, word_range
from training.layout import example_on

FORM = "1"


@dataclass(slots=True)
class CorrectedText(GoldText):
    """A corrected article. `attributions` are those whose spans somebody vouches for, each with a cue."""

    complete: bool = False
    flat: list[bool] = field(default_factory=list)
    """By attribution, whether it lies in no other's content."""
    classes: list[tuple[str, str] | None] = field(default_factory=list)
    """By attribution, the act and stance that somebody vouches for."""
    no_cues: list[Span] = field(default_factory=list)
    """Words that were read as cues, and are none."""
    no_cue: list[Span] = field(default_factory=list)
    """The spans of attributions that no cue marks: nothing is learnt there."""
    article: Article = field(default_factory=lambda: Article("", ""))
    """With the layout that it was read with."""


def read_corrections(path: Path) -> Iterator[CorrectedText]:
    """The articles of a file, or of all `.jsonl` files of a folder.

    Raises ValueError, with the line, for another form.
    """
    for each in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        with each.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                record = json.loads(line)
                if record.get("sayso_corrections") != FORM:
                    raise ValueError(f"{each}:{number}: no correction of form {FORM}; export it anew")
                yield _text_of(record)


def _text_of(record: dict[str, Any]) -> CorrectedText:
    vouched = [each for each in record["attributions"] if "spans" in each["known"]]
    kept = [each for each in vouched if each["cue"] and each["content"]]
    number_of = {id(each): number for number, each in enumerate(record["attributions"])}
    at = {number_of[id(each)]: place for place, each in enumerate(kept)}
    text = CorrectedText(record["id"], record["text"], nested=True, complete=record["complete"])
    for each in kept:
        inside = None if each["inside"] is None else at.get(each["inside"])
        source, cue, content = (_spans(each[role]) for role in ROLES)
        text.attributions.append(GoldAttribution(source, cue, content, inside))
        text.flat.append(not each["nested"])
        sure = {"act", "stance"} <= set(each["known"]) and each["act"] is not None
        text.classes.append((each["act"], each["stance"]["value"]) if sure else None)
    text.no_cues = [span for each in record["removed"] for span in _spans(each["cue"])]
    text.no_cue = [span for each in vouched if not each["cue"] for role in ROLES for span in _spans(each[role])]
    text.article = Article(
        text.id,
        text.text,
        headline=_span(record["headline"]),
        standfirst=_span(record["standfirst"]),
        byline=_span(record["byline"]),
        sections=[Section(Span(*each), Span(each[1], each[1])) for each in record["headings"]],
        paragraphs=_spans(record["paragraphs"]),
    )
    return text


def _spans(some: Iterable[list[int]]) -> list[Span]:
    return [Span(*each) for each in some]


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def corrected_example(text: CorrectedText, pieces: WordPieces) -> Example:
    """A corrected article as an example, in the layout that it was read with; what nobody vouches for is IGNORED."""
    example = example_on(text.article, text, pieces)
    for number, told in enumerate(text.classes):
        if told is not None:
            example.classes[number] = labels.ACTS.index(told[0]), labels.STANCES.index(told[1])
    _pass_over(example, text)
    return example


def _pass_over(example: Example, text: CorrectedText) -> None:
    starts = np.array([word.start for word in example.tokens.words])
    ends = np.array([word.end for word in example.tokens.words])

    def words(spans: Iterable[Span]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        found = np.zeros(len(starts), dtype=bool)
        for span in spans:
            first, last = word_range(example.tokens, span, starts, ends)
            found[first:last] = True
        return found

    unmarked = words(text.no_cue)
    if text.complete:
        example.tags[unmarked] = IGNORED
        example.cue_tags[unmarked] = IGNORED
        return
    outer = [each for each, flat in zip(text.attributions, text.flat, strict=True) if flat]
    tags = words(span for each in outer for part in (each.source, each.cue, each.content) for span in part)
    cues = words(span for each in text.attributions for span in (*each.source, *each.cue)) | words(text.no_cues)
    example.tags[~tags | unmarked] = IGNORED
    # A cue within a content may be one that nobody looked at.
    example.cue_tags[~cues | unmarked] = IGNORED


def main() -> None:
    """Command line: what files of corrections hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", type=Path, nargs="+")
    texts = [text for path in parser.parse_args().files for text in read_corrections(path)]
    print(f"{len(texts)} articles, {sum(each.complete for each in texts)} of them confirmed as a whole")
    print(f"{sum(len(each.attributions) for each in texts)} attributions, "
          f"{sum(one is not None for each in texts for one in each.classes)} with act and stance")  # fmt: skip
    print(f"{sum(len(each.no_cues) for each in texts)} words or phrases that are no cues")


if __name__ == "__main__":
    main()
