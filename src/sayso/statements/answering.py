"""The verbs and nouns by which one statement takes up another, over relation_verbs.tsv."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from sayso.documents import Article, Span
from sayso.statements.nouns import opening_pattern
from sayso.statements.wording import stem, words_of
from sayso.wordlists import entries_of

VERBS = Path(__file__).with_name("relation_verbs.tsv")
_NOT = re.compile(r"n['’]t\b")
_LINK = re.compile(r"\s+(?:to\s+comment\s+on|to|on|about|over|whether|if|by|at|with)\b", re.IGNORECASE)


def says(cue: str, label: str) -> bool:
    """Whether a cue in small letters has a verb of a class of relation_verbs.tsv, in any of its forms.

    >>> says("hit back", "responds"), says("has backed", "supports"), says("said", "supports")
    (True, True, False)
    """
    return bool(_verbs(label).search(_NOT.sub(" not", cue)))


def is_claim(cue: str) -> bool:
    """Whether a cue is a noun for what somebody said: "claims", "the accusation"."""
    words = words_of(cue, [Span(0, len(cue))])
    return any(word in _claims() for word in words[-2:] if word == words[-1] or words[-1] in ("of", "about"))


@cache
def _claims() -> frozenset[str]:
    nouns = entries_of(VERBS, "claim")
    return frozenset(form for noun in nouns for form in (noun, noun + "s", noun.removesuffix("y") + "ies"))


@cache
def _verbs(label: str) -> re.Pattern[str]:
    forms = []
    for entry in entries_of(VERBS, label):
        first, _, rest = entry.partition(" ")
        base = re.escape(first.removesuffix("e").removesuffix("y") if len(first) > 4 else first)
        if label == "withholds" and first in ("not", "no", "did", "has", "had", "have", "would", "will", "could"):
            forms.append(re.escape(entry).replace(r"\ ", r"\s+(?:\w+\s+)?"))
            continue
        ending = r"(?:e|ed|es|ing|s|d|y|ied|ies|ying|ly|ting|ted)?"
        forms.append(base + ending + (r"\s+" + re.escape(rest).replace(r"\ ", r"\s+") if rest else ""))
    return re.compile(rf"\b(?:{'|'.join(forms)})\b")


@cache
def verdicts() -> re.Pattern[str]:
    """Matches what a claim is called by one who does not believe it."""
    entries = "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in entries_of(VERBS, "verdict"))
    return re.compile(rf"\b(?:{entries})\b", re.IGNORECASE)


@cache
def class_stems(label: str) -> frozenset[str]:
    """The stems of the entries of a class, nouns and verbs alike: "accusation" and "accused" have one."""
    return frozenset(stem(entry) for entry in entries_of(VERBS, label))


def cue_stems(cue: str) -> frozenset[str]:
    """The stems of the words of a cue."""
    return frozenset(stem(word) for word in words_of(cue, [Span(0, len(cue))]))


def name_stems(name: str) -> frozenset[str]:
    """The stems of a speaker's name, as they stand in contents that speak of him."""
    return frozenset(stem(word) for word in words_of(name, [Span(0, len(name))]) if len(word) > 2 and word != "the")


def own_titles(article: Article) -> dict[str, list[frozenset[str]]]:
    """The stems of the titles that one speaker alone has: of two ministers, "the minister" tells neither."""
    titles = {each.id: [name_stems(title) for title in each.titles] for each in article.speakers}
    shared = Counter(
        one for each in article.speakers for one in frozenset().union(name_stems(each.name), *titles[each.id])
    )
    return {
        speaker: [title for title in each if any(shared[one] == 1 for one in title)] for speaker, each in titles.items()
    }


def denied(text: str, start: int, end: int) -> bool:
    """Whether a verdict is itself negated: "are not false"."""
    return bool(re.search(r"\b(?:not|never)\s+(?:\w+\s+)?$|n['’]t\s+(?:\w+\s+)?$", text[start:end], re.IGNORECASE))


def opening(text: str, question: Span) -> Span:
    """The words that open a question: "Asked to comment on", "In response to"."""
    found = opening_pattern("question").match(text, *question)
    if not found:
        return question
    link = _LINK.match(text, found.end(), question.end)
    return Span(question.start, link.end() if link else found.end())


def trimmed(text: str, span: Span) -> Span:
    """A span without the white space, commas and dashes at its two ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(" \t\n,;:.–—-"))
    return Span(start, max(start, span.start + len(words.rstrip(" \t\n,;:.–—-"))))
