"""Whether a few labels in a long text are labels: an article has names before colons too, in headlines and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sayso.documents import Span
from sayso.transcripts.labels import Candidate
from sayso.transcripts.lists import is_no_label
from sayso.transcripts.shapes import role_of

FEW = 3
"""So many labels, or fewer, need more evidence than their shape."""
_MOST_BEFORE = 8
"""Lines of a heading in front of the first label of a speech."""
_SENTENCE = re.compile(r"[.?!…,;:—–-][\"'”’)\]*]*$")
_REPORTED = re.compile(
    r"[,.?!]['\"”’] (?:[a-z]+ |[A-Z][\w.'’\-]+ (?:[A-Z][\w.'’\-]+ )?)?(?:said|says|told|added)\b"
    r"|\b(?:[A-Z][\w’'\-]+) (?:said|says|told|added|wrote)(?: (?:on|in|at|during) |,? [\"“])"
)


def are_labels(text: str, lines: Sequence[Span], chosen: Sequence[Candidate]) -> bool:
    """Whether the few labels that were found in a text are its speakers'."""
    if any(each.seconds is not None or each.named or each.mark in ("arrows", "letter") for each in chosen):
        return True
    if any(role_of(each.key) in ("question", "audience", "interpreter") for each in chosen):
        return True
    if len(chosen) > 1 and 4 * sum(not _is_headline(text, each) for each in chosen) >= len(lines):
        return True
    return _opens_speech(text, lines, chosen[0])


def lone_label(text: str, lines: Sequence[Span], candidates: Iterable[Candidate]) -> Candidate | None:
    """The single label near the start of a speech that has one speaker only; None where no candidate is one."""
    for each in candidates:
        if each.mark in ("colon", "bold") and not is_no_label(each.key) and _opens_speech(text, lines, each):
            return each
    return None


def _first_line(text: str, label: Candidate) -> str:
    return text[label.body : label.body + 2000].lstrip().split("\n", 1)[0].strip()


def _is_headline(text: str, label: Candidate) -> bool:
    """Whether label and words are one line of a heading, as "Lund: The Harbour Is Ours" is."""
    words = _first_line(text, label)
    count = len(words.split())
    if count < 20 and not _SENTENCE.search(words):
        return True
    long = re.findall(r"[^\W\d_]{4,}", words) if count < 40 else []
    big = sum(word[0].isupper() for word in long)
    return len(long) >= 4 and big * 4 >= len(long) * 3 and not label.name.isupper()


def _opens_speech(text: str, lines: Sequence[Span], first: Candidate) -> bool:
    if sum(line.start < first.span.start for line in lines[: _MOST_BEFORE + 1]) > _MOST_BEFORE:
        return False
    words = _first_line(text, first)
    if _is_headline(text, first):
        return False
    if words[:1].islower() or (first.shape == "capitals" and len(first.name) <= 3):
        return False
    if first.shape == "word" or (first.shape == "name" and len(words.split()) < 15 and not first.aside):
        return False
    return role_of(first.key) != "editor" and not _is_report(text)


def _is_report(text: str) -> bool:
    """Whether the text quotes people as an article does."""
    said = len(_REPORTED.findall(text))
    return said >= 3 and said * 150 >= len(text.split())
