"""What the article marks inside a quote: words of its own in brackets, and ellipses where it leaves words out.

"[T]he" and "know[s]" are one word with a changed part; "[sic]" and the transcript's stage directions ("(laughter)") are
no words of the quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.checks.canonical import Tokens, tokens_of
from sayso.checks.words import Words, words_of
from sayso.documents import Span

_ELLIPSIS = re.compile(r"[\[(]\s*(?:\.\s*\.\s*\.|…)[\s.]*[\])]|\.\s?\.\s?\.(?:\s?\.)*|…|\*\s?\*\s?\*")
_BRACKET = re.compile(r"\[([^\[\]]*)\]|\(([^()]*)\)")
_NO_WORDS = re.compile(
    r"\s*(?:sic|(?:loud |more |long |inaudible )?(?:applause|laughter|laughs?|laughing|chuckles?|chuckling|cheers?|"
    r"cheering|boos?|booing|sighs?|pauses?|crosstalk|cross talk|inaudible|indiscernible|unintelligible|music|"
    r"off-?mic|coughs?|gavel))(?:[ ,;]+(?:and )?(?:applause|laughter|laughs?|cheers?|cheering|boos?))*[.!]?\s*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Quoted:
    """A quoted stretch, read."""

    tokens: Tokens
    inserted: frozenset[int]
    """Tokens in square brackets: words of the article."""
    aside: frozenset[int]
    """Tokens in round brackets: the speaker's, or the article's where the transcript lacks them."""
    patched: frozenset[int]
    """Tokens of which a part stands in square brackets."""
    breaks: frozenset[int]
    """Tokens before which an ellipsis stands; the number of tokens where it ends the stretch."""
    brackets: dict[int, Span]
    """The bracket, with its marks, that a token in brackets stands in."""


def has_ellipsis(text: str, span: Span) -> bool:
    """Whether a stretch leaves words out by its own account."""
    return _ELLIPSIS.search(text, *span) is not None


def read_quoted(text: str, span: Span, *, unsaid: Iterable[str] = ()) -> Quoted:
    """The words of one quoted stretch and its marks; `unsaid` are directions of the transcript, as their words."""
    ellipses = [found.span() for found in _ELLIPSIS.finditer(text, *span)]
    square: list[Span] = []
    round_: list[Span] = []
    dropped: list[Span] = []
    known = {each.strip() for each in unsaid}
    for found in _BRACKET.finditer(text, *span):
        whole = Span(*found.span())
        inside = found[1] if found[1] is not None else found[2]
        if _NO_WORDS.fullmatch(inside) or (known and " ".join(words_of(inside).forms) in known):
            dropped.append(whole)
        else:
            (square if found[1] is not None else round_).append(whole)
    words = words_of(text, [span], without=dropped)
    patched_words = _join_patched(words, square) if square else {}
    tokens = tokens_of(words, 0, len(words))
    inserted: set[int] = set()
    aside: set[int] = set()
    patched: set[int] = set()
    brackets: dict[int, Span] = {}
    if square or round_:
        for at in range(len(tokens)):
            start, end = tokens.start(at), tokens.end(at)
            if tokens.firsts[at] in patched_words:
                patched.add(at)
                outside = patched_words[tokens.firsts[at]]
                if outside:
                    tokens.also[at] = (*tokens.also.get(at, ()), outside)
                continue
            for group, spans in ((inserted, square), (aside, round_)):
                for each in spans:
                    if each.start <= start and end <= each.end:
                        group.add(at)
                        brackets[at] = each
    breaks = set()
    if ellipses:
        for start, _ in ellipses:
            breaks.add(next((at for at in range(len(tokens)) if tokens.start(at) >= start), len(tokens)))
    return Quoted(tokens, frozenset(inserted), frozenset(aside), frozenset(patched), frozenset(breaks), brackets)


def _join_patched(words: Words, square: list[Span]) -> dict[int, str]:
    """Joins words that a bracket parts ("[T]he"): the words that were joined, with what stands outside brackets."""
    text = words.text
    found: dict[int, str] = {}
    at = 0
    while at + 1 < len(words):
        gap = text[words.ends[at] : words.starts[at + 1]]
        if gap not in ("[", "]") or not (text[words.ends[at] - 1].isalpha() and text[words.starts[at + 1]].isalpha()):
            at += 1
            continue
        inside_first = any(each.start < words.starts[at] < each.end for each in square)
        outside = words.forms[at + 1] if inside_first else words.forms[at]
        words.forms[at : at + 2] = [words.forms[at] + words.forms[at + 1]]
        words.ends[at : at + 2] = [words.ends[at + 1]]
        del words.starts[at + 1]
        found[at] = "" if at in found else outside
        if text[words.ends[at] : words.ends[at] + 1] not in ("[", "]"):
            at += 1
    return found
