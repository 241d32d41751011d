"""The whole error tree. Each class carries the values it speaks of and its HTTP status; the message says what is
wrong, with what, and what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any


class SaysoError(Exception):
    """Root of every error that sayso raises on purpose."""

    status = 400


class UnreadableSource(SaysoError):
    """A source that cannot be made into an article; `reason` says why, `advice` what to do next."""

    status = 422

    def __init__(self, name: str, reason: str, advice: str = "") -> None:
        self.name = name
        self.reason = reason
        self.advice = advice
        super().__init__(f"{name}: {reason}" + (f". {advice}" if advice else ""))


class NotText(UnreadableSource):
    """The bytes are no text: an image, an archive, an executable."""


class EmptySource(UnreadableSource):
    """Nothing to read: no letter in the whole source."""


class TooLarge(UnreadableSource):
    """The source is over a size or depth limit."""

    status = 413


class TookTooLong(UnreadableSource):
    """The source went past a time or memory limit while it was parsed."""


class NotEnglish(UnreadableSource):
    """The article is in a language that the model was not trained on; `language` is its ISO 639-1 code."""

    def __init__(self, name: str, language: str) -> None:
        self.language = language
        known = language not in ("", "und")
        told = f"the language looks like '{language}'" if known else "its language cannot be told"
        super().__init__(name, f"{told}, and only English is read", "Force it with --any-language")


class NoSuchSource(UnreadableSource):
    """No file or folder of that name, or a page that is not there."""

    status = 404


class SourceChanged(UnreadableSource):
    """A file that is not the one any more that was looked through before."""

    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(name, "the file has changed since it was looked through", "Begin again in another folder")


class RefusedAddress(UnreadableSource):
    """A URL that leads to a private, loopback or otherwise special address, or is not http(s)."""

    status = 403


class FetchFailed(UnreadableSource):
    """The other side did not deliver: connection, TLS, HTTP status, too many redirects."""

    status = 502


class DamagedModel(SaysoError):
    """The model file is missing or its SHA-256 is not the one on its card."""

    status = 500

    def __init__(self, path: str, expected: str, found: str | None) -> None:
        self.path = path
        self.expected = expected
        self.found = found
        what = "is missing" if found is None else f"is damaged (SHA-256 {found[:12]}..., expected {expected[:12]}...)"
        super().__init__(f"The model file {path} {what}. Install sayso again: pip install --force-reinstall sayso")


class BadSetting(SaysoError):
    """A setting or option with a value it cannot take."""

    def __init__(self, name: str, value: object, expected: str) -> None:
        self.name = name
        self.value = value
        self.expected = expected
        super().__init__(f"{name}: {value!r} will not do; expected {expected}")


class MissingPackage(SaysoError):
    """A package beside sayso that what was asked for needs; any one of `packages` will do."""

    status = 501

    def __init__(self, wanted_for: str, packages: tuple[str, ...]) -> None:
        self.wanted_for = wanted_for
        self.packages = packages
        missing = " nor ".join(packages)
        what = f"neither {missing} is installed" if len(packages) > 1 else f"{missing} is not installed"
        super().__init__(f"{wanted_for}: {what}. Install it: pip install {shlex.quote(packages[0])}")


class DamagedIndex(SaysoError):
    """An index of transcripts on disk that cannot be used as it is: `reason` says why, `advice` what to do next."""

    status = 500

    def __init__(self, path: str, reason: str, advice: str = "Delete the folder and build it again") -> None:
        self.path = path
        self.reason = reason
        self.advice = advice
        super().__init__(f"The index {path}: {reason}. {advice}")


class FailedAt(SaysoError):
    """Something that failed at a place: `where` it is, `reason` says why, `advice` what to do next."""

    _what = ""
    """What stands before the place."""

    def __init__(self, where: str, reason: str, advice: str = "") -> None:
        self.where = where
        self.reason = reason
        self.advice = advice
        super().__init__(f"{self._what}{where}: {reason}" + (f". {advice}" if advice else ""))


class ArchiveError(FailedAt):
    """Root of what can be wrong with an archive; `where` is its file or address, without any password."""

    status = 500
    _what = "The archive "


class NoSuchArchive(ArchiveError):
    """There is no archive at that place, or what is there is none."""

    status = 404


class NewerArchive(ArchiveError):
    """The archive was written by a newer sayso, with a schema that this one does not know."""


class DamagedArchive(ArchiveError):
    """The archive's file, or something in it, is not as it was written."""


class ArchiveFull(ArchiveError):
    """No space is left to write; what was in stays as it was."""

    status = 507


class ArchiveBusy(ArchiveError):
    """Another process held the archive for longer than we wait, or its server is away."""

    status = 503


class NoSuchEntry(SaysoError):
    """An article, speaker, statement, transcript or decision that the archive does not have."""

    status = 404

    def __init__(self, kind: str, name: str, nearest: tuple[str, ...] = (), advice: str = "") -> None:
        self.kind = kind
        self.name = name
        self.nearest = nearest
        self.advice = advice
        known = f". Nearest: {', '.join(repr(each) for each in nearest)}" if nearest else ""
        super().__init__(f"No {kind} {name!r}{known}" + (f". {advice}" if advice else ""))


class BadQuery(SaysoError):
    """A query that cannot be read: what is wrong, and where: `[start, end)` in characters of `query`."""

    def __init__(self, query: str, start: int, end: int, reason: str, advice: str = "") -> None:
        self.query = query
        self.start = start
        self.end = end
        self.reason = reason
        self.advice = advice
        super().__init__(f"{reason}, at character {start + 1} of the query" + (f". {advice}" if advice else ""))


class RefusedDecision(SaysoError):
    """A decision about who is whom that cannot be taken or undone as things stand; `decision` stands in its way."""

    status = 409

    def __init__(self, reason: str, advice: str = "", *, decision: int | None = None) -> None:
        self.reason = reason
        self.advice = advice
        self.decision = decision
        super().__init__(reason + (f". {advice}" if advice else ""))


class RefusedChange(SaysoError):
    """A change to users or tokens that cannot be made as things stand: the last admin, a name in use."""

    status = 409

    def __init__(self, reason: str, advice: str = "") -> None:
        self.reason = reason
        self.advice = advice
        super().__init__(reason + (f". {advice}" if advice else ""))


class BadRequest(SaysoError):
    """A request that cannot be answered as it is: a field that is missing or wrong, a page or a method there is not.

    `fields` are the ones that are wrong, each as `{"field": "body.text", "reason": "..."}`.
    """

    def __init__(self, reason: str, *, status: int = 422, fields: tuple[dict[str, str], ...] = ()) -> None:
        self.reason = reason
        self.status = status
        self.fields = fields
        super().__init__(reason)

    @classmethod
    def of_fields(cls, wrong: Sequence[Any]) -> BadRequest:
        """Of what a check of the request's fields found (`loc` and `msg` of each), the first hundred."""
        fields = tuple(
            {"field": ".".join(map(str, each["loc"])), "reason": str(each["msg"]).removeprefix("Value error, ")}
            for each in wrong[:100]
        )
        told = "; ".join(f"{each['field']}: {each['reason']}" for each in fields[:3])
        return cls(f"The request cannot be read: {told}", fields=fields)

    @classmethod
    def of_status(cls, status: int, method: str, path: str) -> BadRequest:
        """Of an HTTP status that the server came to before any of our code ran."""
        known = {404: f"There is nothing at {path}", 405: f"{path} cannot be asked with {method}"}
        return cls(known.get(status, f"{method} {path} cannot be answered ({status})"), status=status)


class NotSignedIn(SaysoError):
    """Something that only a known user may ask."""

    status = 401

    def __init__(self, reason: str = "Nobody is signed in", advice: str = "Sign in, or send a token") -> None:
        self.reason = reason
        self.advice = advice
        super().__init__(f"{reason}. {advice}")


class NotAllowed(SaysoError):
    """Something that needs a higher role."""

    status = 403

    def __init__(self, name: str, role: str, needed: str) -> None:
        self.name = name
        self.role = role
        self.needed = needed
        super().__init__(f"{name} is a {role}, and this needs the role {needed}. Ask an admin")


class RefusedRequest(SaysoError):
    """A request from another site, to another host's name, too large or too slow, that is not looked into."""

    def __init__(self, reason: str, *, status: int = 403) -> None:
        self.reason = reason
        self.status = status
        super().__init__(reason)


class CannotServe(SaysoError):
    """A server that cannot begin as it was told to: its port is taken, or nobody could sign in."""

    def __init__(self, reason: str, advice: str) -> None:
        self.reason = reason
        self.advice = advice
        super().__init__(f"{reason}. {advice}")


class TooManyRequests(SaysoError):
    """More calls of a kind than are allowed in a while; `retry_after_s` says when the next may come."""

    status = 429

    def __init__(self, what: str, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(f"Too many {what} in a short time. Try again in {retry_after_s} s")


class ServerBusy(SaysoError):
    """A server that has as much to do as it takes on, or is about to stop; `retry_after_s` says when to ask again."""

    status = 503

    def __init__(self, reason: str, retry_after_s: int = 10) -> None:
        self.reason = reason
        self.retry_after_s = retry_after_s
        super().__init__(f"{reason}. Try again in {retry_after_s} s")


class ServerAway(SaysoError):
    """A server of sayso that cannot be asked: nothing answers at its address, or something else does."""

    status = 502

    def __init__(
        self, url: str, reason: str, advice: str = "See whether it runs, and whether the address is right"
    ) -> None:
        self.url = url
        self.reason = reason
        self.advice = advice
        super().__init__(f"The server {url}: {reason}. {advice}")


class BatchFailed(FailedAt):
    """A batch cannot go on: `where` is its folder or its task."""


class OtherBatch(BatchFailed):
    """The folder has another batch in it: other inputs, other settings, or other weights than asked for."""

    status = 409
