"""What a child of a server does: reads articles and transcripts, and checks them. Runs in the child only."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sayso.documents import Article, Transcript
from sayso.intake.items import Item
from sayso.plain import article_from_plain, to_plain, transcript_from_plain
from sayso.transcripts.formats import format_of_bytes
from sayso.web.carrying import day_from_plain, item_from_plain

Answer = tuple[dict[str, Any], bytes]


def tasks() -> dict[str, Callable[[dict[str, Any], bytes], Answer]]:
    """The tasks by their names; the model is at hand afterwards."""
    with contextlib.suppress(Exception):
        # What is wrong with the model is said by the task that needs it.
        from sayso.extraction import load_model

        load_model()
    return {"read": _read, "check": _Checks().check}


def _read(told: dict[str, Any], body: bytes) -> Answer:
    """The document in an item, or behind an address, and the digest of what was read."""
    from sayso.intake import read_item
    from sayso.pipeline import extracted, read_limits

    limits = read_limits()
    item = item_from_plain(told["item"], body)
    if told.get("fetch"):
        from sayso.reading.fetch import fetch

        page = fetch(told["fetch"], limits)
        item = Item(
            item.name, item.origin, page.data, item.kind, media_type=page.media_type, charset=page.charset,
            url=page.url,
        )  # fmt: skip
    if item.kind == "transcript" and format_of_bytes(item.data, item.name, item.media_type):
        # A PDF or DOCX file has the sixfold, in a process whose time is not counted here.
        limits = replace(limits, parse_timeout_s=told["cpu_s"] / 6)
    document = read_item(
        item, limits=limits, any_language=told["any_language"], published=day_from_plain(told["date"]),
        outlet=told["outlet"],
    )  # fmt: skip
    if isinstance(document, Article):
        extracted(document)
    return {"document": to_plain(document), "digest": item.digest}, b""


class _Checks:
    """Checks, with the transcripts of earlier ones at hand: the server says which to keep."""

    def __init__(self) -> None:
        self.transcripts: dict[str, Transcript] = {}
        self.library: tuple[tuple[str, ...], Any] = ((), None)

    def check(self, told: dict[str, Any], body: bytes) -> Answer:
        """The verdicts on an article, and the numbers of the transcripts that they rest on."""
        from sayso.adding import check_and_spare
        from sayso.pipeline import check

        for key in told["drop"]:
            self.transcripts.pop(key, None)
        for key, plain in zip(told["new"], json.loads(body) if body else [], strict=True):
            self.transcripts[key] = transcript_from_plain(plain)
        keys = tuple(told["keys"])
        library = self._library(keys)
        article = article_from_plain(told["article"])
        (check_and_spare if told["spare"] else check)(article, library)
        numbers = {id(self.transcripts[key]): number for number, key in enumerate(keys)}
        used = [numbers[id(each)] for each in article.transcripts if id(each) in numbers]
        return {"verdicts": to_plain(article.verdicts), "transcripts": used}, b""

    def _library(self, keys: tuple[str, ...]) -> Any:
        from sayso.checks.library import Library

        if self.library[0] != keys:
            self.library = keys, Library.of([self.transcripts[key] for key in keys]) if keys else ()
        return self.library[1] or ()
