"""What a search of the archive finds, for people at a terminal.

The words that were found stand between asterisks, so that a pipe loses nothing, and in a style where there are colours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sayso.archive.forms import Count, Hit, Page
from sayso.archive.marks import names_in
from sayso.documents import Span
from sayso.exports.counts import counted
from sayso.exports.outline import printable
from sayso.exports.terminal import Page as Sheet
from sayso.exports.terminal import Word, worded

_INDENT = 5
_LONGEST_FACET = 12
"""Values of one facet that are shown; the rest is counted. The months of a year fit."""
_USUAL = {"neutral", "communication", "affirms", "named", "unchecked"}
"""Marks that most statements have: shown, they would hide those that few have."""
_PLAIN = {"direct": "quoted", "mixed": "partly quoted", "indirect": "not quoted", "unattributed": "no source"}


def render(page: Page, *, width: int = 80, colour: bool = False) -> Iterator[str]:
    """The page as chunks of text; its hits are numbered through all pages."""
    sheet = Sheet(width, colour)
    yield _text(sheet.lines(worded(_heading(page), "title"), 0))
    for note in page.notes:
        yield _text(sheet.lines(worded(note, "warn"), 0))
    for number, hit in enumerate(page.hits, page.before + 1):
        yield "\n" + _text(_hit(hit, number, sheet))
    counted = {name: counts for name, counts in page.facets.items() if counts}
    for name, counts in counted.items():
        yield "\n" + _text(_facet(name, counts, sheet))
    if counted and page.facets_of is not None:
        yield "\n" + _text(sheet.lines(worded(f"Counted are the {page.facets_of:,} added last.", "dim"), 0))


def hanging(head: list[Word], number: int, sheet: Sheet) -> list[str]:
    """The words with a number before them, further lines below the words."""
    lines = sheet.lines(head, _INDENT)
    return [sheet.styled(f"{f'{number}.':>{_INDENT - 1}}", "dim") + lines[0][_INDENT - 1 :], *lines[1:]]


def marked(text: str, places: Sequence[Span]) -> list[Word]:
    """The words of a text, those at some places, which do not overlap, between asterisks and in a style of their own.

    >>> marked("a defective radar", [Span(2, 11)])
    [('a', ''), ('*defective*', 'changed'), ('radar', '')]
    >>> marked("F-16s", [Span(0, 4)])
    [('*F-16*s', 'changed')]
    """
    pieces: list[str] = []
    at = 0
    for start, end in places:
        pieces += [printable(text[at:start]), "\0", printable(text[start:end]), "\1"]
        at = end
    words: list[Word] = []
    inside = False
    for word in ("".join(pieces) + printable(text[at:])).split():
        style = "changed" if inside or "\0" in word else ""
        inside = word.rfind("\0") > word.rfind("\1") if "\0" in word or "\1" in word else inside
        words.append((word.replace("\0", "*").replace("\1", "*"), style))
    return words


def _heading(page: Page) -> str:
    count = "no statement" if not page.total else counted(page.total, "statement")
    return f"{count} · {page.query}" if page.query else count


def _hit(hit: Hit, number: int, sheet: Sheet) -> list[str]:
    through = "".join(f"{each} › " for each in hit.via)
    who = worded(through, "dim") + worded(hit.speaker_name or "nobody named", f"speaker{(hit.speaker or 0) % 8}")
    where = " · ".join(each for each in (hit.outlet or "", (hit.published or "")[:10]) if each)
    lines = hanging([*who, *worded(where and f"· {where}", "dim")], number, sheet)
    lines += sheet.lines(marked(hit.snippet or hit.text, hit.found), _INDENT)
    tags = [
        _PLAIN.get(name, name)
        for family in ("quotation", "stance", "polarity", "act", "is", "verdict")
        for name in names_in(hit.marks, family)
        if name not in _USUAL
    ]
    said = f"said {hit.said}" if hit.said and hit.said != (hit.published or "")[:10] else ""
    place = f"[article {hit.article}, statement {hit.statement}]"
    told = " · ".join(each for each in (*tags, said, hit.headline or hit.url) if each)
    return lines + sheet.lines(worded(f"{told} {place}", "dim"), _INDENT)


def _facet(name: str, counts: list[Count], sheet: Sheet) -> list[str]:
    # Of stretches of time the latest, of all else the most frequent.
    in_time = name in ("year", "month")
    shown = counts[-_LONGEST_FACET:] if in_time else counts[:_LONGEST_FACET]
    more = len(counts) - len(shown)
    times = Counter(each.value for each in counts)
    values = [
        # Namesakes are told apart by the term that finds the one alone.
        f"{each.value} {each.query.partition(':')[2] if times[each.value] > 1 else ''} ({each.count:,})"
        for each in shown
    ]
    if more:
        values.insert(0 if in_time else len(values), f"{more:,} earlier" if in_time else f"and {more:,} more")
    return sheet.lines([(f"{name}:", "title"), *worded(", ".join(values))], 0)


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
