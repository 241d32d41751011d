"""Whether a machine sees the batch that it is to work for, and has the same sayso."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso import __version__
from sayso.batch.job import job_of, read_job
from sayso.batch.layout import Folder
from sayso.batch.limits import Options
from sayso.batch.tasks import Task
from sayso.errors import BatchFailed, SaysoError


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of a batch, from the root, and the identity of the job in it."""

    root: str
    id: str


def place_of(task: Task) -> Place | None:
    """Where a task works, None where that is nowhere. Raises BatchFailed where no batch is there."""
    if "folder" not in task.given:
        return None
    root = Path(task.given.get("place") or ".", task.given["folder"]).absolute()
    try:
        return Place(str(root), str(json.loads((root / "batch.json").read_bytes())["id"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BatchFailed(str(root), f"its batch.json cannot be read ({type(error).__name__})") from error


def look_here(place: Place) -> None:
    """Looks at this machine. Raises BatchFailed where it cannot do the same as the one that the batch began on."""
    job = read_job(Folder(Path(place.root)))
    if job is None or job.id != place.id:
        what = "there is no batch in it" if job is None else "another batch is in it"
        raise BatchFailed(place.root, f"{what} as this machine sees it",
                          "Inputs and output must be on a file system that every machine has in the same place"
                          )  # fmt: skip
    if job.version != __version__:
        raise BatchFailed(place.root, f"it was begun by sayso {job.version}, and this machine has {__version__}",
                          "Install the same version on every machine")  # fmt: skip
    if job.weights != job_of((), Options()).weights:
        raise BatchFailed(place.root, "it was begun with another model than this machine has",
                          "Install the same version on every machine")  # fmt: skip


def told_of(error: SaysoError, *, at: str = "") -> dict[str, str]:
    """An error as the arguments of a BatchFailed, which go anywhere as JSON; `at` names the machine."""
    known: dict[str, Any] = {name: getattr(error, name, "") for name in ("where", "reason", "advice")}
    where, reason, advice = (str(known[name]) for name in ("where", "reason", "advice"))
    if not (where and reason):
        return {"where": at or "Ray", "reason": str(error), "advice": ""}
    return {"where": at or where, "reason": f"{where}: {reason}" if at else reason, "advice": advice}
