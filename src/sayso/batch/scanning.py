"""The job that goes through inputs and writes down where their stretches are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.batch.jobs import Steps
from sayso.batch.layout import Folder, room_in
from sayso.batch.plan import scanned
from sayso.errors import BatchFailed, UnreadableSource
from sayso.intake.items import Failure
from sayso.intake.parts import FailurePart
from sayso.intake.stretches import Stretch, scan
from sayso.whole import written


def run(given: dict[str, Any], steps: Steps) -> dict[str, Any]:
    """How many stretches and items the inputs have; a stretch a line, in their order, in `work/plan/NNNNNN.jsonl`.

    `given`: `folder`, `inputs` and how many items a stretch is to have (`every`). An input that a process died in is a
    failure as a whole.
    """
    folder = Folder(Path(given["folder"]))
    stretches = items = 0
    with room_in(folder.root), written(scanned(folder, steps.number)) as out:
        for ordinal, name in enumerate(given["inputs"]):
            for each in _scanned(name, ordinal, given["every"], folder, steps):
                out.write(json.dumps(each.to_json()).encode("ascii") + b"\n")
                stretches, items = stretches + 1, items + each.count
    return {"stretches": stretches, "items": items, "inputs": len(given["inputs"])}


def _scanned(name: str, ordinal: int, every: int, folder: Folder, steps: Steps) -> Iterator[Stretch]:
    if ordinal in steps.given_up:
        reason = steps.given_up[ordinal]
        failure = Failure("failed", name, name, f"its parts could not be found: {reason}", "Please report this")
        yield Stretch(name, 0, 1, (FailurePart(1, failure),))
        return
    try:
        # Unpacking what cannot be sought in takes as long as it is large, and gives nothing until its end.
        with steps.moving(ordinal, name):
            yield from scan(name, limits=steps.options.reading(), every=every, spool=folder.work / "spool")
    except UnreadableSource as error:
        raise BatchFailed(error.name, error.reason, error.advice) from error
    steps.end(ordinal)
