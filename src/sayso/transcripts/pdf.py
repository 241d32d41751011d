"""The text of a PDF's pages as one: without running heads and page numbers, with words whole that a line parted."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from sayso.documents import Source
from sayso.errors import EmptySource
from sayso.reading.mapped import cleaned
from sayso.transcripts.draft import Draft
from sayso.transcripts.plain import line_numbers

_EDGE = 3
"""Lines at a page's top and bottom where running heads and page numbers stand."""
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|pg\.)\s*)?\d{1,4}(?:\s*(?:of|/|von|de)\s*\d{1,4})?\W*|\W*[ivxlc]{1,6}\W*", re.IGNORECASE
)
_PARTED = re.compile(r"([^\W\d_]{2,})-\n[ \t]*([a-zà-öø-ÿ]{2,})")


def draft_of_pages(answer: dict[str, Any], name: str) -> Draft:
    """The draft of a PDF's pages. Raises EmptySource for a scan: pictures of pages without text."""
    pages = [_lines(cleaned(str(page))[0]) for page in answer.get("pages", [])]
    if not any(map(str.isalpha, "".join(line for page in pages for line in page))):
        raise EmptySource(
            name,
            f"the PDF file has no text on its {len(pages)} pages: it is a scan, or empty",
            "Run it through text recognition (OCR) first",
        )
    repeated = _running(pages)
    kept = [_without_edges(page, repeated) for page in pages]
    text = _whole_words("\n".join(line for page in kept for line in page))
    title = answer.get("title")
    return Draft(
        text,
        Source(name, text, notes=("the text was taken out of a PDF file: places are those in that text",)),
        unsaid=line_numbers(text),
        head="\n".join({line for page in pages for line in page if _form(line) in repeated}),
        title=title if isinstance(title, str) and len(title.split()) > 2 else None,
    )


def _lines(page: str) -> list[str]:
    lines = [re.sub(r"[ \t\u00a0]{3,}", "  ", line).rstrip() for line in re.split(r"\r\n?|\n", page)]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _form(line: str) -> str:
    """A line as it comes back on other pages: without its numbers."""
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()


def _running(pages: list[list[str]]) -> set[str]:
    """The forms of the lines that stand at the edge of most pages."""
    if len(pages) < 2:
        return set()
    seen = Counter(
        form for page in pages for form in {_form(line) for line in (*page[:_EDGE], *page[-_EDGE:]) if line.strip()}
    )
    fewest = max(2, (len(pages) + 1) // 2)
    # A page of a few lines is all edge: a short answer that comes back is no running head.
    return {form for form, count in seen.items() if count >= fewest and not re.search(r"^(?:q|a)\b|[?:]$", form)}


def _without_edges(page: list[str], repeated: set[str]) -> list[str]:
    lines = page.copy()
    for end in (0, -1):
        for _ in range(_EDGE):
            if lines and (not lines[end].strip() or _form(lines[end]) in repeated or _is_number(lines[end])):
                lines.pop(end)
            else:
                break
    return lines


def _is_number(line: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line)) and any(map(str.isalnum, line))


def _whole_words(text: str) -> str:
    """The text with words put together that were parted at a line's end; a hyphen that the word has elsewhere stays."""

    def put(found: re.Match[str]) -> str:
        first, second = found.groups()
        hyphened = f"{first}-{second}".casefold()
        return (
            f"{first}-{second}\n"
            if hyphened in low and (first + second).casefold() not in low
            else f"{first}{second}\n"
        )

    low = text.casefold()
    joined = _PARTED.sub(put, text)
    # The line goes on behind the word that was made whole: the space there is no start of a line.
    return re.sub(r"\n[ \t]+(?=[a-z,.;])", "\n", joined)
