"""Files of other formats made from lines of text: small PDF pages written by hand, DOCX files by python-docx."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any


def pdf_of(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with the lines of each page, in one font; an empty page has no text."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = b"".join(b"(%s) Tj T* " % _escaped(line) for line in lines)
        stream = b"BT /F1 11 Tf 14 TL 60 780 Td " + shown + b"ET" if lines else b""
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        out
        + head
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            len(out),
        )
    )


def _escaped(line: str) -> bytes:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252", "replace")


def docx_of(paragraphs: Sequence[Sequence[tuple[str, str]]], *, title: str | None = None) -> bytes:
    """A DOCX with paragraphs of runs `(text, marks)`: `b` in the marks for bold, `s` for struck out."""
    from docx import Document

    document: Any = Document()
    document.core_properties.title = title or ""
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text, marks in runs:
            run = paragraph.add_run(text)
            run.bold = "b" in marks
            run.font.strike = "s" in marks
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
