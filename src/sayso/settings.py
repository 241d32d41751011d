"""The one table of settings: each is an environment variable, read when it is needed."""

from __future__ import annotations

import os
from dataclasses import dataclass

from sayso.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: a whole number of `unit`, `least` at the least."""

    name: str
    default: int
    unit: str
    help: str
    least: int = 1

    def value(self) -> int:
        """What the environment says, the default where it says nothing. Raises BadSetting for anything else."""
        given = os.environ.get(self.name, "").strip()
        if not given:
            return self.default
        if not (given.isascii() and given.isdecimal() and len(given) < 16) or int(given) < self.least:
            raise BadSetting(self.name, given, f"a whole number of {self.unit}, {self.least} or more")
        return int(given)


@dataclass(frozen=True, slots=True)
class TextSetting:
    """One setting whose value is a text; without one, `default` says in words what happens."""

    name: str
    default: str
    help: str

    def value(self) -> str | None:
        """What the environment says; None where it says nothing."""
        return os.environ.get(self.name, "").strip() or None


JOBS = Setting("SAYSO_JOBS", 0, "threads", "articles read at the same time; 0: one for each core", least=0)
MAX_BYTES = Setting("SAYSO_MAX_BYTES", 10_000_000, "bytes", "largest file, page or input that is read")
PARSE_TIMEOUT = Setting("SAYSO_PARSE_TIMEOUT_S", 10, "seconds", "longest time that one page may take to parse")
PARSE_MEMORY = Setting("SAYSO_PARSE_MEMORY_MB", 1500, "megabytes", "most memory that parsing one page may take", 200)
FETCH_TIMEOUT = Setting("SAYSO_FETCH_TIMEOUT_S", 30, "seconds", "longest time that fetching one URL may take")
ARCHIVE = TextSetting(
    "SAYSO_ARCHIVE", "`sayso/archive.db` among your data", "file or postgresql:// address of the archive"
)
TOKEN = TextSetting("SAYSO_TOKEN", "none", "token for the server whose address stands in place of the archive's")

SETTINGS = (JOBS, MAX_BYTES, PARSE_TIMEOUT, PARSE_MEMORY, FETCH_TIMEOUT)
TEXT_SETTINGS = (ARCHIVE, TOKEN)
