"""A long article with all that a page has to show, built by hand: no model has to read it."""

from __future__ import annotations

from sayso.documents import Article, Span
from sayso.records import Attribution, Speaker, Stance, Statement
from sayso.verdicts import QuoteVerdict

_FILLER = "The talks went on for the whole afternoon behind closed doors; nobody left the harbour office. " * 3
_NAMES = ("Mara Quill", "Otto Hale", "Ines Varga", "Tove Lind", "Jonas Rehme", "Sela Oduya", "Bram Kettle", "Aud Finne")


def long_article(attributions: int = 600, *, speakers: int = 40) -> Article:
    """An article of some fifty words for each attribution; every third one has another inside it, every fifth a
    verdict."""
    text = "Harbour talks run on\n"
    headline = Span(0, len(text) - 1)
    people = [Speaker(f"s{n}", f"{_NAMES[n % len(_NAMES)]} {n}", mentions=[]) for n in range(speakers)]
    found: list[Attribution] = []
    verdicts: list[QuoteVerdict] = []
    paragraphs: list[Span] = []

    def put(words: str) -> Span:
        nonlocal text
        text += words
        return Span(len(text) - len(words), len(text))

    while len(found) < attributions:
        number, start = len(found), len(text)
        person = people[number % speakers]
        put("“")
        quoted = put(f"We were told on the {number}. day that ")
        inner = put("the harbour would stay open to ships of every size")
        quoted = Span(quoted.start, put(", and that is all,").end)
        content = Span(quoted.start - 1, put("”").end)
        put(" ")
        source = put(person.name)
        put(" ")
        cue = put("said")
        put(". " + _FILLER)
        person.mentions.append(source)
        outer = Attribution(f"a{number}", [source], [cue], [content], "direct", speaker=person.id, confidence=0.9)
        outer.act, outer.polarity, outer.stance = "communication", "affirms", Stance()
        found.append(outer)
        if number % 3 == 0:
            told = Span(quoted.start + 8, quoted.start + 12)
            found.append(Attribution(f"a{number}i", [], [told], [inner], "indirect", inside=outer.id, confidence=0.9))
        if number % 5 == 0:
            verdicts.append(QuoteVerdict(f"v{number}", [quoted], "verbatim", "The same words.", attribution=outer.id))
        paragraphs.append(Span(start, len(text) - 1))
        put("\n")
    statements = [
        Statement(f"st{place}", each.speaker, [each.id], each.content[0].of(text)) for place, each in enumerate(found)
    ]
    return Article(
        "along",
        text,
        language="en",
        headline=headline,
        paragraphs=paragraphs,
        outlet="The Halvern Gazette",
        attributions=found,
        speakers=people,
        statements=statements,
        verdicts=list(verdicts),
    )
