"""Who in the body says what a headline claims: the speaker whom it names, somebody else, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.checks.headlines.claims import Claim
from sayso.checks.headlines.quoting import quoted_at
from sayso.checks.headlines.setting import Passage, Setting
from sayso.checks.headlines.support import Support, sentences_with, statements_with, support_of
from sayso.checks.headlines.terms import Term
from sayso.checks.headlines.voices import Voice, statements_of
from sayso.checks.words import Words, words_of
from sayso.documents import Span
from sayso.records import Attribution
from sayso.statements.wording import is_stopword
from sayso.verdicts import Finding

_ELSEWHERE = 0.6
"""Of a claim's terms, how many somebody else's statement must have to be the one that is meant."""
_NEARLY = 0.7
"""The same where the speaker says something like it: each term by its weight,"""
_APART = 0.3
"""and how many more than the speaker's nearest statement;"""
_VERY = 0.85
"""and where there is no doubt of it: how many,"""
_FAR = 0.4
"""and how many more."""
_CLEAR = 0.6
"""Of a claim's terms, how many a statement must have to be surely the one that is repeated."""
_TOLD = 0.5
"""Of a claim's terms, how many a sentence must have that tells it without saying who said so."""
_TRACE = 0.2
"""Of a claim's terms, how many in one statement are enough for a doubt,"""
_SPREAD = 0.34
"""and how many anywhere in the body."""
_FEW = 3
"""Terms of a claim below which too little is left to tell that nothing carries it."""
_QUOTE = 3
"""Words of a quotation that tell whose it is."""


@dataclass(slots=True)
class Judged:
    """A claim with what it is judged by."""

    claim: Claim
    voice: Voice
    words: Words
    """Of the whole line."""
    forms: list[str]
    """Of the claim alone."""
    terms: list[Term]
    marked: list[Span]
    """Its stretches in quotation marks."""


def carrying(judged: Judged, setting: Setting) -> tuple[list[Passage], Support]:
    """The passages of who is meant, and how they carry the claim; with those of who may be meant where these do not.

    Whom the body calls by a description alone it may call by name elsewhere: then anybody's clear statement counts.
    """
    voice = judged.voice
    passages = setting.passages_of(statements_of(voice.speakers, setting))
    support = support_of(judged.terms, passages, setting, judged.forms)
    if support.is_enough and not voice.is_body:
        return passages, support
    if voice.others:
        passages = setting.passages_of(statements_of([*voice.speakers, *voice.others], setting))
        support = support_of(judged.terms, passages, setting, judged.forms)
    if support.is_enough or (voice.by_name and voice.speakers and setting.is_named(voice.speakers[0])):
        return passages, support
    anybody = setting.passages_of(setting.attributions)
    wider = support_of(judged.terms, anybody, setting, judged.forms)
    if wider.is_enough and (wider.share >= _CLEAR or not (voice.speakers or voice.others)):
        return [each for each in anybody if each.attribution.speaker == wider.best[0].attribution.speaker], wider
    return passages, support


def quoted_from(judged: Judged, support: Support, setting: Setting) -> Finding | None:
    """That the words in marks are quoted in the body from somebody else; from the speaker, they carry the claim."""
    voice = judged.voice
    known = bool(voice.speakers) and not voice.is_body and setting.is_named(voice.speakers[0])
    for inner in judged.marked:
        if len(words_of(setting.text, [inner])) < _QUOTE:
            continue
        saying = [(place, each) for place in quoted_at(inner, setting) for each in setting.saying(place)]
        own = [
            (place, each)
            for place, each in saying
            if not known or _may_be(each, voice.speakers) or not setting.is_named(each.speaker)
        ]
        if own:
            place, attribution = own[0]
            support.best = [each for each in setting.passages_of([attribution]) if each.span.overlaps(place)]
            support.same_words = True
        elif saying:
            place, attribution = saying[0]
            why = f"The body quotes {_source(attribution, setting)} with these words, not the speaker named here."
            doubt = "the two may speak for one another" if attribution.speaker in voice.others else None
            return Finding("unsupported", [inner], [place], why, doubt or _points(attribution, setting))
    return None


def _may_be(attribution: Attribution, speakers: Sequence[str]) -> bool:
    """Whether one of these speakers may be an attribution's."""
    return attribution.speaker in speakers or any(each.speaker in speakers for each in attribution.candidates)


def _strangers(voice: Voice, setting: Setting) -> list[Attribution]:
    """What the body has others say, by name, who cannot be the one that a claim is given to."""
    return [
        each
        for each in setting.attributions
        if each.inside is None
        and each.speaker not in voice.others
        and not _may_be(each, voice.speakers)
        and setting.is_named(each.speaker)
    ]


def _points(attribution: Attribution, setting: Setting) -> str | None:
    """The doubt whose words they are where a pronoun tells, or nothing does."""
    words = [form for span in attribution.source for form in words_of(setting.text, [span]).forms]
    return "it is a pronoun that tells whose words they are" if all(is_stopword(form) for form in words) else None


def said_by_another(judged: Judged, support: Support, setting: Setting) -> Finding | None:
    """That somebody else says in the body, nearly word by word, what the speaker named here does not come near to."""
    voice = judged.voice
    if voice.presence != "named" or voice.is_body or not voice.by_name or len(judged.terms) < _FEW:
        return None
    if not voice.speakers or not setting.is_named(voice.speakers[0]) or support.same_words:
        return None
    mine = {*voice.speakers, *voice.others}
    strangers = [each for each in _strangers(voice, setting) if each.polarity == judged.claim.polarity]
    found = statements_with(judged.terms, setting.passages_of(strangers), weighed=True)
    own = statements_with(judged.terms, setting.passages_of(statements_of(mine, setting)), weighed=True)
    nearest = own[0][0] if own else 0.0
    if not found or found[0][0] < _NEARLY or found[0][0] - nearest < _APART:
        return None
    who = _source(found[0][1].attribution, setting)
    why = f"No statement of that speaker in the body says this; it has {who} say it."
    sure = found[0][0] >= _VERY and found[0][0] - nearest >= _FAR
    doubt = _points(found[0][1].attribution, setting) if sure else "the speaker may say so too"
    return Finding("unsupported", list(judged.claim.content), [found[0][1].span], why, doubt)


def not_carried(judged: Judged, support: Support, setting: Setting) -> Finding | None:
    """What to say of a claim that no statement of its speaker carries; None where the body may still bear it out."""
    terms, voice = judged.terms, judged.voice
    if len(terms) < 2:
        return None
    content = list(judged.claim.content)
    others = statements_with(terms, setting.passages_of(_strangers(voice, setting)))
    told = sentences_with(terms, setting)
    best = told[0][0] if told else 0.0
    if others and others[0][0] >= max(_ELSEWHERE, best) and voice.presence == "named" and voice.speakers:
        clear = others[0][0] > 0.7 and len(terms) >= _FEW and setting.is_named(voice.speakers[0]) and not voice.is_body
        who = _source(others[0][1].attribution, setting)
        why = f"No statement of that speaker in the body says this; it has {who} say it."
        doubt = _points(others[0][1].attribution, setting) if clear else "the speaker may say so too"
        return Finding("unsupported", content, [others[0][1].span], why, doubt)
    if best >= _TOLD:
        return None
    doubt = None
    if len(terms) < _FEW:
        doubt = "the headline has too few words to tell"
    elif support.share > _TRACE or best > _TRACE or sum(bool(term.matches) for term in terms) > _SPREAD * len(terms):
        doubt = "the body may say so in other words"
    elif not support.best:
        doubt = "the body may tell it without naming the speaker"
    why = "No statement of that speaker in the body says this."
    return Finding("unsupported", content, support.evidence, why, doubt)


def unknown(judged: Judged, setting: Setting, doubt: str | None = None) -> Finding:
    """That the body has nobody who could be the source, and who says it there if somebody does."""
    source = list(judged.claim.source)
    name = " ".join(span.of(setting.text) for span in source)
    why = f'The body has nobody called "{name}".'
    others = statements_with(judged.terms, setting.passages_of(setting.attributions))
    if not others or others[0][0] < _ELSEWHERE:
        return Finding("unknown speaker", source, [], why, doubt)
    who = _source(others[0][1].attribution, setting)
    return Finding("unknown speaker", source, [others[0][1].span], f"{why} It has {who} say this.", doubt)


def _source(attribution: Attribution, setting: Setting) -> str:
    known = setting.speakers.get(attribution.speaker or "")
    if known is not None and setting.is_named(known.id):
        return known.name
    return " ".join(attribution.source[0].of(setting.text).split()) if attribution.source else "somebody else"
