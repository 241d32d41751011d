"""What a speaker of one article is looked up by in the archive, and what is kept of it there.

Nothing here knows an archive. Who has no name of its own has no keys, and so is nobody else's in any other article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sayso.archive.people.naming import (
    acronym_of,
    fold_name,
    is_acronym,
    is_common_word,
    is_described,
    is_local_word,
    is_pronoun,
    is_sole_word,
    organisation_name,
    person_keys,
    person_lookups,
    person_name,
)
from sayso.archive.people.profiles import Profile, profile_of
from sayso.archive.people.roles import is_party_member
from sayso.documents import Article, Span
from sayso.records import Speaker
from sayso.speakers.lists import country_of_adjective, metonym, noun_class, title_class

_ENDS_SENTENCE = frozenset(".!?:\n\"'“‘«")
_BETWEEN = 32
"""Characters that may stand between a title and the name."""
_GOVERNMENTS = ("government", "administration", "cabinet", "authorities")


@dataclass(slots=True)
class Local:
    """A speaker of one article, as the archive sees it."""

    id: str
    name: str
    kind: str
    shown: str
    """The name that a new speaker of the archive gets."""
    stands_for: str | None = None
    lookups: list[str] = field(default_factory=list)
    """The keys to be looked up, the surest first; empty of one who is never joined over articles."""
    keys: list[str] = field(default_factory=list)
    unsure_keys: list[str] = field(default_factory=list)
    """What is kept instead where it is not clear which of several it is."""
    profile: Profile = field(default_factory=Profile)
    surname_only: bool = False
    why_joined: str = "the same name"
    why_alone: str = "it has no name of its own"

    @property
    def may_be_copied(self) -> bool:
        """Whether it has a name that is too little by itself, and so is to be looked for in copies of the text."""
        return self.surname_only or self.why_alone == _LONE_SURNAME


_SOMEBODYS = "a surname that the article has for somebody"
_LONE_SURNAME = "a surname alone, with no title"


def locals_of(article: Article, *, outlet: str | None) -> list[Local]:
    """All speakers of an article, those talked about included, as the archive sees them."""
    day = article.published or (article.dateline.date if article.dateline else None)
    year = day.year if isinstance(day, date) else None
    persons = [each for each in (*article.speakers, *article.mentioned) if each.kind == "person"]
    surnames = {person_name(each.name).surname for each in persons}
    found = []
    for speaks, speakers in ((True, article.speakers), (False, article.mentioned)):
        for each in speakers:
            if each.kind != "person" and fold_name(each.name) in surnames and not is_acronym(each.name):
                found.append(Local(each.id, each.name, each.kind, each.name, why_alone=_SOMEBODYS))
                continue
            written = _Written(article.text, each.mentions)
            found.append(_local(each, written, year=year, outlet=outlet, speaks=speaks))
    return found


class _Written:
    """How an article writes a speaker's name."""

    def __init__(self, text: str, mentions: Iterable[Span]) -> None:
        self.text = text
        self.mentions = list(mentions)

    def names(self, name: str) -> bool:
        """Whether a name stands somewhere as a name, with its capital, and not only at the start of a sentence."""
        for span in self.mentions:
            at = span.of(self.text).find(name)
            if at < 0:
                continue
            before = self.text[: span.start + at].rstrip(" (") if at == 0 else "x"
            if before and before[-1] not in _ENDS_SENTENCE:
                return True
        return False

    def before_name(self, title: str, name: str) -> bool:
        """Whether a title stands before the name somewhere, with nothing between but more titles and given names."""
        last = name.rsplit(maxsplit=1)[-1]
        for span in self.mentions:
            stretch = " " + self.text[max(0, span.start - len(title) - _BETWEEN) : span.end]
            at = stretch.find(title)
            if at > 0 and (stretch[at - 1].isalnum() or stretch[at - 1] in "-–’'"):
                # the "runner" of a front-runner
                continue
            named = stretch.find(last, at + len(title)) if at >= 0 else -1
            between = stretch[at + len(title) : named] if named >= 0 else ","
            if not set(between) & set(",;:()") and all(word[0].isupper() for word in between.split()):
                return True
        return False

    def behind_name(self, title: str, name: str) -> bool:
        """Whether a title stands right behind the name somewhere: "Ana Lind, the transport minister"."""
        for span in self.mentions:
            at = self.text.find(name.rsplit(maxsplit=1)[-1], span.start, span.end)
            stretch = self.text[at : at + len(name) + len(title) + 24] if at >= 0 else ""
            if re.match(rf"[^\W\d_]+, (?:the |a |an |who is (?:the |a |an )?)?{re.escape(title)}\b", stretch):
                return True
        return False

    def acronyms(self, name: str) -> list[str]:
        """The acronyms of a name that stand among its mentions."""
        wanted = acronym_of(name)
        if not wanted:
            return []
        words = (span.of(self.text).strip().removeprefix("the ").removeprefix("The ") for span in self.mentions)
        short = {word.removesuffix("'s").removesuffix("’s") for word in words if len(word) <= 12}
        return sorted({fold_name(word) for word in short if is_acronym(word) and fold_name(word) == wanted})


def _local(each: Speaker, written: _Written, *, year: int | None, outlet: str | None, speaks: bool) -> Local:
    local = Local(each.id, each.name, each.kind, each.name, each.stands_for)
    if is_pronoun(each.name) or each.kind in ("anonymous", "author", "group", "other"):
        return local
    if each.kind == "person":
        _person(local, each, written, year=year)
    elif each.kind in ("organisation", "government"):
        _organisation(local, each, written, outlet=outlet, speaks=speaks)
    elif each.kind == "place" and not is_described(each.name) and not is_common(each.name):
        local.lookups = local.keys = [f"p:{fold_name(each.name)}"]
    elif each.kind == "document" and not is_described(each.name) and len(each.name.split()) > 1:
        local.lookups = local.keys = [f"d:{fold_name(each.name)}"]
    return local


def _person(local: Local, each: Speaker, written: _Written, *, year: int | None) -> None:
    if is_described(each.name) or is_party_member(each.name):
        return
    parts = person_name(each.name)
    sure = [
        title for title in each.titles if written.before_name(title, each.name) or written.behind_name(title, each.name)
    ]
    local.profile = profile_of(sure, [title for title in each.titles if title not in sure], year=year)
    offices = sorted({role.head for role in local.profile.roles if role.fields})
    if not parts.given:
        local.keys = local.unsure_keys = [f"u:{parts.surname}"]
        local.lookups = [f"t:{parts.surname} {office}" for office in offices]
        local.surname_only = bool(offices)
        local.why_alone = _LONE_SURNAME
        return
    with_office = [f"t:{parts.surname} {office}" for office in offices]
    local.keys = [*person_keys(each.name), *with_office, *local.profile.keys()]
    local.unsure_keys = [f"u:{parts.first} {parts.surname}", f"u:{parts.surname}"]
    # by the office, "J. Hall" and John Hall find each other
    local.lookups = [*person_lookups(each.name), *with_office]


def _organisation(local: Local, each: Speaker, written: _Written, *, outlet: str | None, speaks: bool) -> None:
    stands_for = each.stands_for or _stands_for(each.name, speaks=speaks)
    if stands_for is not None and stands_for.islower():
        # "the government of the city": of which one it does not say
        local.stands_for = stands_for
        local.why_alone = f"it speaks for {stands_for}, of which there are many"
        return
    if stands_for is not None:
        bare = stands_for.removeprefix("the ")
        local.shown = bare[:1].upper() + bare[1:]
        local.stands_for = stands_for
        local.lookups = local.keys = [f"g:{fold_name(bare)}"]
        local.why_joined = f"it speaks for {stands_for}"
        return
    name = organisation_name(each.name)
    if is_described(each.name) or not name:
        return
    if is_common(each.name):
        if outlet is None or not is_institution(each.name) or not written.names(each.name):
            local.why_alone = "a common noun, which names another one in every article"
            return
        local.lookups = local.keys = [f"o:{name}@{fold_name(outlet)}"]
        local.why_joined = f"the same name at the same outlet, {outlet}"
        return
    acronyms = written.acronyms(each.name)
    local.lookups = local.keys = [f"o:{name}", *(f"o:{short}" for short in acronyms)]
    short = acronym_of(each.name)
    if short:
        local.keys = [*local.keys, f"a:{short}"]


def _stands_for(name: str, *, speaks: bool) -> str | None:
    """What a name stands for by its own words; a city that is only talked about is a city, and a name that means more
    than a country ("Georgia") stands for itself."""
    row = metonym(name)
    if row is not None and (speaks or row.place != "city") and not row.ambiguous:
        return row.stands_for
    words = name.removeprefix("the ").removeprefix("The ").split()
    if len(words) > 2 and words[0].lower() in _GOVERNMENTS and words[1] == "of":
        row = metonym(" ".join(words[2:]))
        return row.stands_for if row is not None and row.place == "country" else None
    if len(words) >= 2 and words[-1].lower() == "government":
        country = country_of_adjective(" ".join(words[:-1]))
        return None if country is None else f"the government of {country}"
    return None


def is_common(name: str) -> bool:
    """Whether a name is made of common nouns, so that there is one in every town or country.

    >>> [is_common(name) for name in ("Supreme Court", "Police", "Foreign Ministry", "Halmark Ferries")]
    [True, True, True, False]
    """
    words = [word for word in fold_name(name).split() if word not in ("of", "the", "for", "and")]
    if not words or is_acronym(name):
        return False
    return all(noun_class(word) is not None or title_class(word) is not None or is_common_word(word) for word in words)


def is_institution(name: str) -> bool:
    """Whether a name of common nouns can be one institution's wherever one outlet uses it.

    >>> [is_institution(name) for name in ("Supreme Court", "Senate", "Department", "Police Department")]
    [True, True, False, False]
    """
    words = [word for word in fold_name(name).split() if word not in ("of", "the", "for", "and")]
    if any(is_local_word(word) for word in words):
        return False
    return len(words) > 1 or any(is_sole_word(word) for word in words)
