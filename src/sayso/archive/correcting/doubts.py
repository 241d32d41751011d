"""What of an article somebody should look at, reckoned from its record and its corrections alone.

An attribution is as uncertain as it is likely that one of its parts is wrong: that it is none, that it is another
speaker's, that its stance is misread. A verdict is the more so the more it accuses. What somebody corrected or
confirmed is no longer asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from sayso.archive.correcting.forms import Corrected
from sayso.archive.keeping.layers import storable
from sayso.documents import Article, Span
from sayso.records import Attribution
from sayso.verdicts import Verdict
from sayso.wordlists import read_rows

FLOOR = 0.35
"""Least score of what is asked for: below it about two of three are right as they are."""
STANCE = 0.5
"""How much a doubt about a stance counts: a cue that the lexicon lacks is most often neutral, as it is read."""
_CLOSE = 0.25
"""Chance of a second speaker from which on it is told that there is one."""
_VERDICTS = Path(__file__).with_name("doubts.tsv")
_TEXT = 240


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at."""

    kind: Literal["attribution", "verdict"]
    target: str
    score: int
    """Thousandths."""
    why: str
    text: str


def doubts_of(corrected: Corrected) -> list[Doubt]:
    """What should be looked at, in the order of the article."""
    article = corrected.article
    names = {each.id: each.name for each in (*article.speakers, *article.mentioned)}
    found: list[Doubt] = []
    if not corrected.confirmed():
        for each in article.attributions:
            if each.id not in corrected.notes:
                score, why = _of_attribution(each, names)
                if score >= FLOOR:
                    found.append(_doubt("attribution", each.id, score, why, article, each.content))
    for verdict in article.verdicts:
        if verdict.id not in corrected.notes:
            score, why = _of_verdict(verdict)
            if score >= FLOOR:
                found.append(_doubt("verdict", verdict.id, score, why, article, verdict.spans))
    return found


def _of_attribution(each: Attribution, names: dict[str, str]) -> tuple[float, str]:
    right, why = each.confidence, []
    if 1 - each.confidence >= FLOOR:
        why.append("it may be no attribution, or one of other words")
    if each.candidates and each.source:
        best, *others = each.candidates
        right *= best.score
        shown = names.get(best.speaker, "somebody")
        if others and others[0].score >= _CLOSE:
            why.append(f"the speaker may be {shown} or {names.get(others[0].speaker, 'somebody else')}")
        elif 1 - best.score >= FLOOR:
            why.append(f"the speaker may be another than {shown}")
    if each.stance.confidence < 1:
        right *= 1 - STANCE * (1 - each.stance.confidence)
        why.append("its stance is a guess, as the lexicon lacks the cue")
    return 1 - right, "; ".join(why) or "several of its parts are a little uncertain"


def _of_verdict(verdict: Verdict) -> tuple[float, str]:
    sure, doubted = _weights().get((verdict.check, verdict.value), (0.0, 0.0))
    if verdict.doubt is not None:
        return max(doubted, FLOOR), f"{verdict.value}, with a doubt: {verdict.doubt}"
    return sure, f"{verdict.value}, and nobody has confirmed it"


@cache
def _weights() -> dict[tuple[str, str], tuple[float, float]]:
    return {(check, value): (float(sure), float(doubted)) for check, value, sure, doubted in read_rows(_VERDICTS)}


def _doubt(
    kind: Literal["attribution", "verdict"], target: str, score: float, why: str, article: Article, spans: list[Span]
) -> Doubt:
    text = " … ".join(" ".join(span.of(article.text).split()) for span in spans)
    shown = text if len(text) <= _TEXT else text[:_TEXT].rsplit(" ", 1)[0] + " …"
    return Doubt(kind, target, round(1000 * min(score, 1.0)), storable(why[:1000]), storable(shown))
