"""Errors of reading as failures of intake."""

from __future__ import annotations

from sayso.errors import NoSuchSource, NotEnglish, RefusedAddress, SaysoError, TookTooLong, TooLarge, UnreadableSource
from sayso.intake.items import Failure, Item, ProblemKind

_REFUSED = (TooLarge, TookTooLong, NotEnglish, RefusedAddress)


def kind_of_error(error: UnreadableSource) -> ProblemKind:
    """`refused` where a limit or a rule of ours spoke against it, else `unreadable`."""
    return "refused" if isinstance(error, _REFUSED) else "unreadable"


def failure_of(error: Exception, item: Item) -> Failure:
    """The failure of an item that could not be read; an error that is none of reading's is our own fault."""
    kind: ProblemKind = "failed"
    reason, advice = f"sayso failed on it ({type(error).__name__}: {error})", "Please report this"
    if isinstance(error, UnreadableSource):
        kind, reason, advice = kind_of_error(error), error.reason, error.advice
    elif isinstance(error, SaysoError):
        reason, advice = str(error), ""
    return Failure(kind, item.name, item.origin, reason, advice, item.digest)


def failure_to_open(problem: OSError | ValueError, name: str, origin: str) -> Failure:
    """The failure of a file that cannot be opened or read."""
    if isinstance(problem, FileNotFoundError):
        return failure_at(NoSuchSource(name, "there is no such file", "Check the spelling"), name, origin)
    reason = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
    return Failure("unreadable", name, origin, f"it cannot be read ({reason})")


def failure_at(error: UnreadableSource, name: str, origin: str) -> Failure:
    """The failure of a source of which no item came."""
    return Failure(kind_of_error(error), name, origin, error.reason, error.advice)


def device_failure(name: str, origin: str) -> Failure:
    """The failure of what is no file."""
    return Failure("unreadable", name, origin, "it is a device, not a file", "Name the files")


def packed_failure(error: Exception, name: str, origin: str) -> Failure:
    """The failure of a packed file, of which this is what unpacking it raised."""
    cut = isinstance(error, EOFError)
    reason = "the packed file ends in the middle" if cut else f"the packed file is damaged ({error})"
    return Failure("truncated" if cut else "damaged", name, origin, reason, "Get a whole copy of the file")
