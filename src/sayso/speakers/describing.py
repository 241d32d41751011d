"""Entities as records: the best name, the kind, the titles, and what a metonym stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from sayso.documents import Article, Span
from sayso.records import Candidate, Speaker, SpeakerKind
from sayso.speakers.entities import Entity
from sayso.speakers.forms import Form, plain_word
from sayso.speakers.lists import Metonym, country_of_adjective, is_title_word, metonym, noun_class
from sayso.speakers.mentions import ORGANISATION, PERSON, PLACE, THING
from sayso.speakers.resolving import Cast

_RELATIVE = re.compile(r"(?i)[,;]?\s+(who|which|that|whose|whom|where)\b.*", re.DOTALL)
_ARTICLE = re.compile(r"(?i)\A(the|a|an)\s+")
_FULL = 8
"""Words from which a phrase is as full as it needs to be."""
_POSSESSIVE = re.compile(r"(?<=[^s])['’]s\Z|(?<=s)['’]\Z")
_LONGEST_NAME = 120
"""Characters; a longer phrase is cut at a comma or a relative clause."""


def speakers_of(
    article: Article,
    cast: Cast,
    entity_of: dict[str, int | None],
    *,
    author: int | None,
    hearsay: dict[int, Span],
) -> None:
    """Write the entities into the article: who speaks, who is talked about, and the ids where they belong.

    `author` is the entity that is the article's own voice, `hearsay` are those that are only "reports", by the word.
    """
    # as keys, which keep their order and are found at once
    speaking = dict.fromkeys(int(candidate.speaker) for each in article.attributions for candidate in each.candidates)
    records: dict[int, Speaker] = {}
    for entity in cast.entities:
        if entity.mentions:
            records[entity.number] = _record(article, cast, entity, speaks=entity.number in speaking, author=author)
    for number, span in hearsay.items():
        records[number] = Speaker("", span.of(article.text), "anonymous", mentions=[span])
    article.speakers = [records[number] for number in speaking if number in records]
    talked_about = [
        record
        for number, record in records.items()
        if number not in speaking and number not in hearsay and cast.entities[number].proper and record.kind != "other"
    ]
    article.mentioned = sorted(talked_about, key=lambda record: record.mentions[0])
    for count, record in enumerate([*article.speakers, *article.mentioned], start=1):
        record.id = f"s{count}"
    ids = {number: record.id for number, record in records.items() if record.id}
    for each in article.attributions:
        entity_number = entity_of.get(each.id)
        each.speaker = None if entity_number is None else ids.get(entity_number)
        each.candidates = [
            Candidate(ids[int(candidate.speaker)], candidate.score)
            for candidate in each.candidates
            if int(candidate.speaker) in ids
        ]
    _set_about(article)


def _set_about(article: Article) -> None:
    """Who is talked about in each content: all whose mentions lie in it, but for the speaker himself."""
    places = sorted(
        (span.start, span.end, record.id)
        for record in [*article.speakers, *article.mentioned]
        for span in record.mentions
    )
    starts = [start for start, _, _ in places]
    for each in article.attributions:
        found: list[str] = []
        for content in each.content:
            for _, end, name in places[bisect_left(starts, content.start) : bisect_left(starts, content.end)]:
                if end <= content.end and name != each.speaker and name not in found:
                    found.append(name)
        each.about = found


def _record(article: Article, cast: Cast, entity: Entity, *, speaks: bool, author: int | None) -> Speaker:
    forms = [cast.forms[number] for number in sorted(entity.mentions)]
    spans = sorted({cast.mentions[number].span for number in entity.mentions})
    row = next(
        (row for form in forms if form.shape in ("proper", "person") and (row := _metonym(form)) is not None), None
    )
    kind = "author" if entity.number == author else _kind(entity, forms, row)
    if speaks:
        # what speaks is more than a place or a thing, whatever its words say
        kind = {"place": "organisation", "other": "document"}.get(kind, kind)  # type: ignore[assignment]
    name = (
        article.outlet or "the article's author"
        if kind == "author"
        else _name(entity, forms, [cast.forms[each] for each in entity.mentions if each in cast.sources])
    )
    acts = row is not None and kind in ("government", "organisation") and row.place != "body"
    return Speaker(
        id="",
        name=name,
        kind=kind,
        titles=_titles(entity, forms),
        mentions=spans,
        stands_for=row.stands_for if acts and row is not None and speaks else None,
    )


def _metonym(form: Form) -> Metonym | None:
    return metonym(" ".join(form.name)) if form.name else None


def _kind(entity: Entity, forms: list[Form], row: Metonym | None) -> SpeakerKind:
    """The kind of an entity, by its names, else by the nouns of its descriptions, else by its pronouns."""
    shapes = Counter(form.shape for form in forms)
    if shapes["person"]:
        return "person"
    classes = [form.noun_class for form in forms if form.shape == "nominal" and form.noun_class is not None]
    if shapes["proper"]:
        proper = next(form for form in forms if form.shape == "proper")
        if row is not None:
            return "government" if row.kind == "government" else "organisation"
        last = proper.noun_class or (noun_class(proper.name[-1]) if proper.name else None)
        if last in ("government", "document", "group"):
            return last
        if entity.kind == PLACE and last is None and not classes:
            return "place"
        return "organisation"
    if any(form.nameless for form in forms):
        return "anonymous"
    if classes:
        first = classes[0]
        if first == "person":
            told = next(form for form in forms if form.noun_class == "person")
            # "a spokesman" is anybody, "the coroner" is one
            unknown = not told.definite and re.match(r"(?i)(an?|one|another)\b", told.text) is not None
            return "anonymous" if unknown else "person"
        return first
    nominal = next((form for form in forms if form.shape == "nominal"), None)
    if nominal is not None and country_of_adjective(nominal.noun.capitalize()) is not None and nominal.plural:
        return "group"
    if nominal is not None and nominal.kind == PERSON:
        return "group" if nominal.plural else "anonymous" if not nominal.definite else "person"
    if nominal is not None and nominal.kind == ORGANISATION:
        return "organisation"
    if nominal is not None:
        return "document" if nominal.kind == THING else "other"
    parties = {form.party for form in forms}
    if parties & {"he", "she", "I"}:
        return "person"
    return "group" if parties & {"they", "we", "you"} else "organisation"


def _name(entity: Entity, forms: list[Form], sources: list[Form]) -> str:
    """The fullest name; of the nameless, their fullest phrase as a source, without relative clause and
    article."""
    if entity.names:
        best = entity.names[0]
        return " ".join(best)
    described = [form for form in sources or forms if form.shape == "nominal"]
    described = described or [form for form in forms if form.shape == "nominal"]
    if not described:
        return forms[0].text
    phrases = [" ".join(_RELATIVE.sub("", form.text).split()).strip(" ,;:'\"“”‘’") for form in described]
    # the fullest, the first of several as full: the later ones point back ("that newspaper")
    text = max(phrases, key=lambda phrase: min(len(phrase.split()), _FULL))
    if len(text) > _LONGEST_NAME:
        text = text[:_LONGEST_NAME].rpartition(",")[0] or text[:_LONGEST_NAME].rpartition(" ")[0]
    text = _POSSESSIVE.sub("", _ARTICLE.sub("", text, count=1))
    return text[:1].upper() + text[1:]


def _titles(entity: Entity, forms: list[Form]) -> list[str]:
    """The titles that a person goes by, in the article's words, each once."""
    if entity.kind != PERSON:
        return []
    found: list[str] = []
    for form in forms:
        if form.shape not in ("person", "nominal") or (form.shape == "nominal" and not entity.names):
            continue
        title = " ".join(_RELATIVE.sub("", _ARTICLE.sub("", form.title, count=1)).split())
        words = [plain_word(word) for word in title.split()]
        known = [word for word in words if noun_class(word) == "person" or is_title_word(word)]
        if known and len(title) <= _LONGEST_NAME and title.lower() not in {each.lower() for each in found}:
            found.append(title)
    return found
