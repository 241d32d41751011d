"""Who in the body a headline's source is: somebody who speaks there, somebody who may be meant, or nobody.

A title, a nickname or a capital may stand for somebody whom the body calls by name. So only a name of which the body
has no word is surely absent; a role that nobody there fills is doubted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from sayso.checks.headlines.claims import Claim
from sayso.checks.headlines.setting import Setting
from sayso.checks.headlines.terms import are_kin, is_name, without_possessive
from sayso.checks.words import words_of
from sayso.documents import Span
from sayso.records import Attribution, Speaker
from sayso.speakers.lists import country_of, country_of_adjective, metonym
from sayso.speakers.names import folded, one_letter_apart
from sayso.statements.wording import is_stopword, stem
from sayso.wordlists import classes_of

_ROLES = Path(__file__).parents[1] / "data" / "headline_roles.tsv"
_LIKELY = 0.2
"""The chance from which a candidate may be the speaker of an attribution."""

Presence = Literal["named", "likely", "unsure", "absent"]
"""`named`: the body has the name or the system knows who is meant; `likely`: somebody there fills the role; `unsure`:
nobody clearly does; `absent`: the body has no word of the name."""


@dataclass(slots=True)
class Voice:
    """Who a headline's source is in the body."""

    presence: Presence
    speakers: list[str] = field(default_factory=list)
    """Ids of those who are meant, the likeliest first."""
    others: list[str] = field(default_factory=list)
    """Ids of those who may be meant as well, or may speak for them."""
    by_name: bool = True
    """Whether the headline names them, and not a role alone."""
    is_body: bool = False
    """Whether several may speak for it: an organisation, a state, a report."""


def voice_of(claim: Claim, setting: Setting) -> Voice:
    """Who in the body is meant by the source of a claim."""
    words = [
        (without_possessive(form), span)
        for form, span in _words(setting.text, claim.source)
        if not is_stopword(without_possessive(form))
    ]
    names = [form for form, span in words if is_name(form, span.of(setting.text))]
    roles = [form for form, _ in words if form not in names]
    resolved = _in_body(setting, claim.speaker) or next(
        (each for each in claim.candidates if _in_body(setting, each)), None
    )
    found = [form for form in names if _has_name(setting, form)]
    country = _country(setting.text, claim)
    others = _named_by(setting, found)
    if country is not None:
        others += _of_country(setting, country)
    if not _fills(setting, resolved, roles) and (roles or not found):
        others += _in_role(setting, roles)
    if resolved and roles and not names and country is None and not _may_fill(setting, resolved, roles):
        others.append(resolved)
        resolved = None
    speakers = [resolved] if resolved else others[:1] if found else []
    others = [each for each in _unique(others) if each not in speakers]
    is_body = not speakers or setting.speakers[speakers[0]].kind != "person"
    if found or (country is not None and (speakers or others or _mentions_country(setting, country))):
        return Voice("named", speakers, others, bool(names), is_body)
    if names:
        initials = any(len(form) <= 5 and span.of(setting.text).isupper() for form, span in words)
        presence: Presence = "named" if resolved and initials else "unsure" if resolved else "absent"
        return Voice(presence, speakers, others, True, is_body)
    if resolved:
        return Voice("named", speakers, others, bool(names), is_body)
    if others or not roles or any(_stands_in_body(setting, form) for form in roles):
        return Voice("likely", [], others, False, is_body)
    return Voice("unsure")


def statements_of(ids: Iterable[str], setting: Setting) -> list[Attribution]:
    """What these speakers say below the headline, and what may be theirs."""
    wanted = set(ids)
    return [
        each
        for each in setting.attributions
        if each.speaker in wanted
        or (each.speaker is None and any(c.speaker in wanted and c.score >= _LIKELY for c in each.candidates))
    ]


def _words(text: str, spans: Iterable[Span]) -> list[tuple[str, Span]]:
    words = words_of(text, sorted(spans))
    return [(form, Span(words.starts[at], words.ends[at])) for at, form in enumerate(words.forms)]


def _in_body(setting: Setting, speaker: str | None) -> str | None:
    known = setting.speakers.get(speaker or "")
    return speaker if known and any(span.start >= setting.line.end for span in known.mentions) else None


def _has_name(setting: Setting, form: str) -> bool:
    """Whether the body has the name, a longer form of it ("Dems"), or one that differs by a slip of the pen."""
    if stem(form) in setting.body.places:
        return True
    short = form.removesuffix("s")
    if len(short) >= 3 and any(other.startswith(short) for other in setting.body.places):
        return True
    plain = folded(form)
    return any(
        folded(other) == plain or (len(plain) > 4 and other[:1] == plain[:1] and one_letter_apart(plain, folded(other)))
        for other in _name_words(setting)
    )


def _name_words(setting: Setting) -> set[str]:
    return {form for each in setting.speakers.values() if _in_body(setting, each.id) for form in _name_of(each)}


def _name_of(speaker: Speaker) -> list[str]:
    return [without_possessive(form) for form in words_of(speaker.name).forms]


def _named_by(setting: Setting, names: list[str]) -> list[str]:
    """The speakers in whose names or titles the words stand: the bearer first, then who may speak for it."""
    wanted = {folded(form) for form in names}
    wanted |= {folded(each) for form in names for each in _derived(setting, form)}
    bearers = [each.id for each in setting.speakers.values() if wanted & {folded(form) for form in _name_of(each)}]
    voices = [
        each.id
        for each in setting.article.speakers
        if each.id not in bearers and wanted & {folded(form) for form in _described(setting, each)}
    ]
    return bearers + voices


def _derived(setting: Setting, name: str) -> list[str]:
    """What the body derives from a name: "Karsovian" of "Karsovia"."""
    places = setting.body.matches(name)
    return [setting.words.forms[place] for place, how in places.items() if how == "form"]


def _described(setting: Setting, speaker: Speaker) -> list[str]:
    """The words by which the body describes a speaker: titles and mentions."""
    if speaker.id not in setting.described:
        setting.described[speaker.id] = _describe(setting, speaker)
    return setting.described[speaker.id]


def _describe(setting: Setting, speaker: Speaker) -> list[str]:
    words = [
        form
        for title in speaker.titles
        if setting.text.find(title, setting.line.end) >= 0
        for form in words_of(title).forms
    ]
    for span in speaker.mentions:
        if span.start >= setting.line.end:
            first, end = setting.range_of(span)
            # "Ola Berg, a spokesman for the union, said"
            apposed = setting.text[span.end : span.end + 2] == ", "
            words += setting.words.forms[first : end + 10 if apposed else end]
    return list(dict.fromkeys(without_possessive(form) for form in words))


def _in_role(setting: Setting, roles: list[str]) -> list[str]:
    """The speakers whom the body describes by the words of a role, or by others for the same."""
    return [each.id for each in setting.article.speakers if _may_fill(setting, each.id, roles)]


def _fills(setting: Setting, speaker: str | None, roles: list[str]) -> bool:
    """Whether a person's own titles are the very words of a role, so that nobody else need be meant."""
    known = setting.speakers.get(speaker or "")
    if known is None or known.kind != "person" or not roles:
        return False
    described = {stem(form) for form in _described(setting, known)}
    return all(stem(role) in described for role in roles)


def _may_fill(setting: Setting, speaker: str, roles: list[str]) -> bool:
    """Whether the body calls a speaker by a word of a role, or by another for it."""
    described = _described(setting, setting.speakers[speaker])
    return any(_same_role(role, other) for role in roles for other in described)


def _same_role(one: str, other: str) -> bool:
    if stem(one) == stem(other) or are_kin(one, other):
        return True
    groups = _role_groups(one)
    return bool(groups) and not groups.isdisjoint(_role_groups(other))


@cache
def _role_groups(word: str) -> frozenset[str]:
    classes = classes_of(_ROLES)
    found = classes.get(word) or classes.get(word.removesuffix("s")) or frozenset()
    return frozenset(each for each in found if each.startswith("same "))


def _stands_in_body(setting: Setting, form: str) -> bool:
    """Whether the body has the word, or one for the same role, at all."""
    if setting.body.matches(form):
        return True
    groups = _role_groups(form)
    return bool(groups) and any(not groups.isdisjoint(_role_groups(other)) for other in set(setting.words.forms))


def _country(text: str, claim: Claim) -> str | None:
    """The country for which a source stands: a capital, a state, a people."""
    for span in claim.source:
        whole = span.of(text)
        found = metonym(whole)
        if found is not None:
            return country_of(found) or found.stands_for
        for word in whole.split():
            country = country_of_adjective(word)
            if country is not None:
                return country
    return None


def _of_country(setting: Setting, country: str) -> list[str]:
    """The speakers who belong to a country: by what they stand for, or by an adjective or name in their titles."""
    found = []
    last = country.lower().rpartition(" ")[2]
    for each in setting.article.speakers:
        described = _described(setting, each)
        stands = country in (each.stands_for or "") or last in described
        if stands or any(country_of_adjective(word.title()) == country for word in described):
            found.append(each.id)
    return found


def _mentions_country(setting: Setting, country: str) -> bool:
    return any(
        country in (each.stands_for or "") or country_of_adjective(each.name) == country
        for each in setting.speakers.values()
    ) or any(
        country_of_adjective(setting.text[start:end]) == country
        for start, end in zip(setting.words.starts, setting.words.ends, strict=True)
        if setting.text[start].isupper()
    )


def _unique(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))
