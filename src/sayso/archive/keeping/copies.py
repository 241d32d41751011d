"""Wire copy and syndication: which articles are one text in several papers, told from a signature of 128 bytes each.

A signature is a MinHash (Broder 1997) over runs of three words; of each minimum the low 16 bits are kept (Li and König
2010, "b-Bit Minwise Hashing"), so that two unlike texts agree by chance in one place of 65,536.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.checks.words import forms_of

PLACES = 64
_SEED = 20231127
"""Part of the schema, as are the places and the length of a run: another one makes all kept signatures worthless."""
_RUN = 3
_LAYOUT = struct.Struct(f"<{PLACES}H")
SIZE = _LAYOUT.size
"""Bytes of a signature."""
SAME = 0.4
"""Resemblance from which two texts are copies: a report with a third of its text exchanged has about a half, two
reports on one event, quotes and all, seldom a fifth."""
CONTAINED = 0.7
"""Share of the shorter text that the longer one has, from which it is a cut of it."""
_SEEN = 10 / PLACES
"""Places that must agree before a share is reckoned from them: fewer are as likely a long quotation that both have."""
SHORT = 40
"""Words up to which a text is not compared: a line of a picture agency is no report."""


def signature_of(text: str) -> bytes:
    """The signature of a text, 128 bytes; typography and punctuation do not change it.

    >>> len(signature_of("The ferry did not sail."))
    128
    >>> signature_of("The ferry “did not” sail") == signature_of('The ferry "did not" sail.')
    True
    """
    return _LAYOUT.pack(*(each & 0xFFFF for each in minima_of(forms_of(text))))


def minima_of(words: Sequence[str]) -> list[int]:
    """The minima of which a signature keeps the low bits: as many as it has places, 32 bits each."""
    # Not at the top: it need not be there for those who only search.
    from rensa import RMinHash

    sketch = RMinHash(num_perm=PLACES, seed=_SEED)
    sketch.update(runs_of(words))
    minima: list[int] = sketch.digest()
    return minima


def runs_of(words: Sequence[str]) -> list[str]:
    """The runs of three words in a text, as they are compared; of fewer words all of them."""
    return [" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))] if words else []


def resemblance(a: bytes, b: bytes) -> float:
    """About how much of both texts together stands in both, 0 to 1, give or take 0.06 (Jaccard's measure).

    >>> resemblance(signature_of("one two three four"), signature_of("five six seven eight"))
    0.0
    """
    if _EMPTY in (a, b):
        return 0.0
    return sum(map(int.__eq__, _LAYOUT.unpack(a), _LAYOUT.unpack(b))) / PLACES


_EMPTY = b"\xff" * SIZE
"""That of a text without words: every minimum is what it is before the first run."""


def contained(a: bytes, words: int, b: bytes, other_words: int) -> float:
    """About which share of the shorter of two texts the longer one has, 0 to 1; from their signatures and lengths."""
    alike = resemblance(a, b)
    shorter = max(1, min(words, other_words))
    return min(1.0, alike / (1 + alike) * (words + other_words) / shorter)


@dataclass(frozen=True, slots=True)
class Text:
    """What is known of an article where copies are looked for."""

    article: int
    signature: bytes
    words: int
    seen: str
    """When it was published, as ISO 8601; where that is not known "9", which is after all that is known."""
    agency: str | None = None
    """As its dateline has it."""


def are_copies(a: Text, b: Text) -> bool:
    """Whether one text is a copy of the other, or a cut of it."""
    if min(a.words, b.words) <= SHORT:
        # Nothing but the same words are a copy then.
        return a.signature == b.signature != _EMPTY
    alike = resemblance(a.signature, b.signature)
    if alike >= SAME:
        return True
    return alike >= _SEEN and contained(a.signature, a.words, b.signature, b.words) >= CONTAINED


def precedence(seen: str, agency: str | None) -> tuple[str, bool, str]:
    """By which the first of some copies is told; `seen` and `agency` as of `Text`.

    A report that an agency's dateline names goes before what was seen on the same day: papers print what it wrote.
    """
    return seen[:10], agency is None, seen


def fold(texts: Sequence[Text]) -> list[list[Text]]:
    """The texts as witnesses: copies of one report together, the first seen of each first.

    Which is the first `precedence` says. Copies of copies belong together, since each paper cuts on its own.
    """
    order = sorted(texts, key=lambda each: (precedence(each.seen, each.agency), each.article))
    witnesses: list[list[Text]] = []
    for text in order:
        near = [each for each in witnesses if any(are_copies(text, other) for other in each)]
        if not near:
            witnesses.append([text])
            continue
        near[0].append(text)
        for other in near[1:]:
            near[0].extend(other)
            witnesses.remove(other)
    rank = {id(text): at for at, text in enumerate(order)}
    return sorted(
        (sorted(each, key=lambda text: rank[id(text)]) for each in witnesses), key=lambda each: rank[id(each[0])]
    )
