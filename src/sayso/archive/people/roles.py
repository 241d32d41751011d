"""What a person's titles tell over articles: offices, walks of life, countries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from sayso.archive.people.naming import fold_name, organisation_name
from sayso.speakers.lists import country_of_adjective, expand_title, metonym, noun_class, title_class
from sayso.wordlists import classes_of, read_rows

_DATA = Path(__file__).parent / "data"
_COMPLEMENT = re.compile(r"(?i)[,;(]|\s(?:of|for|from|at|in|to|on|with|and|who|that|held|by|against)\s")
_BELONGS = re.compile(r"(?i)\s(?:of|from|at)\s+(?:the\s+)?")
_CLAUSE = re.compile(r"(?i)\b(is|was|as|be|been|had|has|will|would|than|not|that|he|she|they|who|which)\b")
"""What no title has in it: a piece of a sentence that was taken for one."""


@dataclass(frozen=True, slots=True)
class Role:
    """One title taken apart, all folded; each part is empty where the title has none."""

    head: str
    """The office or occupation: "minister", "chief executive"."""
    place: str = ""
    """The country or state that it belongs to: "ukraine"."""
    organisation: str = ""
    former: bool = False

    @property
    def fields(self) -> frozenset[str]:
        """The walks of life that the head tells of."""
        return _fields().get(self.head, frozenset())


@cache
def _fields() -> dict[str, frozenset[str]]:
    found = classes_of(_DATA / "titles_fields.tsv")
    return {fold_name(noun): fields for noun, fields in found.items()}


@cache
def _places() -> dict[str, str]:
    found = {}
    for place, shorts in (row if len(row) > 1 else [row[0], ""] for row in read_rows(_DATA / "titles_places.tsv")[1:]):
        for form in (place, *filter(None, shorts.split(","))):
            found[form] = fold_name(place)
    return found


@cache
def states() -> frozenset[str]:
    """The states and provinces that offices belong to, folded; no countries."""
    return frozenset(_places().values())


def _words_of(label: str) -> frozenset[str]:
    return frozenset(word for word, labels in classes_of(_DATA / "titles_words.tsv").items() if label in labels)


def _place_in(words: list[str]) -> tuple[str, set[int]]:
    """The country or state that some words of a title name, and which words name it."""
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            form = " ".join(words[at : at + size]).strip(",()")
            bare = form.replace(".", "")
            if bare in _places():
                return _places()[bare], set(range(at, at + size))
            row = metonym(form) if form[:1].isupper() else None
            country = row.stands_for.removeprefix("the government of ") if row and row.place == "country" else None
            country = country or (country_of_adjective(form) if form[:1].isupper() else None)
            if country is not None:
                return fold_name(country.removeprefix("the ")), set(range(at, at + size))
    return "", set()


@lru_cache(maxsize=16384)
def role_of(title: str) -> Role | None:
    """The office or occupation in a title; None where it has none ("Mr", "the husband").

    >>> role_of("former Ukrainian Transport Minister")
    Role(head='minister', place='ukraine', organisation='', former=True)
    >>> role_of("chief executive of Tidewater Ferries").organisation, role_of("Vermont Sen.").place
    ('tidewater ferries', 'vermont')
    """
    if _CLAUSE.search(title):
        return None
    title = re.sub(r"['’]s?(?=\s|\Z)", "", title).replace("ex-", "ex ")
    cut = _COMPLEMENT.search(title)
    for compound in ("secretary of state", "chief of staff", "secretary of defense", "member of parliament"):
        found = re.search(rf"(?i)\b{compound}\b", title)
        if found is not None:
            cut = re.compile(_COMPLEMENT).search(title, found.end())
            break
    main = (title[: cut.start()] if cut else title).split()
    folded = [fold_name(word.strip(".,")) for word in main]
    former = any(word in _words_of("former") for word in folded)
    found_head = _head(main, folded)
    if found_head is None:
        return None
    head, start = found_head
    before = main[:start]
    place, covered = _place_in(before)
    named = [word for at, word in enumerate(before) if at not in covered]
    # "Transport" before "Minister" is a portfolio
    organisation = "" if head.endswith("minister") else _organisation(named)
    if cut is not None and (belongs := _BELONGS.match(title, cut.start())) is not None:
        rest = re.split(r"[,;(]|\s(?:and|who|in|for|from|on)\s", title[belongs.end() :])[0].split()
        there, there_covered = _place_in(rest)
        if there and len(there_covered) == len(rest):
            place = place or there
        elif not organisation:
            organisation = _organisation(rest, whole=True)
    return Role(head, place, organisation, former)


def _head(main: list[str], folded: list[str]) -> tuple[str, int] | None:
    """The head of a title with the place of its first word."""
    for end in range(len(main), 0, -1):
        for start in range(max(0, end - 4), end):
            phrase = " ".join(folded[start:end])
            if phrase in _fields():
                short = _fields().get(folded[end - 1])
                # "transport minister" is a minister: what lies between tells the portfolio
                portfolio = short is not None and phrase.endswith(" minister") and phrase not in _HEADS_OF_GOVERNMENT
                return (folded[end - 1] if portfolio else phrase), start
        full = expand_title(main[end - 1].strip(".,"))
        if full is not None and fold_name(full) in _fields():
            return fold_name(full), end - 1
        word = folded[end - 1]
        if (
            noun_class(word) == "person"
            and title_class(word) in ("office", "profession", "rank")
            and word not in _words_of("filler")
        ):
            return word, end - 1
    return None


_HEADS_OF_GOVERNMENT = frozenset(("prime minister", "deputy prime minister", "first minister"))


def _organisation(words: list[str], *, whole: bool = False) -> str:
    """The name of an organisation among the words of a title; empty where all of them are titles, parties and the
    like."""
    ignored = _words_of("filler") | _words_of("former") | _words_of("party")
    kept = [
        word
        for word in words
        if word[:1].isupper()
        and fold_name(word) not in ignored
        and (whole or title_class(word.strip(".,")) is None or (len(word) > 2 and word.isupper()))
    ]
    return organisation_name(" ".join(kept)) if kept else ""


def is_party_member(name: str) -> bool:
    """Whether a name is none, but a place and what somebody there is.

    >>> [is_party_member(name) for name in ("Ohio Democrat", "Ohio Lind", "Ana Mayor")]
    [True, False, False]
    """
    *before, last = name.split() or [""]
    place, covered = _place_in(before)
    return bool(place) and len(covered) == len(before) and "politics" in _fields().get(fold_name(last), ())
