"""How an article prints a quote: its sentence, its marks, its typography."""

from __future__ import annotations

import random
import re
from functools import cache

from benchmarks.mutations.cases import DATA, Draft
from sayso.documents import Span
from sayso.wordlists import read_rows

_HONORIFICS = re.compile(
    r"(?i)^(?:mr|mrs|ms|dr|rep|sen|senator|secretary|governor|gov|mayor|director|administrator|representative|congresswoman"
    r"|prime minister|president|vice president|ambassador|coach|chair|minister|the)\b\.? (?=\S)"
)
_SMALL_ROLES = re.compile(
    r"(?i)^(?:the )?(?:president|vice president|first lady|second gentleman|chair|.*official|.*aide|operator)$"
)
_MARKS = (("“", "”", "‘", "’"), ('"', '"', "'", "'"), ("‘", "’", "“", "”"), ("«", "»", "“", "”"))
_DASHES = (" — ", "—", " – ", " -- ", "--", " - ")


def name_of(label: str) -> str:
    """A label as an article would name that speaker.

    >>> name_of("ANN LEE (D-NY), FORMER SECRETARY OF STATE")
    'Ann Lee'
    >>> name_of("MS. SAINT-CLAIR"), name_of("Mara R Quill"), name_of("THE PRESIDENT"), name_of("O'BRIEN")
    ('Saint-Clair', 'Mara Quill', 'the president', "O'Brien")
    """
    if _SMALL_ROLES.match(label):
        return "the " + label.lower().removeprefix("the ")
    name = _HONORIFICS.sub("", re.sub(r"\([^)]*\)|,.*", "", label).strip())
    name = re.sub(r"(?<=[a-z]) [A-Z] (?=[A-Z])", " ", name)
    if name.isupper():
        name = re.sub(r"[A-Z]+", lambda found: found[0].capitalize(), name)
        name = re.sub(r"\bMc([a-z])", lambda found: f"Mc{found[1].upper()}", name)
    return name


@cache
def _frames() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for form, sentence in read_rows(DATA / "frames.tsv"):
        found.setdefault(form, []).append(sentence)
    return found


def print_quote(draft: Draft, rng: random.Random) -> tuple[str, tuple[Span, ...]]:
    """The sentence of the article and where the quoted stretches lie in it.

    What is varied is nothing that a verdict may depend on: letter case at the start, stops at the ends, marks, dashes.
    """
    opening, closing, inner, closing_inner = rng.choices(_MARKS, (6, 3, 2, 1))[0]
    form = "two" if len(draft.pieces) == 2 else rng.choices(("comma", "stop", "part"), (4, 3, 3))[0]
    if form == "part" and (draft.pieces[0][-1] in "?!" or re.search(r"[a-z][.?!] [A-Z]", draft.pieces[0])):
        form = "comma"
    frame = rng.choice(_frames()[form])
    dash = rng.choice(_DASHES)
    curly = rng.random() < 0.6
    outside = rng.random() < 0.25
    pieces = [_typeset(each, inner, closing_inner, dash, curly=curly) for each in draft.pieces]
    who = name_of(draft.speaker) or "the speaker"
    parts = frame.replace("WHO", who).split("{}")
    text = parts[0][:1].upper() + parts[0][1:]
    spans = []
    for number, (piece, after) in enumerate(zip(pieces, parts[1:], strict=True)):
        stop = ","
        if form == "part":
            stop = ""
        elif form == "stop" or number:
            stop = "."
        starts = form != "part" and (not number or after in (".", ""))
        printed = _ended(_cased(piece, draft, form, first=number == 0, starts=starts), stop)
        tail = stop if outside and printed.endswith(stop) and stop and "..." not in printed[-4:] else ""
        printed = printed.removesuffix(tail)
        spans.append(Span(len(text) + 1, len(text) + 1 + len(printed)))
        text += f"{opening}{printed}{closing}{tail}{after}"
    return text, tuple(spans)


def _typeset(text: str, inner: str, closing_inner: str, dash: str, *, curly: bool) -> str:
    text = re.sub(r"\s*(?:—|–|(?<!-)--(?!-))\s*", dash, text)
    text = re.sub(r"[“]|(?:^|(?<=[\s(\[]))\"", "\0", text)
    text = re.sub(r"[”\"]", "\1", text)
    text = text.replace("’", "'").replace("‘", "'")
    if curly:
        text = re.sub(r"(?<!\w)'(?=\w[^']*\w'(?!\w))", "‘", text).replace("'", "’")
    return text.replace("\0", inner).replace("\1", closing_inner)


def _cased(text: str, draft: Draft, form: str, *, first: bool, starts: bool) -> str:
    if not first:
        return text
    if form == "part":
        keeps = re.match(r"(?:I|[A-Z]{2,}|[A-Z][a-z]+ [A-Z])\b|[^A-Za-z]", text)
        return text if keeps or not draft.opens else text[0].lower() + text[1:]
    return text[0].upper() + text[1:] if starts else text


def _ended(text: str, stop: str) -> str:
    if re.search(r"(?:\b[A-Za-z]\.){2,}$", text):
        return text if stop == "." else text + stop
    if not stop:
        return text.rstrip(" .,;:—–-") if not re.search(r"\.\s?\.\s?\.?$", text) else text
    if text[-1] in "?!…" or re.search(r"\.\s?\.\s?\.?$", text):
        return text
    return text.rstrip(" .,;:—–-") + stop
