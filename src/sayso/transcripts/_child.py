"""The process that opens PDF and DOCX files: started by `office`, killed when it takes too long, limited in memory.

Reads one file on standard input and writes JSON. It imports nothing of sayso.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit still holds.
        return
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _pdf(data: bytes) -> dict[str, Any]:
    """The text of each page, and the title of the document."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "locked"}
    title = reader.metadata.title if reader.metadata else None
    pages = [page.extract_text() or "" for page in reader.pages]
    return {"pages": pages, "title": title if isinstance(title, str) else None}


def _docx(data: bytes) -> dict[str, Any]:
    """The paragraphs, each as its runs: text, whether bold, whether struck out, whether put in by a tracked change."""
    from docx import Document

    document = Document(io.BytesIO(data))
    paragraphs = []
    for element in document.element.body.iter(f"{_WORD}p"):
        runs: list[tuple[str, bool, bool, bool]] = []
        for run in element.iter(f"{_WORD}r"):
            if next(run.iterancestors(f"{_WORD}p"), None) is not element:
                continue  # A text box has paragraphs of its own.
            text = "".join(_text(part) for part in run)
            if text:
                facts = run.find(f"{_WORD}rPr")
                above = {ancestor.tag for ancestor in run.iterancestors()}
                struck = _is_on(facts, "strike") or _is_on(facts, "dstrike") or f"{_WORD}del" in above
                runs.append((text, _is_on(facts, "b"), struck, f"{_WORD}ins" in above))
        style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
        paragraphs.append({"runs": runs, "style": style.get(f"{_WORD}val") if style is not None else None})
    title = document.core_properties.title
    return {"paragraphs": paragraphs, "title": title or None}


def _text(part: Any) -> str:
    if part.tag in (f"{_WORD}t", f"{_WORD}delText"):
        return part.text or ""
    return {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}.get(part.tag, "")


def _is_on(facts: Any, name: str) -> bool:
    switch = facts.find(f"{_WORD}{name}") if facts is not None else None
    return switch is not None and switch.get(f"{_WORD}val") not in ("0", "false", "none")


def main() -> None:
    """Reads one file and answers."""
    _limit_memory(int(sys.argv[1]))
    data = sys.stdin.buffer.read()
    try:
        answer = (_pdf if sys.argv[2] == "pdf" else _docx)(data)
    except MemoryError:
        answer = {"error": "memory"}
    except RecursionError:
        answer = {"error": "it nests too deep"}
    except Exception as error:
        # Whatever a damaged or hostile file sets off in a parser is told to the parent.
        answer = {"error": f"{type(error).__name__}: {error}"[:200]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
