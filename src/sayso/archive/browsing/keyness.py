"""How much a word tells one body of statements from another.

The measure is the log-likelihood ratio G2 of T. Dunning, "Accurate Methods for the Statistics of Surprise and
Coincidence", Computational Linguistics 19 (1), 1993, which corpus linguistics uses to compare two bodies of text
(P. Rayson and R. Garside, "Comparing Corpora using Frequency Profiling", 2000). What is counted are statements that
have a word, not the times that they have it, so that no single statement makes a topic.
"""

from __future__ import annotations

import math

CHANCE = 3.84
"""Beyond it a difference is chance in fewer than one of twenty cases (chi-squared with one degree of freedom)."""


def log_likelihood(here: float, of_here: float, there: float, of_there: float) -> float:
    """G2 of a word that `here` of `of_here` statements have and `there` of `of_there` others; negative where the
    others have it more often.

    >>> round(log_likelihood(10, 50, 10, 950), 1), round(log_likelihood(1, 100, 10, 1000), 1)
    (35.1, 0.0)
    """
    if of_here <= 0 or of_there <= 0:
        return 0.0
    share = (here + there) / (of_here + of_there)
    found = 0.0
    for times, of in ((here, of_here), (there, of_there)):
        for seen, expected in ((times, of * share), (of - times, of * (1 - share))):
            if seen > 0 and expected > 0:
                found += seen * math.log(seen / expected)
    return math.copysign(max(found, 0.0) * 2, here / of_here - there / of_there)
