"""From a text and its labels to its turns: what lies between them, before the first and after the last."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from sayso.documents import Span, Turn, TurnRole
from sayso.transcripts.choosing import name_words
from sayso.transcripts.edges import opening, trimmed, without_last_lines
from sayso.transcripts.labels import Candidate
from sayso.transcripts.lists import label_classes
from sayso.transcripts.shapes import role_of

_ASKED = re.compile(r"\?[\"”’)]*[ \t]*\n")
_LONG_ANSWER = 150
_LISTS_OF_PEOPLE = frozenset(
    "moderator participant interviewer panelist panellist host speaker guest candidate".split()
)
_ASIDE = re.compile(r"\(([^()]+)\)")
_OUTLET_AFTER_COMMA = re.compile(r",\s*([^,()]+)$")
_NO_JOURNALIST = frozenset("secretary spokesperson spokesman spokeswoman officer minister general".split())


def labelled(text: str, labels: list[Candidate], *, start: int = 0) -> list[Turn]:
    """The turns of a text with labels."""
    names = _names(labels)
    turns = opening(text, start, labels[0].span.start)
    heads = _heads(text, labels)
    askers = _askers(text, labels, heads)
    for index, label in enumerate(labels):
        stop = labels[index + 1].span.start if index + 1 < len(labels) else len(text)
        span = trimmed(text, Span(min(label.body, stop), stop))
        if index + 1 == len(labels):
            span, after = without_last_lines(text, span)
        else:
            after = None
        role = "question" if label.key in askers else role_of_name(label.name, label.key)
        if index < heads:
            role = "editor"
        if span.start < span.end:
            name = names[label.key, label.aside]
            turn = Turn(span, name or None, trimmed(text, label.span), role, label.interpreted)
            turns += _without_answer(text, turn) if role == "question" else [turn]
        if after:
            turns.append(Turn(after, role="editor"))
    return turns


def _without_answer(text: str, turn: Turn) -> list[Turn]:
    """A question's turn, parted from a long answer behind it whose label is missing: nobody is named for that.

    Of the questions in the briefings of the shared corpora that go on for over a hundred words behind a question mark,
    all ask again there.
    """
    for found in _ASKED.finditer(text, turn.span.start, turn.span.end):
        rest = trimmed(text, Span(found.end(), turn.span.end))
        words = rest.of(text)
        if "?" not in words and len(words.split()) >= _LONG_ANSWER:
            asked = trimmed(text, Span(turn.span.start, found.end()))
            return [replace(turn, span=asked), Turn(rest)]
    return [turn]


def _names(labels: list[Candidate]) -> dict[tuple[str, str | None], str]:
    """One spelling for each label: the one that is used most, where they differ in capitals only."""
    spelt: dict[tuple[str, str | None], Counter[str]] = {}
    for each in labels:
        spelt.setdefault((each.key, each.aside), Counter())[each.name] += 1
    return {key: counted.most_common(1)[0][0] for key, counted in spelt.items()}


def _heads(text: str, labels: list[Candidate]) -> int:
    """How many labels at the start only head a list of who takes part ("MODERATOR: Lena Holm")."""
    for index, label in enumerate(labels):
        stop = labels[index + 1].span.start if index + 1 < len(labels) else len(text)
        said = text[label.body : min(stop, label.body + 800)]
        spoken = re.search(r"[.?!][\"”’)]*\s*$", said) or len(said.split()) > 60
        if label.key.rstrip("s") not in _LISTS_OF_PEOPLE or spoken or index + 1 == len(labels):
            return index
    return 0


def _askers(text: str, labels: list[Candidate], heads: int) -> set[str]:
    """The keys of labels whose bearers ask: moderators by the heading, journalists by an outlet behind their name."""
    named: set[str] = set()
    for index, label in enumerate(labels[:heads]):
        if label.key.rstrip("s") in ("moderator", "interviewer", "panelist", "host"):
            stop = labels[index + 1].span.start
            named.update(re.findall(r"[^\W\d_]{2,}", text[label.body : stop].casefold()))
    asking = {name_words(each.key)[-1] for each in labels if role_of(each.key) is None and _is_journalist(each.name)}
    found = {each.key for each in labels[heads:] if named and set(name_words(each.key)) <= named}
    # "LENA BERG, RADIO NORD HOST" is "BERG" from then on.
    return found | {each.key for each in labels if name_words(each.key)[-1] in asking and role_of(each.key) is None}


def role_of_name(name: str, key: str | None = None) -> TurnRole:
    """What kind of turn a label announces.

    >>> role_of_name("Q"), role_of_name("Marta Lind (Radio Nord)"), role_of_name("AUDIENCE"), role_of_name("MR. HOLM")
    ('question', 'question', 'audience', 'speaker')
    """
    found = role_of(key if key is not None else re.sub(r"\s*\([^()]*\)$", "", name).casefold())
    if found == "question" or _is_journalist(name):
        return "question"
    return "audience" if found == "audience" else "editor" if found == "editor" else "speaker"


def _is_journalist(name: str) -> bool:
    """Whether an outlet stands behind the name: "Marta Lind (Radio Nord)", "Marta Lind, Radio Nord"."""
    after, aside = _OUTLET_AFTER_COMMA.search(name), _ASIDE.search(name)
    for place in (aside[1] if aside else None, after[1] if after else None):
        words = [word.strip(".,").casefold() for word in re.split(r"[\s/]+", place or "")]
        if words and words[-1] in _NO_JOURNALIST:
            continue
        if any("outlet" in label_classes(word) for word in words):
            return True
    return False
