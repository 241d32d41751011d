"""Training sees the texts of a corpus as reading gives them, with their annotations on the same words."""

from __future__ import annotations

import pytest

from sayso.documents import Span
from sayso.extraction.shipped import ENGLISH, VOCABULARY
from sayso.extraction.wordpiece import WordPieces
from training.corpora import GoldAttribution, GoldText
from training.layout import as_read, example_with_layout

PIECES = WordPieces.from_file(ENGLISH / VOCABULARY)


def at(text: str, words: str) -> list[Span]:
    start = text.index(words)
    return [Span(start, start + len(words))]


@pytest.mark.parametrize(
    "written, content",
    [
        pytest.param("The mill will close, the mayor said.", "The mill will close", id="as-it-is"),
        pytest.param("The\xa0mill will close, the mayor said.", "The mill will close", id="no-break-space"),
        pytest.param("The mi\xadll will\u200b close, the mayor said.", "The mill will close", id="what-nobody-sees"),
        pytest.param("The cafe\u0301 will close, the mayor said.", "The caf\xe9 will close", id="an-accent-apart"),
    ],
)
def test_annotations_stay_on_their_words(written: str, content: str) -> None:
    given = written.partition(",")[0]
    said = GoldAttribution(at(written, "the mayor"), at(written, "said"), at(written, given), inside=None)
    text = GoldText("t", written, [said], doubted=at(written, "close"))
    article, seen = as_read(text)
    (found,) = seen.attributions
    assert seen.text == article.text
    spans = {"source": found.source, "cue": found.cue, "content": found.content, "doubted": seen.doubted}
    assert {name: [each.of(seen.text) for each in some] for name, some in spans.items()} == {
        "source": ["the mayor"],
        "cue": ["said"],
        "content": [content],
        "doubted": ["close"],
    }
    example = example_with_layout(text, PIECES)
    words = [word.of(seen.text) for word in example.tokens.words]
    assert [words[cue] for cue in example.cues] == ["said"]
