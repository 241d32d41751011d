"""Words that are one slip away from a word: a letter too many, too few, another one, or two in turned order.

Only to find the place of a short quote by: what was misspelled, and whether that matters, is judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from sayso.checks.index import Segment, hashes_of
from sayso.checks.seeding import Sought, seek

MOST_GUESSES = 8
LEAST_LETTERS = 5
"""A shorter word is one slip away from too many."""


def slips_of(form: str) -> list[str]:
    """The forms that one slip makes of a form (Norvig 2007); none of a number, a sign or a short word.

    >>> "harbour" in slips_of("habrour"), "harbour" in slips_of("harbuor"), slips_of("1911")
    (True, True, [])
    """
    if len(form) < LEAST_LETTERS or not form.isalpha():
        return []
    halves = [(form[:at], form[at:]) for at in range(len(form) + 1)]
    found = [before + after[1:] for before, after in halves if after]
    found += [before + after[1] + after[0] + after[2:] for before, after in halves if len(after) > 1]
    found += [before + letter + after[1:] for before, after in halves if after for letter in ascii_lowercase]
    found += [before + letter + after for before, after in halves for letter in ascii_lowercase]
    return [each for each in dict.fromkeys(found) if each != form]


def mend(
    segments: Sequence[Segment], forms: Sequence[str], hashes: NDArray[np.uint64], sought: Sought
) -> tuple[NDArray[np.uint64], list[int]]:
    """The hashes of a quote with each word that no transcript has in place of one slip from it, and which words.

    It has to stand beside the quote's other words, if there are any; of several such the one that does most often.
    """
    hashes = hashes.copy()
    mended = []
    for at in np.flatnonzero(sought.counts[0] == 0).tolist():
        guesses = hashes_of(slips_of(forms[at]))
        if not len(guesses):
            continue
        counts = seek(segments, guesses).counts[0]
        likely = np.argsort(-counts, kind="stable")[:MOST_GUESSES]
        best = (0, 0, 0)
        known = hashes[at]
        for guess in likely[counts[likely] > 0].tolist():
            hashes[at] = guesses[guess]
            near = slice(max(at - 2, 0), at + 1)
            beside = seek(segments, hashes).counts[:, near]
            fits = (int((beside[1:] > 0).sum()), int(beside[1:].sum()), int(counts[guess]))
            if fits > best and (fits[0] or len(forms) == 1):
                best, known = fits, guesses[guess]
        hashes[at] = known
        if best[2]:
            mended.append(at)
    return hashes, mended
