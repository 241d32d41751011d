"""Statements: what each attribution commits to, which attributions are one utterance, and how utterances relate."""

from __future__ import annotations

from collections.abc import Mapping

from sayso.documents import Article
from sayso.records import Act, Commitment

__all__ = ["compose"]


def compose(article: Article, *, learned: Mapping[str, tuple[Act, Commitment]] | None = None) -> None:
    """Fill `article.statements` and `article.relations`, and of every attribution act, stance, polarity and occasion.

    The attributions must have their speakers. `learned` gives, by attribution id, the classes of cues that the lexicon
    may lack.
    """
    from sayso.statements.cues import judge_cues
    from sayso.statements.merging import compose_statements
    from sayso.statements.occasion import find_occasions
    from sayso.statements.relations import relate_statements
    from sayso.statements.reports import reports_of

    judge_cues(article, learned=learned)
    find_occasions(article)
    reports = reports_of(article)
    article.statements = compose_statements(article, reports=reports)
    article.relations = relate_statements(article, reports=reports)
