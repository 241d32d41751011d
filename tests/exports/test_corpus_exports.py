"""Annotations by people, of real articles, go through every format and come back the same."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from sayso.documents import Article, Span
from sayso.exports.interchange import INTERCHANGES
from sayso.records import Attribution
from tests.exports.written import form_of, joined, there_and_back
from training.corpora import read_polnear
from training.evaluate import SHARED

TRAIN = SHARED / "corpora" / "polnear" / "train.jsonl"


@pytest.mark.shared
@pytest.mark.skipif(not TRAIN.exists(), reason="PolNeAR lies beside the project and is not here")
@pytest.mark.parametrize("name", [each.name for each in INTERCHANGES.values() if each.readable])
def test_annotations_by_people_come_back(tmp_path: Path, name: str) -> None:
    several = []
    for gold in islice(read_polnear(TRAIN), 40):
        attributions = [
            Attribution(f"a{place}", _apart(each.source), _apart(each.cue), _apart(each.content))
            for place, each in enumerate(gold.attributions)
        ]
        several.append(Article(gold.id, gold.text, attributions=attributions))
    back = {each.text: each for each in there_and_back(several, name, tmp_path)}
    assert len(back) == len(several)
    for article in several:
        expected = form_of(article)
        assert form_of(back[article.text]) == (joined(expected, article.text) if name == "parc" else expected)


def _apart(spans: list[Span]) -> list[Span]:
    """In text order; annotators now and then marked words twice."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
