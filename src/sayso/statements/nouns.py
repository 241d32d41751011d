"""What the nouns of an occasion are: media, events, places, forums, outlets, and who is spoken to."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sayso.wordlists import classes_of, entries_of

WORDS = Path(__file__).with_name("occasion_words.tsv")
OUTLETS = Path(__file__).with_name("outlets.tsv")
_DESCRIBED = re.compile(r"(?:[a-z\-]+\s+)*?(?P<word>[a-z]+)\s+(?P<name>[^\Wa-z_].*)$")
DETERMINERS = frozenset("a an the his her its their our my this that these those another one two three some".split())
_MONTHS_AND_DAYS = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday"
    " Thursday Friday Saturday Sunday".split()
)


def outlet_or_forum(words: str) -> str | None:
    """The medium that somebody who was told is: an outlet or a body such as parliament, without its article."""
    bare = re.sub(r"^(?:the|a|an)\s+", "", " ".join(words.split()), flags=re.IGNORECASE)
    described = _DESCRIBED.match(bare)
    if described and "word" in classes_of(OUTLETS).get(described["word"], ()):
        return described["name"]
    if is_outlet(bare) or "forum" in noun_classes(bare):
        return bare
    return None


def is_outlet(name: str) -> bool:
    """Whether a name without its article is that of a news outlet.

    >>> is_outlet("Reuters"), is_outlet("Harbour Gazette"), is_outlet("Mara Quill")
    (True, True, False)
    """
    labels = classes_of(OUTLETS).get(name)
    if labels and "word" not in labels:
        return True
    words = [word for word in name.split() if word[:1].isalpha()]
    news = classes_of(OUTLETS)
    joins = {"of", "the", "and"} | ({words[-1]} if words and "word" in news.get(words[-1], ()) else set())
    if len(words) < 2 or not words[0][0].isupper() or not all(word[0].isupper() or word in joins for word in words):
        return False
    # "The Andean Journal of Zoology" is a journal.
    head = name.split(" of ", maxsplit=1)[0]
    return any("word" in news.get(word.lower(), ()) for word in (words[0], words[-1], head.rsplit(maxsplit=1)[-1]))


def noun_classes(phrase: str) -> frozenset[str]:
    """The classes of occasion that the last words of a noun phrase name; `name` for one in capitals."""
    known = classes_of(WORDS)
    if phrase in known and phrase[:1].isupper():
        return known[phrase] & {"platform"} or frozenset({"name"})
    words = phrase.split()
    for size in (3, 2, 1):
        if len(words) < size:
            continue
        tail = " ".join(words[-size:]).lower()
        for form in (tail, tail.removesuffix("s"), tail.removesuffix("es")):
            if form in known and not known[form] <= {"platform", "connective", "telling", "question", "speaking"}:
                return known[form]
    bare = [word for word in words if word.lower() not in DETERMINERS and word.lower() not in ("of", "and")]
    if bare and all(word[0].isupper() for word in bare) and not _MONTHS_AND_DAYS & set(bare):
        name = re.sub(r"^(?:the|a|an)\s+", "", phrase, flags=re.IGNORECASE)
        return frozenset({"outlet"}) if is_outlet(name) else frozenset({"name"})
    return frozenset()


@cache
def opening_pattern(label: str) -> re.Pattern[str]:
    """Matches the entries of a class of occasion_words.tsv as whole words, whatever their case."""
    entries = "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in entries_of(WORDS, label))
    return re.compile(rf"(?:{entries})\b", re.IGNORECASE)
