"""Articles that no editor would pass, to be written and read back: any characters, any spans, any nesting."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import strategies as st

from sayso.documents import Article, Span
from sayso.exports.interchange import INTERCHANGES, export
from sayso.exports.restoring import read
from sayso.extraction.wordpiece import UNSEEN, split_words
from sayso.records import Attribution

WORDS = [
    *(
        "Quill",
        "said",
        "“We",
        "never”",
        '"no"',
        "O",
        "_",
        "#",
        "B-CUE",
        "T1",
        "\\n",
        "\\",
        "=",
        "a;b",
        "<b>&amp;",
        "]]>",
    ),
    *(
        "don’t",
        "Zoe\u0308",
        "\u0301",
        "na\u00adive",
        "zero\u200bwidth",
        "😀",
        "👩\u200d🚀",
        "𝔘𝔫𝔦",
        "日本語",
        "٣",
        "\ud800",
    ),
    *("\x01", "\x1b[31m", "\x7f", "\ufffe", "\u202eabc"),
]
GAPS = [
    *("", " ", "\n", "\n\n", "\r\n", "\r", "\t", "  ", "\u00a0", "\u2028", "\x0b", "\x0c", "\x1c", "\x85"),
    *(". ", ", ", ".\n", "\u200b"),
]
IDS = ["a1", "a2", "a 3", "a\t4", "é:5%", "_Nested_6", "x_Attribution_7", '"8"', "confidence: 9", "a\n10"]
_SEEN = re.compile(rf"[^\s{UNSEEN}]")


@st.composite
def texts(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=20))
    return "".join(word + gap for word, gap in pieces)


@st.composite
def articles(draw: st.DrawFn, *, wild: bool = False) -> Article:
    """An article; its spans begin and end with something that can be seen, or, if `wild`, anywhere."""
    text = draw(texts())
    edges = [place for place, char in enumerate(text) if wild or _SEEN.match(char)]
    attributions: list[Attribution] = []
    for name in draw(st.lists(st.sampled_from(IDS), unique=True, max_size=5)):
        outer = draw(st.sampled_from([None, *(each.id for each in attributions)]))
        parts = [_spans(draw, edges) for _ in range(3)]
        kind = draw(st.sampled_from(["direct", "indirect", "mixed"]))
        attributions.append(Attribution(name, *parts, quotation=kind, inside=outer, confidence=0.5))  # type: ignore[arg-type]
    name = draw(st.sampled_from(["3f2a9c", "../../up", "a b\tc", "ünï", "con", "\ud83d"]))
    paragraphs = [Span(*found.span()) for found in re.finditer(r"[^\n]+", text)] if draw(st.booleans()) else []
    return Article(name, text, paragraphs=paragraphs, attributions=attributions)


def _spans(draw: st.DrawFn, edges: list[int]) -> list[Span]:
    if not edges:
        return []
    chosen = sorted(draw(st.lists(st.sampled_from(edges), unique=True, max_size=6)))
    pairs = zip(chosen[::2], chosen[1::2], strict=False)
    return [Span(start, end + 1) for start, end in pairs]


Form = dict[str, tuple[object, ...]]


def form_of(article: Article) -> Form:
    """What must come back: the spans of each attribution, by its id."""
    return {each.id: (each.source, each.cue, each.content) for each in article.attributions}


def joined(form: Form, text: str) -> Form:
    """The same with no two spans of a part that have no word, nor a piece of one, between them: PARC cannot tell
    them apart."""

    words = list(split_words(text))

    def join(spans: list[Span]) -> list[Span]:
        found: list[Span] = []
        for span in spans:
            if found and not any(max(word.start, found[-1].end) < min(word.end, span.start) for word in words):
                found[-1] = Span(found[-1].start, span.end)
            else:
                found.append(span)
        return found

    return {name: tuple(join(spans) for spans in parts) for name, parts in form.items()}  # type: ignore[arg-type]


def worded(form: Form) -> Form:
    """Those with any word: what is written at words has no place for the others."""
    return {name: parts for name, parts in form.items() if any(parts)}


def there_and_back(articles: list[Article], name: str, folder: Path, *, many: bool = True) -> list[Article]:
    target = folder / f"out{'' if INTERCHANGES[name].folder else INTERCHANGES[name].suffixes[0]}"
    assert export(articles, name, target, many=many) == len(articles)
    return list(read(target, name))
