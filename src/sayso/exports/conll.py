r"""CoNLL columns: one token a line, an empty line after each sentence, comments with `#` (as in CoNLL-U).

    # newdoc id = 3f2a9c
    # characters = 412
    # columns = ID FORM START END PART ATTRIBUTION MISC
    # attribution = {"id": "a1", "quotation": "indirect", "inside": null, "confidence": 0.97, "speaker": "Mara Quill"}

    # text = The bridge, Mara Quill said, must close.
    1  The  84  87  B-CONTENT  a1  _

`PART` is `B-`, `I-`, `E-` or `S-` (begins, goes on, ends, single) with `SOURCE`, `CUE` or `CONTENT`, or `O`;
`ATTRIBUTION` says of which. What overlaps goes into a further pair of columns, so that nested attributions stand to the
right of the one that they lie in; every document has as many pairs as it needs, and says so in `# columns`. `START` and
`END` are code points of the text. `MISC` has what stands behind a token where it is not one space, in the terms of
CoNLL-U: `SpaceAfter=No`, `SpacesAfter=\n`. So the text comes back to the character: the forms and what stands between.
Control characters, spaces in a form, and backslashes are written with a backslash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.documents import Article, Span
from sayso.errors import UnreadableSource
from sayso.exports.tokens import ROLES, attribution_of, parts_of, sentences_of
from sayso.records import Attribution, depths_of

_FIRST = ("ID", "FORM", "START", "END")
_LAST = "MISC"
_NEW = "# newdoc id = "
_WRONG = (ValueError, KeyError, IndexError, TypeError)
_ESCAPED = re.compile(r"[\\\s\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_KEPT = re.compile(r"[\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SHORT = {" ": "s", "\n": "n", "\r": "r", "\t": "t", "\\": "\\"}
_LONG = {short: char for char, short in _SHORT.items()}
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|(.))")

Label = tuple[str, str]
"""Part with its prefix, and id of the attribution."""


def render(articles: Iterable[Article]) -> Iterator[str]:
    """The articles one after another, each in one piece."""
    for article in articles:
        yield "".join(f"{line}\n" for line in _lines(article))


def _lines(article: Article) -> Iterator[str]:
    text = article.text
    sentences = sentences_of(article)
    layers = _layers(article, [token for sentence in sentences for token in sentence])
    pairs = [name for number in range(len(layers)) for name in _pair(number)]
    yield f"{_NEW}{escaped(article.id, spaces=False)}"
    # By this a file that was cut off at the end of a line is known.
    yield f"# characters = {len(text)}"
    for name, value in _facts(article):
        yield f"# {name} = {escaped(value, spaces=False)}"
    yield f"# columns = {' '.join([*_FIRST, *pairs, _LAST])}"
    people = {each.id: each.name for each in article.speakers}
    for each in article.attributions:
        yield f"# attribution = {json.dumps(_key(each, people))}"
    if not sentences and text:
        yield f"# blank = {escaped(text)}"
    number = 0
    for index, sentence in enumerate(sentences):
        end = sentences[index + 1][0].start if index + 1 < len(sentences) else len(text)
        yield ""
        yield f"# text = {escaped(text[sentence[0].start : sentence[-1].end], spaces=False)}"
        if not index and sentence[0].start:
            yield f"# before = {escaped(text[: sentence[0].start])}"
        for place, token in enumerate(sentence, 1):
            following = sentence[place].start if place < len(sentence) else end
            labels = [name for layer in layers for name in layer.get(number, ("O", "_"))]
            row = [str(place), escaped(token.of(text)), str(token.start), str(token.end), *labels]
            yield "\t".join([*row, _after(text[token.end : following])])
            number += 1
    yield ""


def _pair(number: int) -> tuple[str, str]:
    return ("PART", "ATTRIBUTION") if not number else (f"PART-{number + 1}", f"ATTRIBUTION-{number + 1}")


def _facts(article: Article) -> Iterator[tuple[str, str]]:
    if article.headline is not None:
        yield "headline", article.headline.of(article.text)
    published = article.published.isoformat() if article.published else None
    for name, value in (("outlet", article.outlet), ("published", published), ("url", article.url)):
        if value:
            yield name, value


def _key(attribution: Attribution, people: dict[str, str]) -> dict[str, Any]:
    return {
        "id": attribution.id,
        "quotation": attribution.quotation,
        "inside": attribution.inside,
        "confidence": round(attribution.confidence, 3),
        "speaker": people.get(attribution.speaker or ""),
    }


def _layers(article: Article, tokens: list[Span]) -> list[dict[int, Label]]:
    """For each pair of columns, the labels by number of the token; outer attributions come first."""
    starts = {token.start: number for number, token in enumerate(tokens)}
    ends = {token.end: number for number, token in enumerate(tokens)}
    layers: list[dict[int, Label]] = [{}]
    depths = depths_of(article.attributions)
    for attribution in sorted(article.attributions, key=lambda each: depths[each.id]):
        name = escaped(attribution.id)
        for role, spans in parts_of(attribution).items():
            labels: dict[int, Label] = {}
            for span in spans:
                first, last = starts[span.start], ends[span.end]
                for number in range(first, last + 1):
                    labels[number] = (f"{_prefix(number, first, last)}-{role.upper()}", name)
            free = (layer for layer in layers if not labels.keys() & layer.keys())
            layer = next(free, None)
            if layer is None:
                layers.append(layer := {})
            layer.update(labels)
    return layers


def _prefix(number: int, first: int, last: int) -> str:
    if first == last:
        return "S"
    return "B" if number == first else "E" if number == last else "I"


def _after(gap: str) -> str:
    return "_" if gap == " " else f"SpacesAfter={escaped(gap)}" if gap else "SpaceAfter=No"


def escaped(text: str, *, spaces: bool = True) -> str:
    r"""The text on one line without control characters, and, if `spaces`, without any kind of space.

    >>> print(escaped("one\ttwo three"))
    one\ttwo\sthree
    """

    def escape(found: re.Match[str]) -> str:
        char = found[0]
        return f"\\{_SHORT[char]}" if char in _SHORT else f"\\u{ord(char):04x}"

    return (_ESCAPED if spaces else _KEPT).sub(escape, text)


def unescaped(text: str) -> str:
    """The text that `escaped` was given. Raises ValueError for an escape that it does not write."""

    def char(found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1], 16))
        if found[2] not in _LONG:
            raise ValueError(f"no such escape: {found[0]}")
        return _LONG[found[2]]

    return _ESCAPE.sub(char, text)


def read(lines: Iterable[str], *, name: str) -> Iterator[Article]:
    """The articles of the lines, each as soon as its last line is read; lines end with a newline only.

    Raises UnreadableSource, with the number of the line, for what this format does not have.
    """
    document: _Document | None = None
    for number, ended in enumerate(lines, 1):
        line = ended.rstrip("\n").rstrip("\r")
        done: Article | None = None
        try:
            if line.startswith(_NEW):
                done = document.article() if document is not None else None
                document = _Document(unescaped(line.removeprefix(_NEW)))
            elif document is not None:
                document.take(line)
            elif line:
                raise ValueError(f"no {_NEW.strip()} before it")
        except _WRONG as error:
            reason = f"line {number} is none of sayso's CoNLL columns ({error}): {line[:80]!r}"
            raise UnreadableSource(name, reason) from error
        if done is not None:
            yield done
    if document is not None:
        try:
            done = document.article()
        except _WRONG as error:
            raise UnreadableSource(name, f"the file is cut off: {error}") from error
        yield done


class _Document:
    def __init__(self, name: str) -> None:
        self.name = name
        self.text: list[str] = []
        self.length = 0
        self.expected: int | None = None
        self.layers = 0
        self.keys: list[dict[str, Any]] = []
        self.parts: dict[str, dict[str, list[Span]]] = {}

    def take(self, line: str) -> None:
        if not line.startswith("#"):
            if line:
                self._token(line.split("\t"))
            return
        name, _, value = line.removeprefix("# ").partition(" = ")
        if name == "columns":
            self.layers = (len(value.split(" ")) - len(_FIRST) - 1) // 2
        elif name == "characters":
            self.expected = int(value)
        elif name == "attribution":
            self.keys.append(json.loads(value))
        elif name in ("blank", "before"):
            self._add(unescaped(value))

    def _token(self, cells: list[str]) -> None:
        if len(cells) != len(_FIRST) + 2 * self.layers + 1:
            raise ValueError(f"{len(cells)} columns")
        form, span = unescaped(cells[1]), Span(int(cells[2]), int(cells[3]))
        if span != (self.length, self.length + len(form)):
            raise ValueError(f"token at {span.start}, expected at {self.length}")
        for layer in range(self.layers):
            label, owner = cells[len(_FIRST) + 2 * layer : len(_FIRST) + 2 * layer + 2]
            if label != "O":
                prefix, role = label.split("-", 1)
                self._label(prefix, role, unescaped(owner), span)
        self._add(form)
        misc = cells[-1]
        if misc != "SpaceAfter=No":
            self._add(" " if misc == "_" else unescaped(misc.removeprefix("SpacesAfter=")))

    def _label(self, prefix: str, role: str, owner: str, span: Span) -> None:
        spans = self.parts.setdefault(owner, {each: [] for each in ROLES})[role.lower()]
        if prefix in "BS":
            spans.append(span)
        else:
            spans[-1] = Span(spans[-1].start, span.end)

    def _add(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def article(self) -> Article:
        if self.expected not in (None, self.length):
            raise ValueError(f"{self.length} of {self.expected} characters of document {self.name!r}")
        attributions = [
            attribution_of(
                key["id"],
                self.parts.get(key["id"], {}),
                quotation=key["quotation"],
                inside=key["inside"],
                confidence=float(key["confidence"]),
            )
            for key in self.keys
        ]
        return Article(self.name, "".join(self.text), attributions=attributions)
