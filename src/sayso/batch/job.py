"""What a batch is: its inputs, how they are read, and by which weights; kept in `batch.json`.

The same job in the same folder goes on where it was. Anything that would change a row is part of it, and another job
is refused the folder.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace
from pathlib import Path
from typing import Any

from sayso import __version__
from sayso.batch.layout import Folder, put_json
from sayso.batch.limits import Options
from sayso.batch.manifest import sha256_of
from sayso.errors import BatchFailed, DamagedModel, OtherBatch
from sayso.exports.counts import counted
from sayso.extraction.shipped import ENGLISH, parameters_of
from sayso.intake.folders import is_folder, walk
from sayso.intake.inputs import is_piecewise
from sayso.intake.kinds import taken_from_folders
from sayso.settings import MAX_BYTES, PARSE_MEMORY, PARSE_TIMEOUT

FORMAT = 1
"""Of the folder. One with a higher number was written by a sayso that this one does not know."""
_SHOWN = 3
"""Differences that a message names."""
_WRITTEN = {
    "date": "--date",
    "outlet": "--outlet",
    "any_language": "--any-language",
    "max_bytes": MAX_BYTES.name,
    "parse_timeout_s": PARSE_TIMEOUT.name,
    "parse_memory_mb": PARSE_MEMORY.name,
}
"""Options as users write them."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or all files of a folder that are no containers, as it was when the batch began."""

    name: str
    """As the user wrote it, or the folder that it lies in."""
    files: int
    bytes: int
    modified: str
    """When it was last written to, in nanoseconds since 1970; of a folder the SHA-256 of that and of all names."""


@dataclass(frozen=True, slots=True)
class Job:
    """A batch."""

    id: str
    """Of this folder, by which a machine knows that it sees the same one."""
    version: str
    """Of sayso."""
    weights: dict[str, str]
    """SHA-256 of the model's files."""
    options: Options
    """How articles are read, and what one may cost."""
    inputs: tuple[Input, ...]
    planned: dict[str, Any] | None = field(default=None, compare=False)
    """How many articles and shards there are, once that is known."""
    finished: dict[str, Any] | None = field(default=None, compare=False)
    """What came of it, once all is done."""

    def to_json(self) -> dict[str, Any]:
        """As it stands in `batch.json`."""
        told = asdict(self)
        inputs = [list(astuple(each)) for each in self.inputs]
        return {"format": FORMAT, "sayso": told.pop("version"), **told, "inputs": inputs}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Job:
        """What `to_json` made. Raises ValueError, KeyError or TypeError for anything else."""
        return cls(
            id=told["id"],
            version=told["sayso"],
            weights=told["weights"],
            options=Options.from_json(told["options"]),
            inputs=tuple(Input(*each) for each in told["inputs"]),
            planned=told["planned"],
            finished=told["finished"],
        )

    def note(self, folder: Folder, *, planned: dict[str, Any] | None, finished: dict[str, Any] | None) -> Job:
        """The job with how far it has come, written down."""
        job = replace(self, planned=planned, finished=finished)
        put_json(folder.job, job.to_json())
        return job


def job_of(names: Sequence[str], options: Options) -> Job:
    """A new job over these files. Raises DamagedModel, and BatchFailed for a file that is not there any more."""
    return Job(
        id=uuid.uuid4().hex,
        version=__version__,
        weights=_weights(),
        options=options,
        inputs=tuple(map(look_at, names)),
    )


def look_at(name: str) -> Input:
    """An input as it is now. Raises BatchFailed for one that is not there."""
    try:
        if not is_folder(name):
            found = Path(name).stat()
            return Input(name, 1, found.st_size, str(found.st_mtime_ns))
        files = size = 0
        seen = hashlib.sha256()
        for path in walk(name, wanted=taken_from_folders, passed=Counter()):
            if isinstance(path, Path) and not is_piecewise(path.name):
                found = path.stat()
                files, size = files + 1, size + found.st_size
                seen.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode("utf-8", "surrogatepass"))
        return Input(name, files, size, seen.hexdigest())
    except OSError as error:
        raise BatchFailed(name, f"it cannot be read ({error.strerror})", "Check the spelling") from None


def read_job(folder: Folder) -> Job | None:
    """The job in a folder, None where there is none. Raises BatchFailed for a damaged one, or one that is newer."""
    try:
        told = json.loads(folder.job.read_bytes())
        if told["format"] != FORMAT:
            raise BatchFailed(str(folder.root), f"it was written by sayso {told['sayso']}, in a form (number "
                              f"{told['format']}) that sayso {__version__} does not know", "Use that one")  # fmt: skip
        return Job.from_json(told)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, TypeError) and isinstance(told, dict) and told.get("sayso") != __version__:
            # Of the same form, but with options that the other one has not.
            raise OtherBatch(str(folder.root), f"it was begun by sayso {told.get('sayso')}, and this is {__version__}",
                             "Name another folder, or use that one") from error  # fmt: skip
        raise BatchFailed(str(folder.job), f"it is not as it was written ({type(error).__name__}: {error})",
                          "Begin anew in another folder") from error  # fmt: skip


def same_or_refused(folder: Folder, there: Job, wanted: Job) -> None:
    """Raises OtherBatch, which says what differs, where a folder's job is not the one that is wanted."""
    differences = list(_differences(there, wanted))
    if differences:
        told = "; ".join(differences[:_SHOWN]) + f"; and {len(differences) - _SHOWN:,} more" * (
            len(differences) > _SHOWN
        )
        raise OtherBatch(str(folder.root), f"another batch is in it: {told}",
                         "Name another folder, or ask for the same as then")  # fmt: skip


def _differences(there: Job, wanted: Job) -> Iterator[str]:
    if there.version != wanted.version:
        yield f"it was begun by sayso {there.version}, and this is {wanted.version}"
    elif there.weights != wanted.weights:
        yield "it was begun with another model"
    before, now = there.options.to_json(), wanted.options.to_json()
    for name, value in now.items():
        if before[name] != value:
            yield f"{_WRITTEN.get(name, name)} was {_told(before[name])}, and is {_told(value)}"
    old, new = ({each.name: each for each in job.inputs} for job in (there, wanted))
    for name, each in new.items():
        if name not in old:
            yield f"{name} is not among its inputs"
        elif old[name] != each:
            yield f"{name} changed since it began ({_change(old[name], each)})"
    for name in old:
        if name not in new:
            yield f"{name} is one of its inputs, and is not named"
    if list(old) != list(new) and old.keys() == new.keys():
        yield "its inputs came in another order"


def _told(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "given" if value else "not given"
    return repr(value)


def _change(before: Input, now: Input) -> str:
    if before.files != now.files:
        return f"{counted(before.files, 'file')}, now {now.files:,}"
    return f"{before.bytes:,} bytes, now {now.bytes:,}" if before.bytes != now.bytes else "it was written to"


def _weights() -> dict[str, str]:
    """SHA-256 of what the model is made of. Raises DamagedModel where one is not as shipped."""
    found = {each.name: sha256_of(each) for each in sorted(ENGLISH.iterdir()) if each.suffix not in (".md", "")}
    with parameters_of(ENGLISH / "parameters.json") as parameters:
        for name, expected in parameters["sha256"].items():
            if found.get(name) != expected:
                raise DamagedModel(name, expected, found.get(name))
    return found
