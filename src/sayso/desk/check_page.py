"""The report of a check as its page shows it: findings, and article and transcript side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sayso.checks.contract import FAIL_ON
from sayso.desk.corrected import Remark
from sayso.documents import Article
from sayso.exports.checkcards import finding, is_brief, ordered
from sayso.exports.checkparts import WEIGHTS, Sheet, counted, headings, outcome
from sayso.exports.checksides import article_side, transcript_sides
from sayso.exports.outline import title_of
from sayso.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Choice:
    """A verdict that findings have, as one to filter by."""

    value: str
    weight: str
    count: int
    chosen: bool


@dataclass(slots=True)
class Found:
    """One finding."""

    number: int
    id: str
    """Of its verdict in the record."""
    weight: str
    value: str
    brief: bool
    doubtful: bool
    shown: Markup
    hidden: bool
    attribution: str
    remarks: Sequence[Remark]


class CheckPage:
    """The parts of the report; `show` are the verdicts that are asked for, none for all."""

    def __init__(
        self, article: Article, *, show: Sequence[str] = (), remarks: Mapping[str, Sequence[Remark]] | None = None
    ) -> None:
        self.article = article
        self.title = title_of(article)
        self.sheet = Sheet(article, 1, 1, FAIL_ON)
        self.outcome = outcome(article, FAIL_ON)
        self.counted = counted(article)
        told = remarks or {}
        found = ordered(self.sheet)
        values = Counter(map(self.sheet.label, found))
        self.show = [each for each in show if each in values]
        self.findings = [self._found(each, told) for each in found]
        weights = {each.value: each.weight for each in reversed(self.findings)}
        self.choices = [
            Choice(value, weights[value], count, value in self.show)
            for value, count in sorted(values.items(), key=lambda each: (WEIGHTS.index(weights[each[0]]), each[0]))
        ]
        # All of the article before the transcripts: each anchor is given once, where its words stand first.
        self.sides = _safe(article_side(self.sheet)) + _safe(transcript_sides(self.sheet))
        self.has_transcript = any(self.sheet.is_shown(each) for each in article.transcripts)
        shown = {each.value for each in article.verdicts}
        self.contract = [(value, when, value in shown) for value, when in headings().items()]

    def _found(self, verdict: Verdict, remarks: Mapping[str, Sequence[Remark]]) -> Found:
        value, told = self.sheet.label(verdict), remarks.get(verdict.id, ())
        # Where somebody thought otherwise, what the two texts have is shown whatever the verdict is now.
        brief = is_brief(self.sheet, verdict) and not told
        return Found(
            number=self.sheet.number(verdict),
            id=verdict.id,
            weight=self.sheet.weight(verdict),
            value=value,
            brief=brief,
            doubtful=verdict.doubt is not None,
            shown=_safe(finding(self.sheet, verdict, brief=brief)),
            hidden=bool(self.show) and value not in self.show,
            attribution=verdict.attribution or "",
            remarks=told,
        )


def _safe(html: str) -> Markup:
    """What the exports made for their pages: they escape all that comes from outside, and write no script, no style
    and no handler. The only place where the desk takes HTML for safe that no template of its own made."""
    return Markup(html)
