"""What follows from corrected attributions: statements, speakers, relations and verdicts that agree with them.

A statement keeps its id as long as one of its attributions stays; one that is parted from the others gets a statement
of its own, named after it. Nothing is composed anew: what nobody touched stays as it was read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sayso.documents import Article, Span
from sayso.extraction.layout import blocks_of, outer_quotes
from sayso.extraction.quotations import quotation_of
from sayso.records import Attribution, Statement
from sayso.statements.cues import judge_cues
from sayso.statements.wording import words_of
from sayso.verdicts import HeadlineVerdict, Verdict

_LONGEST = 16
"""Characters of a statement's id that the tables keep."""
STALE = "its words or its speaker were corrected since it was checked: check the article again"


def judge(article: Article, attribution: Attribution | None, spans: Mapping[str, list[Span]]) -> dict[str, Any]:
    """What follows from an attribution's spans: how much of the content is quoted; of another cue than it was read
    with, act, stance and polarity by the lexicon. `attribution` is as it was read; None of one that was not."""
    found: dict[str, Any] = {}
    quoted = outer_quotes(article, blocks_of(article))
    found["quotation"] = quotation_of(article.text, spans["content"], quoted)
    if attribution is not None and attribution.cue == spans["cue"]:
        return found
    alone = Attribution("alone", spans["source"], spans["cue"], spans["content"], found["quotation"])
    judge_cues(replace(article, attributions=[alone]))
    stance = {"value": alone.stance.value, "words": [list(span) for span in alone.stance.words]}
    return {**found, "act": alone.act, "stance": stance, "polarity": alone.polarity}


def talked_about(article: Article, before: Attribution | None, after: Attribution) -> list[str]:
    """Who is talked about in a content with other spans: of those known there before, the ones still in it; of those
    mentioned only in what came to it, all but its speaker."""
    was = set(before.about) if before is not None else set()
    old = before.content if before is not None else []
    found = []
    for each in (*article.speakers, *article.mentioned):
        inside = [span for span in each.mentions if any(part.contains(span) for part in after.content)]
        fresh = any(not any(part.contains(span) for part in old) for span in inside)
        if inside and (each.id in was or (fresh and each.id != after.speaker)):
            found.append(each.id)
    return found


def follow(
    article: Article, before: Article, *, moved: set[str], respoken: set[str], stale: set[str], decided: set[str]
) -> None:
    """Makes the rest of an article agree with its attributions, in place; `before` is the article as it was read.

    `moved` are the ids of attributions with other spans, `respoken` of those with another speaker, `stale` of
    those that were checked with others; `decided` are the verdicts on which somebody did.
    """
    _speakers(article, before)
    _statements(article, moved, respoken)
    known = {each.id for each in article.statements}
    article.relations = [each for each in article.relations if each.from_ in known and each.to in known]
    article.verdicts = [
        found for each in article.verdicts if (found := _verdict(article, each, known, moved, stale, decided))
    ]


def _speakers(article: Article, before: Article) -> None:
    """Who speaks and who is only talked about: whoever lost all attributions, or got the first one, changes sides."""
    spoke = {each.speaker for each in before.attributions}
    speaks = {each.speaker for each in article.attributions}
    gone = [each for each in article.speakers if each.id in spoke - speaks]
    come = [each for each in article.mentioned if each.id in speaks]
    if gone or come:
        moved = {each.id for each in (*gone, *come)}
        article.speakers = [*(each for each in article.speakers if each.id not in moved), *come]
        article.mentioned = [*(each for each in article.mentioned if each.id not in moved), *gone]


def _statements(article: Article, moved: set[str], respoken: set[str]) -> None:
    attributions = {each.id: each for each in article.attributions}
    made: list[Statement] = []
    for statement in article.statements:
        there = [attributions[name] for name in statement.attributions if name in attributions]
        if not there:
            continue
        parted = _parted(statement, there, respoken)
        kept = [each for each in there if each not in parted]
        whole = len(kept) == len(statement.attributions)
        made.append(
            replace(
                statement,
                speaker=_speaker_of(statement, kept, whole=whole and respoken.isdisjoint(statement.attributions)),
                attributions=[each.id for each in kept],
                text=statement.text if whole and moved.isdisjoint(statement.attributions) else _fullest(article, kept),
            )
        )
        made += [_alone(article, each) for each in parted]
    held = {name for each in made for name in each.attributions}
    made += [_alone(article, each) for each in article.attributions if each.id not in held]
    if moved or len(made) != len(article.statements):
        starts = {each.id: min((span.start for span in each.spans()), default=0) for each in article.attributions}
        made.sort(key=lambda each: min(starts[name] for name in each.attributions))
    article.statements = made


def _parted(statement: Statement, there: list[Attribution], respoken: set[str]) -> list[Attribution]:
    """The attributions of a statement that are another's now.

    Only those on whose speaker somebody decided: a statement may well hold some that name its speaker otherwise, or
    nobody, as a headline does.
    """
    decided = [each for each in there if each.id in respoken]
    if len(decided) < len(there):
        return [each for each in decided if each.speaker != statement.speaker or each.speaker is None]
    counts = Counter(each.speaker for each in decided)
    stays = max(counts, key=lambda name: (name == statement.speaker, counts[name]))
    return [each for each in decided if each.speaker != stays]


def _speaker_of(statement: Statement, kept: list[Attribution], *, whole: bool) -> str | None:
    names = [each.speaker for each in kept]
    if whole or statement.speaker in names:
        return statement.speaker
    return next((name for name in names if name is not None), None)


def _alone(article: Article, attribution: Attribution) -> Statement:
    name = f"c-{attribution.id}"
    if len(name) > _LONGEST:
        name = "c-" + hashlib.sha256(attribution.id.encode("utf-8", "surrogatepass")).hexdigest()[: _LONGEST - 2]
    return Statement(name, attribution.speaker, [attribution.id], _fullest(article, [attribution]))


def _fullest(article: Article, parts: list[Attribution]) -> str:
    fullest = max(parts, key=lambda each: len(words_of(article.text, each.content)))
    return " ".join(" ".join(span.of(article.text).split()) for span in fullest.content)


def _verdict(
    article: Article, verdict: Verdict, known: set[str], moved: set[str], stale: set[str], decided: set[str]
) -> Verdict | None:
    judged = verdict.attribution
    if judged is None and verdict.check == "quote" and verdict.spans:
        # Of words that only a correction made an attribution.
        holder = next((each for each in article.attributions if each.id in moved and _holds(each, verdict)), None)
        return verdict if holder is None else replace(verdict, attribution=holder.id)
    if judged is not None and all(each.id != judged for each in article.attributions):
        if not isinstance(verdict, HeadlineVerdict):
            return None
        verdict = replace(verdict, attribution=None)
    if isinstance(verdict, HeadlineVerdict) and verdict.statement is not None and verdict.statement not in known:
        verdict = replace(verdict, statement=None)
    if verdict.id in decided or judged is None:
        return verdict
    if judged in stale and verdict.check == "quote":
        return replace(verdict, doubt=verdict.doubt or STALE)
    return verdict


def _holds(attribution: Attribution, verdict: Verdict) -> bool:
    return all(any(part.contains(span) for part in attribution.content) for span in verdict.spans)
