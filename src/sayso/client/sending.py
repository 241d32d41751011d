"""The part of `RemoteArchive` that sends what is to be read, checked or added: files, addresses, texts."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date as Date  # noqa: N812
from pathlib import Path
from typing import IO, Any

from sayso.client.asking import Files, Server
from sayso.client.failures import error_of
from sayso.documents import Article
from sayso.errors import BadSetting, NoSuchSource, UnreadableSource
from sayso.exports.interchange import INTERCHANGES
from sayso.exports.landing import file_to_write
from sayso.exports.reading_back import article_from_json

Source = str | os.PathLike[str]
Progress = Callable[[int, int | None, str], None]
"""Told how much is done, of how much (None: nobody knows), and in what unit."""
FIRST_WAIT_S = 0.1
LONGEST_WAIT_S = 2.0


class Sending:
    """What `sayso.read`, `sayso.check` and `sayso.adding.add` do here, done by the server."""

    server: Server

    def read(
        self, source: Source, *, date: Date | str | None = None, outlet: str | None = None, any_language: bool = False
    ) -> Article:
        """The article in a file of ours, or at an address that the server fetches; it is not kept."""
        return self._read("/read", source, {"date": date, "outlet": outlet, "any_language": any_language})

    def read_text(
        self,
        text: str,
        *,
        name: str = "text",
        date: Date | str | None = None,
        outlet: str | None = None,
        any_language: bool = False,
    ) -> Article:
        """The article in a text; it is not kept."""
        body = {"text": text, "name": name, "date": _day(date), "outlet": outlet, "any_language": any_language}
        return _article(self.server.post("/read", {name: each for name, each in body.items() if each is not None}))

    def check(
        self,
        source: Source,
        transcripts: Iterable[Source | int] = (),
        *,
        date: Date | str | None = None,
        outlet: str | None = None,
        any_language: bool = False,
    ) -> Article:
        """The article in a file of ours or at an address, with the verdicts on it; it is not kept.

        `transcripts` are files of ours, or ids of transcripts of the archive.
        """
        given: list[Source] = []
        ids = []
        for each in transcripts:
            if isinstance(each, int):
                ids.append(each)
            else:
                given.append(each)
        told = {"date": date, "outlet": outlet, "any_language": any_language, "transcript_id": ids}
        return self._read("/check", source, told, given)

    def add(
        self,
        sources: Iterable[Source] = (),
        *,
        transcripts: Iterable[Source] = (),
        date: Date | str | None = None,
        outlet: str | None = None,
        any_language: bool = False,
        check: bool = False,
        on_progress: Progress | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Each article and transcript that came of the sources, as `sayso add --format jsonl` prints it, as they come.

        `sources` are files of ours and addresses that the server fetches. With `check` each article that came in is
        checked afterwards. Raises what ended the job where something did.
        """
        told = {"date": _day(date), "outlet": outlet, "any_language": any_language, "check": check}
        given, apart = list(sources), list(transcripts)
        with ExitStack() as held:
            files, addresses = _opened(held, given, "file")
            more, others = _opened(held, apart, "transcript")
            if others:
                raise BadSetting("transcripts", others[0], "files; add the transcript at an address as a source")
            job = self.server.post_form("/articles", {**told, "url": addresses}, files + more)
        return self._results(job["id"], on_progress)

    def check_article(self, id: int, *, on_progress: Progress | None = None) -> list[dict[str, Any]]:
        """Checks an article against the archive's transcripts, and waits until its verdicts are kept."""
        job = self.server.post(f"/articles/{id:d}/check")
        return list(self._results(job["id"], on_progress))

    def export(self, format_name: str, target: str | Path, query: str = "", *, articles: Sequence[int] = ()) -> None:
        """Writes articles of the archive to a file: all, those named, or those with what a query finds.

        What makes a folder comes as a ZIP file. Raises BadSetting for a format that there is not.
        """
        if format_name not in INTERCHANGES:
            raise BadSetting("format", format_name, f"one of {', '.join(INTERCHANGES)}")
        with (
            self.server.stream(f"/exports/{format_name}", q=query, article=list(articles)) as chunks,
            file_to_write(Path(target)) as out,
        ):
            for chunk in chunks:
                out.write(chunk)

    def _results(self, id: str, on_progress: Progress | None) -> Iterator[dict[str, Any]]:
        """The results of a job, each once, until it has ended."""
        seen, wait_s = 0, FIRST_WAIT_S
        while True:
            job = self.server.get(f"/jobs/{id}")
            if on_progress is not None:
                on_progress(job["done"], job["total"], job["unit"])
            # Those that the job has forgotten were before all that it tells of.
            fresh = job["results"][max(0, seen - job["dropped"]) :]
            seen = job["dropped"] + len(job["results"])
            yield from fresh
            if job["error"]:
                raise error_of(job["error"])
            if job["ended_at"]:
                return
            wait_s = FIRST_WAIT_S if fresh else min(wait_s * 1.5, LONGEST_WAIT_S)
            time.sleep(wait_s)

    def _read(self, path: str, source: Source, told: dict[str, Any], transcripts: Sequence[Source] = ()) -> Article:
        told["date"] = _day(told["date"])
        with ExitStack() as held:
            files, addresses = _opened(held, [source], "file")
            more, others = _opened(held, transcripts, "transcript")
            if others:
                raise BadSetting("transcripts", others[0], "files, or ids of transcripts of the archive")
            return _article(self.server.post_form(path, {**told, "url": addresses}, files + more))


def _opened(held: ExitStack, sources: Iterable[Source], field: str) -> tuple[Files, list[str]]:
    """Files to be sent, open as long as the stack is; and addresses."""
    files: Files = []
    addresses = []
    for source in sources:
        name = os.fspath(source)
        if name.lower().startswith(("http://", "https://")):
            addresses.append(name)
            continue
        path = Path(name)
        try:
            file: IO[bytes] = held.enter_context(path.open("rb"))
        except FileNotFoundError:
            raise NoSuchSource(name, "there is no such file", "Check the spelling") from None
        except OSError as error:
            raise UnreadableSource(name, error.strerror or str(error)) from None
        files.append((field, (path.name, file, "application/octet-stream")))
    return files, addresses


def _day(value: Date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, Date) else value


def _article(record: dict[str, Any]) -> Article:
    return article_from_json(record, name="record")
