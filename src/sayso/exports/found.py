"""What a search of the archive finds, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.archive.forms import Hit, Page
from sayso.archive.marks import names_in
from sayso.documents import Span
from sayso.exports.terminal import Page as Sheet
from sayso.exports.terminal import Word, worded

_INDENT = 5
_USUAL = {"neutral", "communication", "affirms", "named", "unchecked"}
"""Marks that most statements have: shown, they would hide those that few have."""
_PLAIN = {"direct": "quoted", "mixed": "partly quoted", "indirect": "not quoted"}


def render(page: Page, *, width: int = 80, colour: bool = False, first: int = 1) -> Iterator[str]:
    """The page as chunks of text; its hits are numbered from `first` on."""
    sheet = Sheet(width, colour)
    yield _text(sheet.lines(worded(_heading(page), "title"), 0))
    for note in page.notes:
        yield _text(sheet.lines(worded(note, "warn"), 0))
    for number, hit in enumerate(page.hits, first):
        yield "\n" + _text(_hit(hit, number, sheet))
    for name, counts in page.facets.items():
        if counts:
            yield "\n" + _text(_facet(name, [(each.value, each.count) for each in counts], sheet))
    if page.facets and page.facets_of is not None:
        yield _text(sheet.lines(worded(f"(of the newest {page.facets_of:,} only)", "dim"), 0))


def _heading(page: Page) -> str:
    count = "no statement" if not page.total else f"{page.total:,} statement{'s'[: page.total != 1]}"
    return f"{count} · {page.query}" if page.query else count


def _hit(hit: Hit, number: int, sheet: Sheet) -> list[str]:
    through = "".join(f"{each} › " for each in hit.via)
    who = worded(through, "dim") + worded(hit.speaker_name or "nobody named", f"speaker{(hit.speaker or 0) % 8}")
    where = " · ".join(each for each in (hit.outlet or "", (hit.published or "")[:10]) if each)
    lines = sheet.lines([(f"{number:>3}.", "dim"), *who, *worded(where and f"· {where}", "dim")], 0)
    lines += sheet.lines(_marked(hit.snippet or hit.text, hit.found), _INDENT)
    tags = [
        _PLAIN.get(name, name.replace("unattributed", "no source"))
        for family in ("quotation", "stance", "polarity", "act", "is", "verdict")
        for name in names_in(hit.marks, family)
        if name not in _USUAL
    ]
    said = f"said {hit.said}" if hit.said and hit.said != (hit.published or "")[:10] else ""
    place = f"{hit.headline or hit.url or ''} [article {hit.article}]".strip()
    note = worded(" · ".join([*tags, *([said] if said else []), place]), "dim")
    return lines + sheet.lines(note, _INDENT)


def _marked(text: str, found: list[Span]) -> list[Word]:
    """The words of a text, those that were found in a style of their own."""
    words: list[Word] = []
    at = 0
    for start, end in found:
        words += worded(text[at:start])
        words += worded(text[start:end], "changed")
        at = end
    return words + worded(text[at:])


def _facet(name: str, counts: list[tuple[str, int]], sheet: Sheet) -> list[str]:
    shown = [
        (f"{value} ({count:,}){',' if place < len(counts) - 1 else ''}") for place, (value, count) in enumerate(counts)
    ]
    return sheet.lines([(f"{name}:", "title"), *(word for each in shown for word in worded(each))], 0)


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
