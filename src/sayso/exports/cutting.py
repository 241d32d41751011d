"""The record cut to some of its statements: what an export of a query's result holds of an article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sayso.documents import Article, Span
from sayso.errors import NoSuchEntry
from sayso.records import Attribution
from sayso.verdicts import FigureVerdict, HeadlineVerdict, QuoteVerdict, Verdict


def only(article: Article, statement_ids: Iterable[str]) -> Article:
    """The article with its whole text, and of its layers what belongs to the statements of these (local) ids.

    That is: their attributions; those they lie inside, with the statements that these report; who speaks or is talked
    about in them; the relations, figures and verdicts between and of what is left, with the transcripts that these
    verdicts name. The article that was given stays as it is.

    Raises NoSuchEntry for an id that the article does not have.
    """
    wanted = set(statement_ids)
    known = {each.id for each in article.statements}
    for missing in sorted(wanted - known):
        raise NoSuchEntry("statement", missing, advice=f"Article {article.id} has {len(known)} of them")
    asked = {name for each in article.statements if each.id in wanted for name in each.attributions}
    kept = _with_outer(article, asked)
    attributions = [each for each in article.attributions if each.id in kept]
    statements = [
        replace(each, attributions=[name for name in each.attributions if name in kept])
        for each in article.statements
        if each.id in wanted or any(name in kept for name in each.attributions)
    ]
    left = {each.id for each in statements}
    heard = {each.speaker for each in attributions} | {each.speaker for each in statements}
    heard |= {each.speaker for attribution in attributions for each in attribution.candidates}
    named = heard | {name for each in attributions for name in each.about}
    verdicts = [each for each in article.verdicts if _is_of(each, kept, left)]
    return replace(
        article,
        attributions=attributions,
        statements=statements,
        # Who is talked about in what is left and speaks elsewhere only stays among the speakers: ids keep their place.
        speakers=[each for each in article.speakers if each.id in named],
        mentioned=[each for each in article.mentioned if each.id in named],
        relations=[each for each in article.relations if each.from_ in left and each.to in left],
        figures=[each for each in article.figures if _has(each.span, each.id, attributions, verdicts)],
        verdicts=verdicts,
        transcripts=[each for each in article.transcripts if each.id in _transcripts_of(verdicts)],
    )


def _with_outer(article: Article, names: set[str]) -> set[str]:
    inside = {each.id: each.inside for each in article.attributions}
    kept: set[str] = set()
    for name in names:
        at: str | None = name
        while at is not None and at in inside and at not in kept:
            kept.add(at)
            at = inside[at]
    return kept


def _is_of(verdict: Verdict, attributions: set[str], statements: set[str]) -> bool:
    if isinstance(verdict, HeadlineVerdict) and verdict.statement is not None:
        return verdict.statement in statements
    return verdict.attribution in attributions


def _has(span: Span, name: str, attributions: list[Attribution], verdicts: list[Verdict]) -> bool:
    within = any(part.contains(span) for each in attributions for part in each.content)
    return within or any(isinstance(each, FigureVerdict) and name in each.figures for each in verdicts)


def _transcripts_of(verdicts: list[Verdict]) -> set[str]:
    quotes = [each for each in verdicts if isinstance(each, QuoteVerdict)]
    found = {passage.transcript for each in quotes for passage in each.passages}
    return found | {other.transcript for each in quotes for other in each.elsewhere}
