"""What a name in front of somebody's words looks like, and which names are roles."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from sayso.transcripts.lists import is_function_word, label_classes

Shape = Literal["role", "titled", "capitals", "name", "word"]
"""`name` is two words or more that begin with capitals, `word` a single one."""

_TOKEN = re.compile(r"[^\s,/&]+")


@lru_cache(maxsize=4096)
def shape_of(name: str) -> Shape | None:
    """What a name looks like; None where it can be nobody's.

    >>> [shape_of(each) for each in ("MR. ZANDT", "THE PRESIDENT", "Kai Lund", "Lund", "speaker 2", "The truth is")]
    ['titled', 'role', 'name', 'word', 'role', None]
    """
    low = name.casefold().replace("’", "'")
    if role_of(low):
        return "role"
    tokens = _TOKEN.findall(name)
    if not tokens or len(tokens) > 16 or not any(char.isalpha() for char in name):
        return None
    if any(token.endswith(".") and not _is_short_form(token) for token in tokens[:-1]):
        return None  # A sentence ends there.
    first = tokens[0].casefold()
    if first == "dear":
        return None
    in_name = [token for token in tokens if token.casefold() not in ("jr.", "jr", "sr.", "sr", "ii", "iii")]
    small = [token for token in in_name if token[:1].islower()]
    for token in small:
        if not label_classes(token) & {"particle", "name particle"} and not token.startswith(
            ("al-", "el-", "d'", "d’")
        ):
            return None
    if tokens[0][:1].islower() and "name particle" not in label_classes(first):
        return None
    if any(token[:1].isdigit() or not any(map(str.isalpha, token)) for token in in_name):
        return None
    if name[-1] in ".,;" and len(name) > 3 and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", name):
        return None
    big = [token for token in in_name if token not in small]
    if not big:
        return None
    capitals = all(_in_capitals(token) for token in big)
    titled = "title" in label_classes(first) or (
        first == "the" and len(tokens) > 1 and "title" in label_classes(tokens[1].casefold())
    )
    if titled and (len(tokens) > 1 or capitals or first in ("president", "chairman", "chairwoman")):
        return "titled"
    if capitals:
        return "capitals" if sum(map(str.isalpha, name)) >= 2 else "word"
    if len(tokens) > 8 and "," not in name:
        return None
    return "name" if len(big) > 1 else "word"


def _is_short_form(token: str) -> bool:
    """Whether a point belongs to the word: "Mr.", "J.", "U.S.", "St."."""
    low = token.casefold()
    return bool(re.fullmatch(r"(?:\w\.)+", low)) or low in ("st.", "jr.", "sr.") or "title" in label_classes(low)


def _in_capitals(token: str) -> bool:
    """Whether a word is written in capitals; "McLEOD", "DeVRIES", "O’DARE’s" with their small letters in front."""
    plain = re.sub(r"^(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|O['’]|D['’])(?=[A-Z]{2})", "", token)
    letters = [char for char in re.sub(r"['’]s$", "", plain) if char.isalpha()]
    return bool(letters) and all(not char.islower() for char in letters)


@lru_cache(maxsize=4096)
def role_of(low: str) -> str | None:
    """The class of a label that names a role: `question`, `answer`, `audience`, `unnamed`, `interpreter`, `editor`.

    >>> role_of("q"), role_of("bbc news reporter"), role_of("speaker 12"), role_of("mr. zandt")
    ('question', 'question', 'unnamed', None)
    """
    bare = re.sub(r"[\s#(]*\b(?:no\.?\s*)?(?:\d{1,3}|[a-e]|one|two|three|four)\)?$", "", low.strip(" .")).strip()
    bare = re.sub(r"^(q|a|s)\d{1,3}$", r"\1", bare) or low
    for words in (low, bare):
        found = label_classes(words) - {"title", "particle", "name particle", "outlet"}
        whole = [each for each in found if not each.startswith("last ")]
        if whole:
            return min(whole, key=("question", "answer", "audience", "interpreter", "editor", "unnamed").index)
    parts = bare.split()
    if 1 < len(parts) <= 5 and not any(is_function_word(word) for word in parts[:-1]):
        for each in label_classes(parts[-1]):
            if each.startswith("last "):
                return each.removeprefix("last ")
    return None
