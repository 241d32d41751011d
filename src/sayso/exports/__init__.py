"""The record of an article in the formats people and programs ask for, one file per format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.documents import Article


@dataclass(frozen=True, slots=True)
class Format:
    """What a door needs to know of a format."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    help: str
    for_people: bool = False
    """Shown at a terminal, in its encoding; the others are UTF-8 wherever they go."""
    groups: bool = False
    """Whether attributions can stand under their speakers; a record for programs has one order."""


FORMATS = {
    each.name: each
    for each in (
        Format("text", "text/plain", (".txt", ".text"), "for people, at a terminal", for_people=True, groups=True),
        Format("json", "application/json", (".json",), "one object, an array for several sources"),
        Format("jsonl", "application/jsonl", (".jsonl", ".ndjson"), "one article a line"),
        Format("html", "text/html", (".html", ".htm"), "one self-contained page", groups=True),
    )
}


def render(
    articles: Iterable[Article],
    name: str,
    *,
    many: bool = False,
    width: int = 80,
    colour: bool = False,
    by_speaker: bool = False,
) -> Iterator[str]:
    """The articles in the format of that name, as chunks of text in order.

    text and jsonl, and json with `many` (an array), yield each article when it is ready; html needs all of them
    first. `width` and `colour` concern text alone, `by_speaker` the formats that group.
    """
    if name == "text":
        from sayso.exports import text

        return text.render(articles, many=many, width=width, colour=colour, by_speaker=by_speaker)
    if name == "html":
        from sayso.exports import html

        return html.render(articles, by_speaker=by_speaker)
    from sayso.exports import json

    return json.render_lines(articles) if name == "jsonl" else json.render(articles, many=many)


def render_checked(
    articles: Iterable[Article],
    name: str,
    *,
    many: bool = False,
    width: int = 80,
    colour: bool = False,
    fail_on: Sequence[str] = (),
) -> Iterator[str]:
    """Articles with their verdicts in the format of that name; else as `render`.

    In text and html the verdicts that `fail_on` names stand out.
    """
    if name == "text":
        from sayso.exports import checktext

        return checktext.render(articles, many=many, width=width, colour=colour, fail_on=fail_on)
    if name == "html":
        from sayso.exports import checkpage

        return checkpage.render(articles, fail_on=fail_on)
    return render(articles, name, many=many)


def format_of(file_name: str) -> str | None:
    """The format that a file's suffix asks for; None if none does.

    >>> format_of("record.HTML")
    'html'
    """
    return next((each.name for each in FORMATS.values() if file_name.lower().endswith(each.suffixes)), None)
