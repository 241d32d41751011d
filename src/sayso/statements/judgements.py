"""What a content makes of a cue that judges or rejects: "called the claims pure speculation", "rejected the offer"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from sayso.documents import Span
from sayso.statements.lexicon import load_constructions, senses_of

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_MARKS = " \n\"'“”‘’«»,"
_OTHER_END = re.compile(r"[.!…][\"'”’»]*\s")
_GOES_ON = frozenset(
    "and or but nor that which because as in by on from for to with designed aimed meant intended when while since"
    " after before until he she they it yesterday today".split()
)
"""What may follow a judgement; with another word it is the attribute of a noun ("called the fake tyres a danger")."""
_BEHIND = frozenset("of about on over that who which as from for to by with when".split())
"""Where the noun phrase ends that is rejected."""
_POINTS = frozenset("that this it these those them".split())
_OBJECTS = frozenset("of about on over into against through with the these those such".split())
"""Before a rejecting word these make it a part of what is judged: "called the spread of lies a danger"."""


def rejects(text: str, content: Sequence[Span], reported: Sequence[Span]) -> bool:
    """Whether a judging cue's content holds, as its judgement, a word that rejects what it is passed on.

    `reported` are the spans of the attributions inside the content: what they say is what is judged. A word that only
    doubts ("absurd") rejects what somebody said, not what somebody did.
    """
    kinds = load_constructions()
    words = [found for span in sorted(content) for found in _WORD.finditer(text, *span)]
    forms = [found.group().lower() for found in words]
    claims = bool(reported) or any(
        sense.part == "noun" and sense.act in ("communication", "attitude")
        for form in forms
        for sense in senses_of(form)
    )
    for at, form in enumerate(forms):
        if not (form in kinds["rejecting"] or (claims and form in kinds["doubting"]) or form in kinds["lacked"]):
            continue
        here = Span(*words[at].span())
        if any(span.contains(here) for span in reported) or not _ends(text, words, forms, at):
            continue
        before = forms[max(at - 3, 0) : at]
        if form in kinds["lacked"]:
            if not {"without", "no", "lacking"} & set(before):
                continue
        elif before and before[-1] == "of" and len(before) > 1:
            if before[-2] not in kinds["heap"]:
                continue
        elif before and (before[-1] in _OBJECTS or before[-1] == "not"):
            continue
        return True
    return False


def is_question(text: str, content: Sequence[Span]) -> bool:
    """Whether a content is a question and nothing else: "whether it could", "“Who pays?”"."""
    words = " ".join(span.of(text) for span in sorted(content)).strip(_MARKS)
    return words.startswith("whether ") or (words.endswith("?") and not _OTHER_END.search(words))


def is_course(text: str, content: Sequence[Span], reported: Sequence[Span]) -> bool:
    """Whether what is rejected is something to be done, not something said: "the offer", not "the charge"."""
    if reported:
        return False
    forms = [found.group().lower() for span in sorted(content)[:1] for found in _WORD.finditer(text, *span)]
    phrase = list(takewhile(lambda form: form not in _BEHIND, forms))
    if not phrase or _POINTS & set(phrase):
        return False
    nouns = [sense.act for form in phrase for sense in senses_of(form)[:2] if sense.part == "noun"]
    return not nouns or nouns[-1] == "control"


def _ends(text: str, words: list[re.Match[str]], forms: list[str], at: int) -> bool:
    """Whether a phrase ends with the word: nothing, a mark or a particle follows, or a last noun ("false claims")."""
    if at + 1 == len(words) or forms[at + 1] in _GOES_ON:
        return True
    if text[words[at].end() : words[at + 1].start()].strip():
        return True
    nouns = senses_of(forms[at + 1])
    return at + 2 == len(words) and any(sense.part == "noun" for sense in nouns)
