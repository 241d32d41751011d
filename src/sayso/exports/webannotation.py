"""W3C Web Annotation (JSON-LD, Recommendation of 2017): an annotation page an article, an annotation an attribution.

The first annotation of a page has the article's text as its body: by it the positions count, and the page is whole in
itself. Of the others the target is what is attributed, each piece of a divided content a target of its own. A body with
the purpose `identifying` has the words that name the source, one with `describing` those of the cue, both as a stretch
of the article; `linking` leads to the annotation that a nested one lies in. Text bodies name the speaker
(`identifying`), the classes (`tagging`, "quotation: direct") and, where it was checked, the verdict (`assessing`,
`commenting`).

Every stretch has both selectors, which stand for the same words: a TextQuoteSelector, by which it is found on the page
at the article's address, and a TextPositionSelector, in code points of the text that comes with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, unquote

from sayso import __version__
from sayso.documents import Article, Span
from sayso.errors import UnreadableSource
from sayso.exports.json import documents
from sayso.exports.tokens import attribution_of, parts_of
from sayso.records import Attribution
from sayso.verdicts import QuoteVerdict

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""Characters of prefix and suffix; as many as Hypothesis uses."""
_NAMES = "urn:sayso:"
_NOT_IRI = re.compile(r"[\s\x00-\x20\x7f-\x9f<>\"{}|\\^`\ud800-\udfff]")


def render(articles: Iterable[Article], *, many: bool = False) -> Iterator[str]:
    """One annotation page, or an array of them where `many` is set."""
    written = (json.dumps(page_of(article), ensure_ascii=False, indent=1) for article in articles)
    return documents(written, many=many)


def page_of(article: Article) -> dict[str, Any]:
    """The annotation page of an article, as plain data."""
    return {
        "@context": CONTEXT,
        "id": f"{_NAMES}page:{quote_id(article.id)}",
        "type": "AnnotationPage",
        "generator": {"id": f"{_NAMES}{__version__}", "type": "Software", "name": f"sayso {__version__}"},
        "items": [_text_annotation(article), *(_annotation(article, each) for each in article.attributions)],
    }


def quote_id(name: str) -> str:
    """A name as part of an IRI: all but letters, digits and `-._~` percent-encoded."""
    return quote(name, safe="", errors="surrogatepass")


def address_of(article: Article) -> str:
    """The IRI of an article: its URL, what no IRI may hold percent-encoded, or a name made of its id."""
    if article.url:
        return _NOT_IRI.sub(lambda found: quote(found[0], safe="", errors="surrogatepass"), article.url)
    return f"{_NAMES}article:{quote_id(article.id)}"


def _text_annotation(article: Article) -> dict[str, Any]:
    body = {
        "id": f"{_NAMES}text:{quote_id(article.id)}",
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "value": article.text,
    }
    if article.language:
        body["language"] = article.language
    return {
        "id": f"{_NAMES}annotation:{quote_id(article.id)}",
        "type": "Annotation",
        "motivation": "describing",
        "body": body,
        "target": address_of(article),
    }


def _annotation(article: Article, attribution: Attribution) -> dict[str, Any]:
    parts = parts_of(attribution)
    targets: list[Any] = [_stretch(article, span) for span in parts["content"]]
    bodies = [
        *({**_stretch(article, span), "purpose": "identifying"} for span in parts["source"]),
        *({**_stretch(article, span), "purpose": "describing"} for span in parts["cue"]),
        *_text_bodies(article, attribution),
    ]
    if attribution.inside is not None:
        outer = _annotation_id(article, attribution.inside)
        bodies.append({"type": "SpecificResource", "purpose": "linking", "source": outer})
    return {
        "id": _annotation_id(article, attribution.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": bodies,
        # An annotation has a target; of an attribution without content it is the article as a whole.
        "target": targets[0] if len(targets) == 1 else targets or address_of(article),
    }


def _annotation_id(article: Article, name: str) -> str:
    return f"{_NAMES}annotation:{quote_id(article.id)}:{quote_id(name)}"


def _stretch(article: Article, span: Span) -> dict[str, Any]:
    text = article.text
    return {
        "type": "SpecificResource",
        "source": address_of(article),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(span.start - _AROUND, 0) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def _text_bodies(article: Article, attribution: Attribution) -> Iterator[dict[str, Any]]:
    speaker = next((each for each in article.speakers if each.id == attribution.speaker), None)
    if speaker is not None:
        yield _words("identifying", speaker.name)
    tags = {
        "quotation": attribution.quotation,
        "act": attribution.act,
        "stance": attribution.stance.value,
        "polarity": attribution.polarity,
    }
    yield from (_words("tagging", f"{name}: {value}") for name, value in tags.items() if value)
    yield _words("assessing", f"confidence: {attribution.confidence:.3f}")
    for verdict in article.verdicts:
        if isinstance(verdict, QuoteVerdict) and verdict.attribution == attribution.id:
            yield _words("assessing", f"verdict: {verdict.value}" + (", in doubt" if verdict.doubt else ""))
            why = " ".join(part for part in (verdict.why, verdict.doubt) if part)
            if why:
                yield _words("commenting", why)


def _words(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def article_of(page: Any, *, name: str) -> Article:
    """The article of an annotation page that `page_of` made: its text, and its attributions by their positions.

    Raises UnreadableSource where the text is missing, or a position does not have the words that the quote says.
    """
    try:
        return _Page(page).article()
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration) as error:
        raise UnreadableSource(name, f"this is no annotation page of sayso: {error!r}") from error


class _Page:
    def __init__(self, page: dict[str, Any]) -> None:
        first, *self.items = page["items"]
        self.id = _own_id(first["body"]["id"])
        self.text: str = first["body"]["value"]
        self.language: str | None = first["body"].get("language")
        self.address: str = first["target"]

    def article(self) -> Article:
        url = None if self.address == f"{_NAMES}article:{quote_id(self.id)}" else self.address
        attributions = [self._attribution(each) for each in self.items]
        return Article(self.id, self.text, language=self.language, url=url, attributions=attributions)

    def _attribution(self, item: dict[str, Any]) -> Attribution:
        parts: dict[str, list[Span]] = {}
        tags: dict[str, str] = {}
        inside: str | None = None
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        parts["content"] = [self._span(each) for each in targets if isinstance(each, dict)]
        for body in item["body"]:
            if body["type"] == "TextualBody":
                tag, _, value = body["value"].partition(": ")
                # A speaker may well be called "confidence: 1".
                if body["purpose"] != "identifying":
                    tags.setdefault(tag, value)
            elif body["purpose"] == "linking":
                inside = _own_id(body["source"])
            else:
                role = {"identifying": "source", "describing": "cue"}[body["purpose"]]
                parts.setdefault(role, []).append(self._span(body))
        return attribution_of(
            _own_id(item["id"]),
            parts,
            quotation=tags["quotation"],
            inside=inside,
            confidence=float(tags["confidence"]),
        )

    def _span(self, stretch: dict[str, Any]) -> Span:
        selectors = {each["type"]: each for each in stretch["selector"]}
        span = Span(selectors["TextPositionSelector"]["start"], selectors["TextPositionSelector"]["end"])
        if span.of(self.text) != selectors["TextQuoteSelector"]["exact"]:
            raise ValueError(f"the text has other words at {span.start} to {span.end} than the quote")
        return span


def _own_id(iri: str) -> str:
    if not iri.startswith(_NAMES):
        raise ValueError(f"{iri} is no name of sayso's")
    return unquote(iri.rsplit(":", 1)[1], errors="surrogatepass")
