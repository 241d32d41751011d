"""Whether the body bears out the headline: who is named, what he is said to say, how strongly, and in whose words.

A headline is short, and its conventions are no faults: present tense for the past, "to" for the future, no articles,
commas for "and". Held against it is only what the body speaks against, and where another reading clears it, it is
cleared or the finding carries its doubt.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.checks.headlines.attributed import judge
from sayso.checks.headlines.claims import claims_of
from sayso.checks.headlines.modality import Tokens, is_modal
from sayso.checks.headlines.quoting import marked_in, unquoted_in
from sayso.checks.headlines.setting import Setting
from sayso.checks.headlines.strength import Claimed, Told, strength_of
from sayso.checks.headlines.support import sentences_with
from sayso.checks.headlines.terms import terms_of
from sayso.checks.words import words_of
from sayso.documents import Article, Span
from sayso.verdicts import Finding, HeadlineFinding, HeadlineVerdict

GRAVITY: tuple[HeadlineFinding, ...] = (
    "unknown speaker",
    "unsupported",
    "unquoted",
    "stronger",
    "hedge dropped",
    "weaker",
    "own words",
    "supported",
)
"""The kinds of findings, the gravest first."""
_CLEAR = 0.6
"""Of an unattributed headline's terms, how many a sentence must have to be the one that it repeats."""
_FEW = 3
"""Terms of an unattributed headline below which no sentence can be told to be the one."""


def check_headline(article: Article) -> list[HeadlineVerdict]:
    """The verdict on the headline, and one on the standfirst where there is something to say of its quotation marks.

    Empty where there is no headline, or nothing in it that can be judged: no claim, no quotation, and no sentence of
    the body that it repeats.
    """
    if article.headline is None or not article.headline.of(article.text).strip():
        return []
    setting = Setting(article)
    if not len(setting.words):
        return []
    verdicts = []
    headline = _verdict("h1", article.headline, setting)
    if headline is not None:
        verdicts.append(headline)
    if article.standfirst is not None:
        findings = list(unquoted_in(article.standfirst, setting, below=article.standfirst.end))
        if findings:
            verdicts.append(_concluded(HeadlineVerdict("h2", [article.standfirst], findings=findings)))
    return verdicts


def _verdict(name: str, line: Span, setting: Setting) -> HeadlineVerdict | None:
    verdict = HeadlineVerdict(name, [line])
    claims = claims_of(setting.article, line)
    for claim in claims:
        verdict.findings += judge(claim, line, setting, verdict)
    if not claims:
        verdict.findings += _unattributed(line, setting)
    verdict.findings += unquoted_in(line, setting)
    return _concluded(verdict) if verdict.findings else None


def _concluded(verdict: HeadlineVerdict) -> HeadlineVerdict:
    """The verdict with the gravest of its findings as its value: of those without a doubt, if there are any.

    Words of the outlet's own that may stand for others make a sound headline no worse.
    """
    verdict.findings.sort(key=lambda each: (GRAVITY.index(each.kind), each.doubt is not None, each.spans))
    sure = [each for each in verdict.findings if each.doubt is None]
    grave = [each for each in verdict.findings if each.kind not in ("own words", "supported")]
    gravest = next(iter([each for each in sure if each in grave] or grave or sure or verdict.findings))
    verdict.value, verdict.why, verdict.doubt = gravest.kind, gravest.why, gravest.doubt
    return verdict


def _unattributed(line: Span, setting: Setting) -> Iterator[Finding]:
    """What to say of a headline that names nobody: how strongly it repeats the sentences of the body that say it."""
    words = words_of(setting.text, [line])
    terms = [term for term in terms_of(words, range(len(words)), setting.body) if not is_modal(term.form)]
    if len(terms) < _FEW:
        return
    clear = [stretch for share, stretch in sentences_with(terms, setting) if share >= _CLEAR]
    if not clear:
        return
    told = Told(setting.words, setting.tokens, clear)
    marked = marked_in(line, setting.text)
    plain = [term for term in terms if not any(each.contains(term.span) for each in marked)]
    around = [*words.forms, "?"] if "?" in line.of(setting.text) else words.forms
    findings = list(strength_of(Claimed(words, Tokens.of(words), plain, around), told))
    yield from findings
    if not findings:
        first, end = clear[0]
        yield Finding("supported", [line], [setting.words.span(first, end)], "A sentence of the body says so.")
