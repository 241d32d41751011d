"""schema.org in JSON-LD: the article, who speaks in it, what they say as Claim, their direct quotes as Quotation.

Each object has its own IRI and stands once in the `@graph`; the others refer to it. A statement is a `Claim` whose
`appearance` is the article; what its speaker denies, asks or means to do is no claim of his, and there the text is the
article's, "X denies ...". Wholly quoted words are a `Quotation`, part of the article, `spokenByCharacter` whom the
article names ("the character, person or organization to whom the quotation is attributed within the containing work"),
with the transcript as `citation` where the check found the words in it.

A `ClaimReview` stands only where a check has a verdict without a doubt, and its claim is the article's: that so-and-so
said these words. Whether what they say is true is nothing that a check of quotes knows. The rating is the verdict as a
word with its reason; a number would say more than there is. Its author is a program, and is called one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sayso import __version__
from sayso.documents import Article, Span
from sayso.exports.json import documents
from sayso.exports.outline import words
from sayso.exports.webannotation import address_of, quote_id
from sayso.reading.quotes import without_marks
from sayso.records import Attribution, Speaker, Statement
from sayso.verdicts import SOUND, QuoteVerdict

CONTEXT = "https://schema.org"
_TYPES = {
    "person": "Person",
    "anonymous": "Person",
    "organisation": "Organization",
    "government": "GovernmentOrganization",
    "document": "CreativeWork",
}
"""Groups ("residents"), places and things have no type of their own that would be true of all of them."""


def render(articles: Iterable[Article], *, many: bool = False) -> Iterator[str]:
    """One JSON-LD document, or an array of them where `many` is set."""
    written = (json.dumps(graph_of(article), ensure_ascii=False, indent=1) for article in articles)
    return documents(written, many=many)


def graph_of(article: Article) -> dict[str, Any]:
    """The JSON-LD document of an article, as plain data."""
    return {"@context": CONTEXT, "@graph": list(_Graph(article).nodes())}


class _Graph:
    def __init__(self, article: Article) -> None:
        self.article = article
        self.speakers = {each.id: each for each in article.speakers}
        self.attributions = {each.id: each for each in article.attributions}
        self.verdicts: dict[str, list[QuoteVerdict]] = {}
        for verdict in article.verdicts:
            if isinstance(verdict, QuoteVerdict) and verdict.attribution in self.attributions:
                self.verdicts.setdefault(verdict.attribution or "", []).append(verdict)

    def nodes(self) -> Iterator[dict[str, Any]]:
        yield self._article()
        yield from (_filled(self._speaker(each)) for each in self.article.speakers)
        yield from (_filled(self._claim(each)) for each in self.article.statements)
        for each in self.article.attributions:
            if self._is_quoted(each.id):
                yield _filled(self._quotation(each))
        sure = [each for verdicts in self.verdicts.values() for each in verdicts if _is_sure(each)]
        cited = {name for each in self.article.attributions for name in self._cited(each)}
        cited |= {passage.transcript for each in sure for passage in each.passages}
        for transcript in self.article.transcripts:
            if transcript.id in cited:
                name = transcript.title or (transcript.source.name if transcript.source else None)
                date = transcript.date.isoformat() if transcript.date else None
                node = {"@type": "CreativeWork", "@id": _transcript_name(transcript.id), "name": name}
                yield _filled({**node, "url": transcript.url, "dateCreated": date, "genre": "transcript"})
        yield from (_filled(self._review(each, self.attributions[each.attribution or ""])) for each in sure)

    def _article(self) -> dict[str, Any]:
        article = self.article
        publisher = {"@type": "Organization", "name": article.outlet} if article.outlet else None
        agency = article.dateline.agency if article.dateline else None
        return _filled(
            {
                "@type": "NewsArticle",
                "@id": address_of(article),
                "headline": self._words(article.headline),
                "alternativeHeadline": self._words(article.standfirst),
                "dateline": self._words(article.dateline.span) if article.dateline else None,
                "datePublished": article.published.isoformat() if article.published else None,
                "inLanguage": article.language,
                "url": article.url,
                "publisher": publisher,
                "sourceOrganization": {"@type": "Organization", "name": agency} if agency else None,
            }
        )

    def _speaker(self, speaker: Speaker) -> dict[str, Any]:
        node: dict[str, Any] = {"@type": _TYPES.get(speaker.kind, "Thing"), "@id": self._name("speaker", speaker.id)}
        if speaker.stands_for:
            # "Kyiv" in the article's words; what speaks is a government.
            return {**node, "name": speaker.stands_for, "alternateName": speaker.name}
        titles = speaker.titles[0] if len(speaker.titles) == 1 else list(speaker.titles)
        return {**node, "name": speaker.name, "jobTitle" if speaker.kind == "person" else "description": titles}

    def _claim(self, statement: Statement) -> dict[str, Any]:
        quoted = [name for name in statement.attributions if self._is_quoted(name)]
        appearance = [_ref(address_of(self.article)), *(_ref(self._name("quotation", name)) for name in quoted)]
        return {
            "@type": "Claim",
            "@id": self._name("claim", statement.id),
            "text": self._claimed(statement),
            "creator": self._ref_to(statement.speaker),
            "appearance": appearance[0] if len(appearance) == 1 else appearance,
        }

    def _claimed(self, statement: Statement) -> str:
        """What the speaker claims: of a denial, a question or a plan it is the article's words, its verb included."""
        first = next((self.attributions[name] for name in statement.attributions if name in self.attributions), None)
        if first is None or (first.polarity in (None, "affirms") and first.act != "control"):
            return statement.text
        return " ".join(words(first.spans(), self.article.text).split())

    def _quotation(self, attribution: Attribution) -> dict[str, Any]:
        cited = [_ref(_transcript_name(name)) for name in self._cited(attribution)]
        return {
            "@type": "Quotation",
            "@id": self._name("quotation", attribution.id),
            "text": " … ".join(_bare(self.article.text, span) for span in attribution.content),
            "inLanguage": self.article.language,
            "spokenByCharacter": self._ref_to(attribution.speaker),
            "isPartOf": _ref(address_of(self.article)),
            "citation": cited[0] if len(cited) == 1 else cited,
        }

    def _review(self, verdict: QuoteVerdict, attribution: Attribution) -> dict[str, Any]:
        speaker = self.speakers.get(attribution.speaker or "")
        source = words(attribution.source, self.article.text)
        who = speaker.name if speaker else source or "Somebody"
        quoted = " … ".join(_bare(self.article.text, span) for span in verdict.spans)
        claim = {
            "@type": "Claim",
            "text": f"{who} said: “{quoted}”",
            "author": {"@type": "Organization", "name": self.article.outlet} if self.article.outlet else None,
            "appearance": _ref(address_of(self.article)),
        }
        return {
            "@type": "ClaimReview",
            "@id": self._name("review", verdict.id),
            "claimReviewed": claim["text"],
            "itemReviewed": _filled(claim),
            "reviewRating": {"@type": "Rating", "alternateName": verdict.value, "ratingExplanation": verdict.why},
            "reviewAspect": "Whether these words were said, by a transcript; not whether they are true",
            "author": {"@type": "SoftwareApplication", "name": "sayso", "softwareVersion": __version__},
            "citation": [_ref(_transcript_name(name)) for name in _transcripts_of([verdict])],
        }

    def _cited(self, attribution: Attribution) -> list[str]:
        """The transcripts that have the words, where they have all of them."""
        verdicts = self.verdicts.get(attribution.id, [])
        return _transcripts_of(verdicts) if all(_is_found(each) for each in verdicts) else []

    def _is_quoted(self, name: str) -> bool:
        """Whether these are words of the speaker's own, in quotation marks.

        What somebody reports inside of his quoted words stands in marks too, but they are his.
        """
        each = self.attributions.get(name)
        if each is None or each.quotation != "direct" or not each.content:
            return False
        outer = self.attributions.get(each.inside or "")
        return outer is None or outer.quotation == "indirect"

    def _ref_to(self, speaker: str | None) -> dict[str, str] | None:
        return _ref(self._name("speaker", speaker)) if speaker in self.speakers and speaker else None

    def _name(self, kind: str, name: str) -> str:
        return f"urn:sayso:{kind}:{quote_id(self.article.id)}:{quote_id(name)}"

    def _words(self, span: Span | None) -> str | None:
        return None if span is None else " ".join(span.of(self.article.text).split())


def _transcript_name(name: str) -> str:
    """One for all articles that cite it: a transcript's id is the same for the same text."""
    return f"urn:sayso:transcript:{quote_id(name)}"


def _transcripts_of(verdicts: Iterable[QuoteVerdict]) -> list[str]:
    return list(dict.fromkeys(passage.transcript for each in verdicts for passage in each.passages))


def _is_found(verdict: QuoteVerdict) -> bool:
    return verdict.value in SOUND and verdict.doubt is None and not verdict.indirect


def _bare(text: str, span: Span) -> str:
    """Quoted words without marks, and without the comma before "he said", which is the article's."""
    return without_marks(text, span).of(text).rstrip(",")


def _is_sure(verdict: QuoteVerdict) -> bool:
    return verdict.doubt is None and not verdict.indirect and verdict.value != "unchecked"


def _ref(name: str) -> dict[str, str]:
    return {"@id": name}


def _filled(node: dict[str, Any]) -> dict[str, Any]:
    """The node without what is not known: JSON-LD has no null."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}
