"""How a batch reads, and what it lets an article cost: one value that goes to every worker, on whichever machine."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.settings import MAX_BYTES, PARSE_MEMORY, PARSE_TIMEOUT

if TYPE_CHECKING:
    from sayso.reading.limits import Limits


_PATIENCE = 60.0
"""A page is refused for the time of a processor that it takes, however busy the machine is."""


@dataclass(frozen=True, slots=True)
class Options:
    """What all workers of a batch are told. The settings are read where this is made, not where the workers run."""

    date: str | None = None
    """Day of publication where the source does not say, in ISO 8601."""
    outlet: str | None = None
    any_language: bool = False
    max_bytes: int = field(default_factory=MAX_BYTES.value)
    parse_timeout_s: int = field(default_factory=PARSE_TIMEOUT.value)
    parse_memory_mb: int = field(default_factory=PARSE_MEMORY.value)
    memory_mb: int = 2000
    """What a worker's process may take; it is replaced by a fresh one, between two articles, long before."""
    silent_s: float = 120.0
    """By the clock, without a sign that it gets on, and without taking any of a processor."""
    article_cpu_s: float = 120.0
    """Of a processor, for one article: a million characters, the longest that is read, take some 80, half at a time."""
    attempts: int = 10
    """A task is given up for good when its process died so many times running without getting on at all."""

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Options:
        """What `to_json` made."""
        return cls(**told)

    def reading(self) -> Limits:
        """The limits of reading."""
        from sayso.reading.limits import Limits

        return Limits(
            max_bytes=self.max_bytes, parse_timeout_s=self.parse_timeout_s, parse_memory_mb=self.parse_memory_mb,
            parse_patience=_PATIENCE,
        )  # fmt: skip

    def words(self, cause: str, how: str) -> str:
        """Why an article was given up: the same words wherever and however busily it was tried."""
        return {
            "time": f"it could not be read within {self.article_cpu_s:g} s of a processor, or did nothing for "
            f"{self.silent_s:g} s",
            "memory": f"it could not be read within {self.memory_mb:,} MB",
            "killed": f"the process that read it was killed every time ({how})",
        }.get(cause, f"the process that read it broke off ({how})")
