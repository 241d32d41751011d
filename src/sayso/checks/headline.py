"""Whether the body bears out the headline: who is named, what he is said to say, how strongly, and in whose words.

A headline is short, and its conventions are no faults: present tense for the past, "to" for the future, no articles,
commas for "and". Held against it is only what the body speaks against, and where another reading clears it, it is
cleared or the finding carries its doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.checks.headlines.claims import Claim, claims_of
from sayso.checks.headlines.modality import Tokens, is_modal
from sayso.checks.headlines.quoting import unquoted_in
from sayso.checks.headlines.setting import Passage, Setting
from sayso.checks.headlines.strength import Claimed, Told, strength_of
from sayso.checks.headlines.support import Support, own_words, sentences_with, statements_with, support_of
from sayso.checks.headlines.terms import Term, terms_of
from sayso.checks.headlines.voices import Voice, statements_of, voice_of
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
_ELSEWHERE = 0.6
"""Of a claim's terms, how many somebody else's statement must have to be the one that is meant."""
_CLEAR = 0.6
"""Of an unattributed headline's terms, how many a sentence must have to be the one that it repeats."""
_TOLD = 0.5
"""Of a claim's terms, how many a sentence must have that tells it without saying who said so."""
_TRACE = 0.2
"""Of a claim's terms, how many are enough for a doubt."""
_FEW = 3
"""Terms of a claim below which too little is left to tell that nothing carries it."""


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
        verdict.findings += _judge(claim, line, setting, verdict)
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


def _judge(claim: Claim, line: Span, setting: Setting, verdict: HeadlineVerdict) -> Iterator[Finding]:
    """The findings on one attribution of the headline; sets speaker, attribution and statement of the verdict."""
    voice = voice_of(claim, setting) if claim.source else Voice("likely")
    first = verdict.attribution is None
    if first:
        verdict.attribution = claim.attribution
        verdict.speaker = voice.speakers[0] if voice.speakers else None
    words = words_of(setting.text, [line])
    inside = [at for at, start in enumerate(words.starts) if any(s.start <= start < s.end for s in claim.content)]
    terms = [term for term in terms_of(words, inside, setting.body) if not is_modal(term.form)]
    if voice.presence == "absent":
        yield _unknown(claim, terms, setting)
        return
    passages, support = _carrying(terms, voice, setting)
    if voice.presence == "unsure" and support.share < _CLEAR:
        yield _unknown(claim, terms, setting, doubt="another word in the body may stand for the same")
        return
    if not support.is_enough:
        finding = _not_carried(claim, terms, voice, support, setting)
        if finding is not None:
            yield finding
            return
    elif first:
        verdict.statement = _statement_of(support, setting)
    findings = list(strength_of(Claimed(words, Tokens.of(words), terms, words.forms), _told(passages, setting)))
    if support.is_enough:
        findings += _own_words(terms, passages, support, setting)
    yield from findings
    if support.best and all(each.kind == "own words" and each.doubt for each in findings):
        yield Finding("supported", list(claim.content), support.evidence, "The body has the speaker say so.")


def _carrying(terms: Sequence[Term], voice: Voice, setting: Setting) -> tuple[list[Passage], Support]:
    """The passages of who is meant, and how they carry the terms; with those of who may be meant where these do not."""
    passages = setting.passages_of(statements_of(voice.speakers, setting))
    support = support_of(terms, passages, setting)
    if support.is_enough and not voice.is_body:
        return passages, support
    wider = setting.passages_of(
        statements_of([*voice.speakers, *voice.others], setting)
        if voice.speakers or voice.others
        else setting.attributions
    )
    return wider, support_of(terms, wider, setting)


def _told(passages: Sequence[Passage], setting: Setting) -> Told:
    return Told(setting.words, setting.tokens, [(each.first, each.end) for each in passages])


def _statement_of(support: Support, setting: Setting) -> str | None:
    wanted = support.best[0].attribution.id
    return next((each.id for each in setting.article.statements if wanted in each.attributions), None)


def _unknown(claim: Claim, terms: Sequence[Term], setting: Setting, doubt: str | None = None) -> Finding:
    """That the body has nobody who could be the source, and who says it there if somebody does."""
    name = " ".join(span.of(setting.text) for span in claim.source)
    why = f'The body has nobody called "{name}".'
    others = statements_with(terms, setting.passages_of(setting.attributions))
    if not others or others[0][0] < _ELSEWHERE:
        return Finding("unknown speaker", list(claim.source), [], why, doubt)
    source = others[0][1].attribution.source
    who = source[0].of(setting.text) if source else "another"
    return Finding("unknown speaker", list(claim.source), [others[0][1].span], f"{why} It has {who} say this.", doubt)


def _not_carried(
    claim: Claim, terms: Sequence[Term], voice: Voice, support: Support, setting: Setting
) -> Finding | None:
    """What to say of a claim that no statement of its speaker carries; None where the body may still bear it out."""
    if len(terms) < 2:
        return None
    mine = {*voice.speakers, *voice.others}
    strangers = [
        each
        for each in setting.attributions
        if each.inside is None and each.speaker not in mine and setting.is_named(each.speaker)
    ]
    others = statements_with(terms, setting.passages_of(strangers))
    told = sentences_with(terms, setting)
    best = told[0][0] if told else 0.0
    if others and others[0][0] >= max(_ELSEWHERE, best) and voice.presence == "named" and voice.speakers:
        attribution = others[0][1].attribution
        who = attribution.source[0].of(setting.text) if attribution.source else "somebody else"
        clear = others[0][0] > 0.7 and len(terms) >= _FEW and setting.is_named(voice.speakers[0])
        why = f"No statement of that speaker in the body says this; it has {who} say it."
        doubt = None if clear else "the speaker may say so too"
        return Finding("unsupported", list(claim.content), [others[0][1].span], why, doubt)
    if best >= _TOLD:
        return None
    doubt = None
    if len(terms) < _FEW:
        doubt = "the headline has too few words to tell"
    elif support.share > _TRACE or best > _TRACE:
        doubt = "the body may say so in other words"
    elif not support.best:
        doubt = "the body may tell it without naming the speaker"
    why = "No statement of that speaker in the body says this."
    return Finding("unsupported", list(claim.content), support.evidence, why, doubt)


def _own_words(
    terms: Sequence[Term], passages: Sequence[Passage], support: Support, setting: Setting
) -> Iterator[Finding]:
    """The words that are the outlet's, those without a doubt together and those with one together."""
    found = own_words(terms, passages, support.best, setting)
    for doubt in dict.fromkeys(doubt for _, doubt in found):
        own = [term for term, each in found if each == doubt]
        listed = ", ".join(f'"{term.span.of(setting.text)}"' for term in own)
        evidence = [
            setting.words.span(place, place + 1)
            for term in own
            for place in [at for at, how in term.matches.items() if how == "form"][:1]
        ]
        why = f"No statement of that speaker in the body has {listed}: the outlet's own word{'s' * (len(own) > 1)}."
        yield Finding("own words", [term.span for term in own], evidence, why, doubt)


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
    findings = list(strength_of(Claimed(words, Tokens.of(words), terms, words.forms), told))
    yield from findings
    if not findings:
        first, end = clear[0]
        yield Finding("supported", [line], [setting.words.span(first, end)], "A sentence of the body says so.")
