"""A DOCX file's paragraphs as one text, with bold runs, and struck runs and tracked changes as corrections."""

from __future__ import annotations

from typing import Any

from sayso.documents import Source, Span
from sayso.errors import EmptySource
from sayso.reading.mapped import cleaned
from sayso.transcripts.draft import Draft
from sayso.transcripts.plain import line_numbers


def draft_of_paragraphs(answer: dict[str, Any], name: str) -> Draft:
    """The draft of a DOCX file's paragraphs. Raises EmptySource where they have no words."""
    texts: list[str] = []
    marks: tuple[list[Span], ...] = ([], [], [])
    length = 0
    title = answer.get("title")
    for paragraph in answer.get("paragraphs", []):
        runs = [(_clean(str(text)), flags) for text, *flags in paragraph.get("runs", [])]
        whole = "".join(text for text, _ in runs)
        if not whole.strip():
            continue
        if texts:
            texts.append("\n\n")
            length += 2
        if paragraph.get("style") == "Title" and not title:
            title = " ".join(whole.split())
        for text, flags in runs:
            for kept, flag in zip(marks, flags, strict=False):
                if flag and text.strip():
                    _add(
                        kept,
                        Span(length + len(text) - len(text.lstrip()), length + len(text.rstrip())),
                        "".join(texts[-3:]),
                    )
            texts.append(text)
            length += len(text)
    text = "".join(texts)
    if not any(map(str.isalpha, text)):
        raise EmptySource(name, "the DOCX file has no words", "Give a file with a transcript in it")
    bold, struck, inserted = marks
    return Draft(
        text,
        Source(name, text, notes=("the text was taken out of a DOCX file: places are those in that text",)),
        bold=bold,
        struck=struck,
        inserted=inserted,
        unsaid=line_numbers(text),
        title=title if isinstance(title, str) and len(title.split()) > 1 else None,
    )


def _add(kept: list[Span], span: Span, before: str) -> None:
    """Adds a run's span; one that goes on with the last, but for spaces, makes it longer."""
    if kept and span.start - kept[-1].end <= 1 and "\n" not in before[len(before) - (span.start - kept[-1].end) :]:
        kept[-1] = Span(kept[-1].start, span.end)
    else:
        kept.append(span)


def _clean(text: str) -> str:
    return cleaned(text.replace("\r", "\n"))[0]
