"""Reading and checking for a server, away from the process that serves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sayso.documents import Article, Transcript
from sayso.intake.items import Item
from sayso.pipeline import day_of, read_limits, worker_count
from sayso.plain import article_from_plain, to_plain, transcript_from_plain, verdicts_from_plain
from sayso.web.carrying import FailedInside, item_to_plain
from sayso.web.children import Child, Within
from sayso.web.queueing import Children

_CPU, _WALL = 0.8, 0.85
_BUSY = 3.0
"""Where nobody waits: on a machine that does other things as well, a second of a processor may take so many."""
_S_PER_MB = 30.0
"""A megabyte of text takes a core some 18 s to read."""
_KEPT_BYTES = 60_000_000
"""Of transcripts that a child has at hand, as they were sent."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Something that a user gave: the bytes of a file, a pasted text, or an address that is to be fetched."""

    name: str
    data: bytes = b""
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    """Set where the address itself was given; `data` is then empty."""

    @classmethod
    def of_file(cls, name: str, data: bytes, content_type: str | None) -> Upload:
        """A file, with the type that it was sent as, which may have a charset."""
        kind, _, rest = (content_type or "").partition(";")
        named = kind.strip().lower()
        # What does not look into files calls them this, which says nothing; the name and the bytes say more.
        known = named if named not in ("", "application/octet-stream") else None
        return cls(name, data, known, rest.partition("charset=")[2].strip(' "') or None)

    @classmethod
    def of_text(cls, text: str, name: str = "pasted text") -> Upload:
        """A text that was pasted."""
        return cls(name, text.encode("utf-8", "surrogatepass"), "text/plain", "utf-8")

    @classmethod
    def of_url(cls, url: str) -> Upload:
        """An address."""
        return cls(url, url=url)


@dataclass(frozen=True)
class Packed:
    """A transcript made ready for a child once, for many checks."""

    transcript: Transcript

    @cached_property
    def data(self) -> bytes:
        """As it is sent."""
        return json.dumps(to_plain(self.transcript), separators=(",", ":")).encode("ascii")

    @cached_property
    def key(self) -> str:
        """By which a child knows it."""
        return hashlib.sha256(self.data).hexdigest()


class Workers:
    """Reads and checks in child processes, each with its limits of time and memory: `count`, and one more for people.

    Safe to use from many threads; a caller beyond `most_waiting`, or one that waited `wait_s` seconds, is told to come
    back (ServerBusy). Somebody who waits for a page gets what the setting SAYSO_PARSE_TIMEOUT_S says; a `patient` job
    waits for its turn as long as it takes, and has up to `timeout_s` seconds for one text.
    """

    def __init__(
        self,
        *,
        count: int | None = None,
        timeout_s: float = 60.0,
        memory_mb: int = 3000,
        most_waiting: int = 8,
        wait_s: float = 30.0,
    ) -> None:
        self.count = worker_count() if count is None else count
        self.timeout_s = timeout_s
        self.memory_mb = memory_mb
        self._children = Children(
            lambda: Child("work", memory_mb=memory_mb), count=self.count + 1, most_waiting=most_waiting, wait_s=wait_s
        )

    def warm(self) -> None:
        """Starts the children, without waiting for them: the first caller then waits less."""
        self._children.warm()

    def read(
        self,
        given: Upload,
        *,
        date: str | None = None,
        outlet: str | None = None,
        any_language: bool = False,
        patient: bool = False,
    ) -> Article:
        """The article in what was given, with all its layers. Raises UnreadableSource and its kinds, BadSetting."""
        document = self._read(_item_of(given), given.url, date, outlet, any_language, patient)
        if not isinstance(document, Article):
            raise FailedInside("a child made no article of one")
        return document

    def read_transcript(self, given: Upload, *, date: str | None = None, patient: bool = False) -> Transcript:
        """The transcript in what was given. Raises UnreadableSource and its kinds, BadSetting."""
        item = replace(_item_of(given), kind="transcript")
        document = self._read(item, given.url, date, None, True, patient)
        if not isinstance(document, Transcript):
            raise FailedInside("a child made no transcript of one")
        return document

    def read_item(
        self,
        item: Item,
        *,
        date: str | None = None,
        outlet: str | None = None,
        any_language: bool = False,
        patient: bool = True,
    ) -> Article | Transcript:
        """The article or transcript of an item of intake, as `sayso.intake.read_item` and with all its layers."""
        return self._read(item, None, date, outlet, any_language, patient)

    def check(
        self,
        article: Article,
        transcripts: Sequence[Transcript | Packed] = (),
        *,
        spare: bool = False,
        patient: bool = False,
    ) -> Article:
        """The article with the verdicts of a check against these transcripts in place of earlier ones.

        `spare`: the transcripts are an archive's, of which nobody said that the article tells of them.
        """
        packed = [each if isinstance(each, Packed) else Packed(each) for each in transcripts]
        size = len(article.text) + sum(len(each.transcript.text) for each in packed)
        with self._children.lent(patient=patient) as child:
            told, body = _to_check(child, article, packed, spare)
            # Long in proportion: every quote is looked for in every transcript.
            answer, _ = child.ask(told, body, name=_name_of(article), within=self._within(2 * size, patient=True))
        with _believed():
            verdicts = verdicts_from_plain(answer["verdicts"])
            used = [packed[int(number)].transcript for number in answer["transcripts"]]
        article.verdicts = verdicts
        if packed:
            article.transcripts = used
        return article

    def processes(self) -> list[int]:
        """The ids of the children's processes."""
        return self._children.processes()

    def close(self) -> None:
        """Ends the children."""
        self._children.close()

    def _read(
        self, item: Item, url: str | None, date: str | None, outlet: str | None, any_language: bool, patient: bool
    ) -> Article | Transcript:
        day = day_of(date)
        told: dict[str, Any] = {"task": "read", "item": item_to_plain(item), "fetch": url}
        told |= {"date": day.isoformat() if day else None, "outlet": outlet, "any_language": any_language}
        within = self._within(len(item.data), patient=patient)
        if url is not None:
            within = within.and_wait(read_limits().fetch_timeout_s)
        with self._children.lent(patient=patient) as child:
            answer, _ = child.ask(told, item.data, name=item.name, within=within)
        with _believed():
            plain = answer["document"]
            return transcript_from_plain(plain) if item.kind == "transcript" else article_from_plain(plain)

    def _within(self, size: int, *, patient: bool) -> Within:
        """How long a task may take: what is small and takes long is no article, but a trap."""
        least = in_time()
        if not patient:
            return least
        cpu_s = min(least.cpu_s + _S_PER_MB * size / 1_000_000, max(self.timeout_s, least.cpu_s))
        return Within(cpu_s, _BUSY * cpu_s)


def in_time() -> Within:
    """The limits of what is to be answered within the time that parsing may take, with some of it to spare."""
    parse_s = read_limits().parse_timeout_s
    return Within(_CPU * parse_s, _WALL * parse_s)


def _item_of(given: Upload) -> Item:
    return Item(given.name, given.name, given.data, media_type=given.media_type, charset=given.charset, url=None)


def _name_of(article: Article) -> str:
    return article.source.name if article.source else article.id


def _to_check(child: Child, article: Article, packed: Sequence[Packed], spare: bool) -> tuple[dict[str, Any], bytes]:
    """The task, with those transcripts that the child has not yet; it is told which to forget."""
    keys = [each.key for each in packed]
    new = {each.key: each for each in packed if each.key not in child.sent}
    for each in packed:
        child.sent[each.key] = child.sent.pop(each.key, len(each.data))
    drop = []
    for key in list(child.sent):
        if sum(child.sent.values()) <= _KEPT_BYTES or key in keys:
            break
        drop.append(key)
        del child.sent[key]
    # What a check puts on an article it needs not be told.
    plain = to_plain(replace(article, verdicts=[], transcripts=[]))
    told = {"task": "check", "article": plain, "keys": keys, "new": list(new), "drop": drop, "spare": spare}
    return told, b"[" + b",".join(each.data for each in new.values()) + b"]" if new else b""


@contextmanager
def _believed() -> Iterator[None]:
    """Takes apart what a child told, which may be anything."""
    try:
        yield
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError) as error:
        raise FailedInside(f"the answer of a child cannot be read: {type(error).__name__}: {error}") from None
