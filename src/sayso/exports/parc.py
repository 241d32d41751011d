"""PARC 3 XML: the layout of the Penn Attribution Relation Corpus 3.0 (Pareti 2016), one file an article.

    <root>
     <SENTENCE gorn="0">
      <S gorn="0">
       <WORD ByteCount="0,3" gorn="0,0" lemma="" pos="" sentenceWord="0" text="The" word="0">
        <attribution id="3f2a9c_sayso_Attribution_a1"><attributionRole roleValue="content"/></attribution>
       </WORD>

Elements and attributes are those that the published readers ask for: the PARC3Reader of CogComp's cogcomp-nlp and the
PARCHandler of QSample (both Java), and the parc3 package of E. Newell (Python), which wants a constituent between
SENTENCE and WORD, and a `gorn` address at each word. We have no parse: that constituent is always one flat `S`, and
`lemma` and `pos` are empty. As in PARC, the id of a nested attribution has "Nested" in it, by which readers leave those
out, and the
words that tell when and where are a `supplement`. `inside`, which PARC does not have and readers pass over, names the
attribution that a nested one lies in.

`ByteCount` is a stretch of the raw text in bytes, end exclusive; the raw text is the `.txt` beside it, in UTF-8, as the
Treebank has its raw files. Characters that XML cannot hold are U+FFFD in `text`, and themselves in the raw text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from io import BytesIO
from itertools import accumulate
from typing import Any
from xml.sax.saxutils import quoteattr

from sayso.documents import Article, Span
from sayso.errors import UnreadableSource
from sayso.exports.conll import escaped, unescaped
from sayso.exports.landing import safe_name
from sayso.exports.tokens import ROLES, attribution_of, parts_of, sentences_of
from sayso.records import Attribution

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HALF = re.compile(r"[\ud800-\udfff]")
_KINDS = ("_sayso_Attribution_", "_sayso_Nested_")
_OWN_ID = re.compile(r".*?_sayso_(?:Attribution|Nested)_(.+)", re.DOTALL)
"""By the capital it is the end of the article's name, which has none; ids of the corpus stay whole."""


def shown(text: str) -> str:
    """The text as the raw file has it: half surrogates, which UTF-8 cannot hold, are U+FFFD."""
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def files_of(article: Article) -> Iterator[tuple[str, str]]:
    """The two files of an article: suffix and text of each."""
    yield ".txt", shown(article.text)
    yield ".xml", "".join(f"{line}\n" for line in _lines(article))


def _lines(article: Article) -> Iterator[str]:
    offsets = _byte_offsets(article.text)
    sentences = sentences_of(article)
    roles = _roles(article, [token for sentence in sentences for token in sentence])
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<root>"
    number = 0
    for place, sentence in enumerate(sentences):
        yield f' <SENTENCE gorn="{place}">'
        yield f'  <S gorn="{place}">'
        for index, token in enumerate(sentence):
            start, end = offsets[token.start], offsets[token.end]
            word = (
                f'   <WORD ByteCount="{start},{end}" gorn="{place},{index}" lemma="" pos="" sentenceWord="{index}"'
                f' text={_quoted(token.of(article.text))} word="{number}"'
            )
            named = "".join(
                f"<attribution {name}>{''.join(each)}</attribution>" for name, each in roles[number].items()
            )
            yield f"{word}>{named}</WORD>" if named else f"{word}/>"
            number += 1
        yield "  </S>"
        yield " </SENTENCE>"
    yield "</root>"


def _roles(article: Article, tokens: list[Span]) -> list[dict[str, list[str]]]:
    """For every token the XML of the names of the attributions that it is part of, with that of its roles."""
    starts = [token.start for token in tokens]
    known = {each.id for each in article.attributions}
    roles: list[dict[str, list[str]]] = [{} for _ in tokens]
    for each in article.attributions:
        name = f"id={_quoted(_name(article, each))}"
        if each.inside in known:
            name += f" inside={_quoted(escaped(each.inside or ''))}"
        for role, spans in [*parts_of(each).items(), ("supplement", each.occasion.words)]:
            for number in (number for span in spans for number in range(*(bisect_left(starts, at) for at in span))):
                roles[number].setdefault(name, []).append(f'<attributionRole roleValue="{role}"/>')
    return roles


def _name(article: Article, attribution: Attribution) -> str:
    return f"{safe_name(article.id)}{_KINDS[attribution.inside is not None]}{escaped(attribution.id)}"


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def _byte_offsets(text: str) -> list[int]:
    """For every character, and the end, the byte of the raw text at which it begins."""
    if text.isascii():
        return list(range(len(text) + 1))
    return list(accumulate((len(char.encode("utf-8", "surrogatepass")) for char in text), initial=0))


def read(xml: bytes, raw: str | None, *, name: str) -> Article:
    """The article of a PARC file and its raw text; `name` is the id it gets.

    Without a raw text, as the corpus comes, the words make the text: at their offsets, blanks in between, a new line
    for each sentence.

    Raises UnreadableSource for what is not this XML, or has words where the raw text has none.
    """
    try:
        reader = _Reader(raw)
        reader.take(xml)
        return Article(name, reader.text(), attributions=reader.attributions())
    except (ValueError, KeyError, TypeError, SyntaxError) as error:
        # lxml's XMLSyntaxError is a SyntaxError.
        raise UnreadableSource(f"{name}.xml", f"this is no PARC 3 XML: {error}") from error


class _Reader:
    def __init__(self, raw: str | None) -> None:
        self.raw = raw
        self.at = {} if raw is None else {offset: place for place, offset in enumerate(_byte_offsets(raw))}
        self.built: list[str] = []
        self.length = 0
        self.last_byte = 0
        self.words = 0
        self.parts: dict[str, dict[str, list[tuple[int, Span]]]] = {}
        self.outer: dict[str, str] = {}

    def take(self, xml: bytes) -> None:
        from lxml import etree

        # No entity is resolved and nothing is loaded: the file may come from anywhere.
        events = etree.iterparse(
            BytesIO(xml), events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True
        )
        begins = False
        for event, element in events:
            if event == "start":
                begins = begins or element.tag == "SENTENCE"
            elif element.tag == "WORD":
                self._word(element, self._place(element, begins=begins))
                begins = False
                element.clear()

    def _place(self, element: Any, *, begins: bool) -> Span:
        start, end = (int(each) for each in element.attrib["ByteCount"].split(",")[:2])
        if self.raw is not None:
            if start not in self.at or end not in self.at or start >= end:
                raise ValueError(f"no word of the raw text is at ByteCount {start},{end}")
            return Span(self.at[start], self.at[end])
        gap = max(start - self.last_byte, 0)
        self.last_byte = end
        blanks = " " * (gap - 1) + "\n" if begins and self.built and gap else " " * min(gap, 1_000)
        text = element.attrib["text"]
        self.built += [blanks, text]
        self.length += len(blanks) + len(text)
        return Span(self.length - len(text), self.length)

    def _word(self, element: Any, span: Span) -> None:
        for attribution in element.iter("attribution"):
            name = attribution.attrib["id"]
            parts = self.parts.setdefault(name, {})
            if inside := attribution.get("inside"):
                self.outer[name] = unescaped(inside)
            for role in attribution.iter("attributionRole"):
                parts.setdefault(role.attrib["roleValue"], []).append((self.words, span))
        self.words += 1

    def text(self) -> str:
        return "".join(self.built) if self.raw is None else self.raw

    def attributions(self) -> list[Attribution]:
        return [
            attribution_of(
                _own_id(name),
                {role: _joined(words) for role, words in parts.items() if role in ROLES},
                inside=self.outer.get(name),
            )
            for name, parts in self.parts.items()
            if parts.keys() & set(ROLES)
        ]


def _own_id(name: str) -> str:
    found = _OWN_ID.fullmatch(name)
    return unescaped(found[1]) if found else name


def _joined(words: list[tuple[int, Span]]) -> list[Span]:
    """Stretches of words that follow one upon another."""
    spans: list[Span] = []
    last = -2
    for number, span in words:
        if number == last + 1:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
        last = number
    return spans
