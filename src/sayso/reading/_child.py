"""The process that parses pages: started by `extractor`, killed when it takes too long, limited in memory.

Reads requests and writes answers: a letter for the metadata that is wanted, a number (`_extract`'s `enough`) and a
length of four bytes each and that much UTF-8 come in, a length and JSON go out. It imports nothing of sayso, so that it
starts fast, and leaves when its standard input closes.
"""

from __future__ import annotations

import gc
import json
import signal
import sys
from typing import Any


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit still holds.
        return
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """Has the system end this process after so much time of a processor, also where its parent is gone; 0 for none."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _memory_is_spent() -> bool:
    """Whether an error near the memory limit was that limit: libxml2 says "unknown error" when it is refused memory."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - pathlib would slow the start
            peak_kb = next(int(line.split()[1]) for line in status if line.startswith("VmPeak"))
    except (OSError, StopIteration):
        return False
    return peak_kb * 1024 > 0.6 * int(sys.argv[1]) * 1024 * 1024


# The extensive search for a date loads all of dateparser's locales: 2 s for a page that states none.
_DATED = {"original_date": True, "extensive_search": False}
# A format without a field in it cannot give a date, and htmldate does not look for one: a sixth of the time of a page.
_UNDATED = {**_DATED, "outputformat": ""}


# What trafilatura's own extraction leaves of a page; anything else it holds to be unclean and looks for another text.
_PLAIN = frozenset(["body", "p", "head", "lb", "list", "item", "quote", "hi", "ref", "del", "code"])


def _extract(page: str, metadata: bytes = b"a", enough: int = 0) -> dict[str, Any]:
    """`metadata`: `a` for all, `u` for all but the date, `n` for none, which saves a third of the time.

    `enough`: from so many characters on, a text is taken without the two fallbacks (readability, jusText) that
    trafilatura otherwise compares it with, which is half of the time; 0 for always to compare.
    """
    found = _parsed(page, metadata, fast=True) if enough else None
    if found is None or len(found.text or "") < enough or not _is_plain(found.body):
        found = _parsed(page, metadata, fast=False)
    if found is None:
        # trafilatura swallows what its parser throws: out of memory looks like a page without text.
        return {"error": "memory"} if _memory_is_spent() else {}
    return {name: getattr(found, name, None) for name in _FIELDS}


def _parsed(page: str, metadata: bytes, *, fast: bool) -> Any:
    from trafilatura import bare_extraction

    return bare_extraction(
        page,
        fast=fast,
        include_comments=False,
        include_tables=False,
        with_metadata=metadata != b"n",
        date_extraction_params=_UNDATED if metadata == b"u" else _DATED,
    )


def _is_plain(body: Any) -> bool:
    """Whether a text is one that trafilatura would prefer unseen to one that is not twice as long."""
    tags = {each.tag for each in body.iter()}
    return "p" in tags and tags <= _PLAIN


_FIELDS = ("title", "author", "date", "sitename", "description", "url", "text")


def main() -> None:
    """Answers requests until standard input closes."""
    _limit_memory(int(sys.argv[1]))
    import trafilatura  # noqa: F401

    # What stays is not looked through again and again for what may go.
    gc.freeze()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(head := requests.read(9)) == 9:
        enough, length = int.from_bytes(head[1:5], "big"), int.from_bytes(head[5:], "big")
        page = requests.read(length).decode("utf-8", "replace")
        _limit_time(float(sys.argv[2]))
        try:
            answer = _extract(page, head[:1], enough)
        except MemoryError:
            answer = {"error": "memory"}
        except Exception as error:
            # Whatever a hostile page sets off in the parser is told to the parent, which falls back on its own blocks.
            answer = {"error": "memory" if _memory_is_spent() else f"{type(error).__name__}: {error}"[:200]}
        _limit_time(0)
        body = json.dumps(answer).encode()
        answers.write(len(body).to_bytes(4, "big") + body)
        answers.flush()


if __name__ == "__main__":
    main()
