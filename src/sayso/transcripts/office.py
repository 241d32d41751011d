"""PDF and DOCX files: opened in a child process that can be killed, after their size has been checked from outside."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, Literal

from sayso.errors import TookTooLong, TooLarge, UnreadableSource
from sayso.reading.limits import Limits
from sayso.transcripts.draft import Draft

_MOST_UNZIPPED = 60_000_000
"""Bytes of a DOCX unzipped: a transcript of a million characters has some 15 million; a bomb of 630 kB took 4.2 GB."""
_MOST_PARTS = 5_000
_TIMES_LONGER = 6
"""A PDF of 300 pages takes longer than a page of the web."""


def read_office(data: bytes, name: str, kind: str, limits: Limits) -> Draft:
    """The draft of a PDF or DOCX file. Raises UnreadableSource, TooLarge for a bomb, TookTooLong, EmptySource."""
    if kind == "pdf":
        from sayso.transcripts.pdf import draft_of_pages

        return draft_of_pages(_open(data, name, "pdf", limits), name)
    from sayso.transcripts.docx import draft_of_paragraphs

    _refuse_bombs(data, name)
    return draft_of_paragraphs(_open(data, name, "docx", limits), name)


def _refuse_bombs(data: bytes, name: str) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableSource(name, f"the DOCX file is damaged ({error})", "Save it again, or as plain text") from None
    size = sum(part.file_size for part in parts)
    if size > _MOST_UNZIPPED or len(parts) > _MOST_PARTS:
        raise TooLarge(
            name,
            f"the DOCX file holds {size:,} bytes in {len(parts):,} parts, over the limit of {_MOST_UNZIPPED:,}",
            "Save the transcript as plain text",
        )


def _open(data: bytes, name: str, kind: Literal["pdf", "docx"], limits: Limits) -> dict[str, Any]:
    timeout_s = limits.parse_timeout_s * _TIMES_LONGER
    what = kind.upper()
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(Path(__file__).with_name("_child.py")), str(limits.parse_memory_mb), kind],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            timeout=timeout_s,
            check=False,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        answer = {"error": "memory"}
    error = answer.get("error")
    if error == "memory":
        raise TookTooLong(
            name,
            f"the {what} file could not be read within {timeout_s:g} s and {limits.parse_memory_mb} MB",
            "Save the transcript as plain text",
        )
    if error == "locked":
        raise UnreadableSource(name, "the PDF file is locked with a password", "Save it without one, or as plain text")
    if error:
        raise UnreadableSource(name, f"the {what} file is damaged ({error})", "Save it again, or as plain text")
    return answer
