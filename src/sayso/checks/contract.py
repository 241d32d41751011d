"""When each verdict is given: the contract that is printed with every report."""

from __future__ import annotations

QUOTES = {
    "verbatim": "the same words, in order, in one stretch of that speaker's turn",
    "marked": "differs only where the article says so: [brackets], ... for omitted words",
    "tidied": "only fillers, stutters or contractions differ (um; we we; do not / don't), never a negation",
    "trimmed": "words left out inside the quote without a mark",
    "altered": "words replaced, added or moved without a mark; also whatever changes a negation, number, unit, name, "
    "modal, quantifier or condition, marked or not",
    "spliced": "stretches from different places put together as one quote without a mark",
    "misattributed": "those words were said, by someone else",
    "reworded": "no word-by-word match, yet a passage says much the same: for a reader to judge, as of translations",
    "not found": "none of these",
    "unchecked": "the transcripts that were given could not hold it, or it is no quote: nothing is said against it",
}
SAME_WORDS = (
    "Same words: letter case, punctuation, typography and house style (8 / eight, % / percent, Sen. / Senator, US and "
    "UK spelling) are ignored, and nothing else. A verdict with a doubt accuses nobody."
)
HEADLINES = {
    "supported": "a statement in the body carries it",
    "own words": "content words that nobody in the body is reported to have said",
    "weaker": "a weaker modality than the body has",
    "hedge dropped": "the body hedges where the headline does not",
    "stronger": "a stronger modality than the body has",
    "unquoted": "in quotation marks, and the body does not quote it",
    "unsupported": "no statement of that speaker in the body carries it",
    "unknown speaker": "the one who is said to say it is not in the body",
}
FIGURES = {
    "consistent": "agrees with the calculation, within rounding",
    "loose": "true, but far from the bound",
    "inconsistent": "cannot be true together, however they were rounded",
    "unverifiable": "what would be needed to check it is not there",
}
DOUBTFUL = "doubtful"
"""What `--fail-on` calls a verdict that would accuse, if there were no doubt about it."""
INCOMPLETE = "incomplete"
"""And a quote that was not found where a transcript says that it is partial."""
FAIL_ON = ("altered", "spliced", "misattributed", "not found", "inconsistent")
"""What fails a check by default."""
