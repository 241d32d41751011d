"""The spaCy component `"sayso"`: who said what as layers on a `Doc`, for people whose pipelines are spaCy's.

    nlp = spacy.blank("en")
    nlp.add_pipe("sayso")
    doc = nlp("The bridge is unsafe, Mara Quill said.")
    doc._.sayso, doc._.sayso_speakers, doc.spans["sayso_sources"]

It needs no tagger, parser or vectors, only tokens. spaCy finds it by its entry point once sayso is installed;
`pip install 'sayso[spacy]'` brings spaCy along.
"""

from __future__ import annotations

import contextlib
from typing import Any, Optional

import srsly
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from sayso.documents import Article
from sayso.errors import EmptySource
from sayso.pipeline import read_text
from sayso.plain import article_from_plain, to_plain
from sayso.records import Attribution, Speaker

GROUPS = {"sayso_sources": "source", "sayso_cues": "cue", "sayso_contents": "content"}
"""The span groups by name, with the part of an attribution that each holds."""

_KEY = "__sayso_article__"


class SaysoComponent:
    """Reads each `Doc` as one article.

    Sets `doc._.sayso` (an `Article`, None for a text without a letter), `doc._.sayso_speakers` (its speakers) and the
    span groups of GROUPS. A part of an attribution in several pieces is several spans; each has the part's name as its
    `label_`, the attribution's id as its `id_` and, in `kb_id_`, the id of the speaker where he is known. Spans end
    where tokens do: one that ends inside a token covers the whole of it.
    """

    def __init__(self, *, date: str | None = None, outlet: str | None = None, any_language: bool = True) -> None:
        self.date = date
        self.outlet = outlet
        self.any_language = any_language

    def __call__(self, doc: Doc) -> Doc:
        article: Article | None = None
        with contextlib.suppress(EmptySource):
            article = read_text(doc.text, date=self.date, outlet=self.outlet, any_language=self.any_language)
        doc._.sayso = article
        for name, part in GROUPS.items():
            spans = _spans(doc, article, part) if article is not None else []
            doc.spans[name] = SpanGroup(doc, name=name, spans=spans)
        return doc


def _spans(doc: Doc, article: Article, part: str) -> list[Any]:
    found = []
    for attribution in article.attributions:
        for span in getattr(attribution, part):
            # The article's text is the document's but for carriage returns, which tokens count.
            place = article.source_span(span)
            if place is not None:
                found.append(_aligned(doc, place.start, place.end, part, attribution))
    return [span for span in found if span is not None]


def _aligned(doc: Doc, start: int, end: int, part: str, attribution: Attribution) -> Any:
    return doc.char_span(
        start,
        end,
        label=part,
        kb_id=attribution.speaker or "",
        span_id=attribution.id,
        alignment_mode="expand",
    )


def _speakers(doc: Doc) -> list[Speaker]:
    return [] if doc._.sayso is None else list(doc._.sayso.speakers)


if not Doc.has_extension("sayso"):
    Doc.set_extension("sayso", default=None)
    Doc.set_extension("sayso_speakers", getter=_speakers)


@Language.factory(
    "sayso",
    assigns=["doc._.sayso", "doc._.sayso_speakers", "doc.spans"],
    default_config={"date": None, "outlet": None, "any_language": True},
)
def make_component(
    nlp: Language,
    name: str,
    date: Optional[str],  # noqa: UP045, spaCy's config validation reads these
    outlet: Optional[str],  # noqa: UP045
    any_language: bool,
) -> SaysoComponent:
    """The component for `nlp.add_pipe("sayso", config={"date": ..., "outlet": ..., "any_language": ...})`.

    The settings are those of `sayso.read_text`. A text that looks like another language is read all the same: whoever
    builds a pipeline has chosen its language already.
    """
    return SaysoComponent(date=date, outlet=outlet, any_language=any_language)


def _encode(value: Any, chain: Any = None) -> Any:
    # spaCy stores a Doc, and sends it from process to process, as MessagePack, which knows no articles.
    if isinstance(value, Article):
        return {_KEY: to_plain(value)}
    return value if chain is None else chain(value)


def _decode(value: Any, chain: Any = None) -> Any:
    if isinstance(value, dict) and _KEY in value:
        return article_from_plain(value[_KEY])
    return value if chain is None else chain(value)


srsly.msgpack_encoders.register("sayso", func=_encode)
srsly.msgpack_decoders.register("sayso", func=_decode)
