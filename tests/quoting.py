"""Reading without the model: whatever stands in quotation marks before `First Last said` is said by that person."""

from __future__ import annotations

import re

from sayso.documents import Article, Span
from sayso.records import Attribution, Speaker, Statement

_QUOTE = re.compile(r'("[^"]*") (\w+ \w+) (said)')


def extract(article: Article) -> Article:
    """The article with its quotations, their speakers and statements, in place of `sayso.pipeline.extracted`."""
    speakers: dict[str, Speaker] = {}
    for number, match in enumerate(_QUOTE.finditer(article.text), 1):
        content, source, cue = (Span(*match.span(part)) for part in (1, 2, 3))
        name = match[2]
        speaker = speakers.setdefault(name, Speaker(f"s{len(speakers) + 1}", name))
        speaker.mentions.append(source)
        article.attributions.append(
            Attribution(f"a{number}", [source], [cue], [content], "direct", None, 0.9, speaker=speaker.id)
        )
        article.statements.append(Statement(f"st{number}", speaker.id, [f"a{number}"], match[1]))
    article.speakers = list(speakers.values())
    return article


def story(number: int = 1, *, said: str = "The bridge is not safe", who: str = "Mara Quill") -> str:
    """The text of an article in which one person says one thing."""
    return (
        f"Bridge number {number} to close\n\n"
        f'"{said}," {who} said on Monday, before the council met about bridge number {number}. It will be closed for a '
        "year, and nobody knows what will become of the people on the north shore while it is.\n"
    )
