"""What workers do for the grouping; every job may be done twice, anywhere, and writes the same.

sketch   reads a portion of the shards, and writes the sketches of its articles and statements by bucket
pairs    reads a bucket from all portions, and writes the pairs in it that may belong together
connect  reads all pairs, and writes, by portion, which things hang together, shared out in pieces
gather   reads a portion's shards again, and writes, by piece, those of its things that are not alone
settle   reads a piece from all portions, compares all that hangs together in it, and writes its part of the table
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import numpy as np

from sayso.batch.grouping.connecting import components, shared_out
from sayso.batch.grouping.folding import copies_among, rows_of_copies
from sayso.batch.grouping.pairing import PAIR, likely_copies, likely_told, near_pairs
from sayso.batch.grouping.places import Kind, Outline, Places, Stage
from sayso.batch.grouping.sketches import (
    COPY,
    COPY_TREES,
    STATEMENT,
    STATEMENT_TREES,
    Records,
    buckets_of,
    sketch_reports,
    sketch_told,
)
from sayso.batch.grouping.spill import read_blocks, write_blocks, write_run
from sayso.batch.grouping.told import Report, Told, reports_in, told_in
from sayso.batch.grouping.uttering import keys_of, rows_of_utterance, utterances_among
from sayso.batch.jobs import Steps
from sayso.batch.layout import Folder, put_json
from sayso.batch.parquet import write_part
from sayso.batch.tables import Row

PIECE = {"copies": 2_000, "utterances": 20_000}
"""Things that are settled at a time, by kind."""
LARGEST = {"copies": 4_096, "utterances": 32_768}
"""Things of a component that is settled as it is, by kind."""
CONNECTED = np.dtype([("id", "<i8"), ("piece", "<i4"), ("head", "<i8")])
_TREES = {"copies": (COPY, COPY_TREES, likely_copies), "utterances": (STATEMENT, STATEMENT_TREES, likely_told)}
_Given = dict[str, Any]


def run(given: _Given, steps: Steps) -> dict[str, Any]:
    """Does one task of the grouping, unless it is done already: its result."""
    places = Places(Folder(Path(given["folder"])))
    stage, kind, number = cast("Stage", given["stage"]), cast("Kind", given["kind"]), int(given["number"])
    done = places.done(kind, stage, number)
    if done is None:
        done = _STAGES[stage](places, Outline.read(places), kind, number, steps)
        put_json(places.note(kind, stage, number), done)
    return done


def _sketch(places: Places, outline: Outline, kind: Kind, number: int, steps: Steps) -> dict[str, Any]:
    portion = outline.portions[number]
    found: list[Records] = []
    for shard, first in zip(portion.shards, portion.bounds(kind)[:-1], strict=True):
        steps.beat()
        if kind == "copies":
            found.append(sketch_reports(reports_in(places.folder, shard), first))
        else:
            found.append(sketch_told(told_in(places.folder, shard), first))
    records = np.concatenate(found)
    buckets = buckets_of(records, outline.buckets[kind])
    order = np.argsort(buckets, kind="stable")
    records, buckets = records[order], buckets[order]
    bounds = np.searchsorted(buckets, np.arange(outline.buckets[kind] + 1))
    write_blocks(
        places.file(kind, "sketch", number),
        {at: records[bounds[at] : bounds[at + 1]].tobytes() for at in range(outline.buckets[kind])},
    )
    return {"records": len(records)}


def _pairs(places: Places, outline: Outline, kind: Kind, number: int, steps: Steps) -> dict[str, Any]:
    form, trees, likely = _TREES[kind]
    steps.beat()
    paths = [places.file(kind, "sketch", at) for at in range(len(outline.portions))]
    records = np.frombuffer(b"".join(read_blocks(paths, number)), form)
    pairs = near_pairs(records, trees, likely)
    write_blocks(places.file(kind, "pairs", number), {0: pairs.tobytes()})
    return {"pairs": len(pairs)}


def _connect(places: Places, outline: Outline, kind: Kind, number: int, steps: Steps) -> dict[str, Any]:
    def pairs() -> Iterator[Any]:
        for at in range(outline.buckets[kind]):
            steps.beat()
            for block in read_blocks([places.file(kind, "pairs", at)], 0):
                yield np.frombuffer(block, PAIR)

    forest, cut = components(outline.count(kind), pairs, largest=LARGEST[kind])
    found, pieces = shared_out(forest, PIECE[kind])
    starts = np.array(outline.starts(kind))
    things = 0

    def blocks() -> Iterator[tuple[int, bytes]]:
        nonlocal things
        for ids, piece in found:
            steps.beat()
            told = np.empty(len(ids), CONNECTED)
            told["id"], told["piece"], told["head"] = ids, piece, forest.parents[ids]
            things += len(ids)
            portions = np.searchsorted(starts, ids, side="right") - 1
            yield from ((int(portion), told[portions == portion].tobytes()) for portion in np.unique(portions))

    write_run(places.file(kind, "connect", number), blocks())
    return {"pieces": pieces, "things": things, "cut": cut}


def _gather(places: Places, outline: Outline, kind: Kind, number: int, steps: Steps) -> dict[str, Any]:
    portion = outline.portions[number]
    connected = np.frombuffer(b"".join(read_blocks([places.file(kind, "connect", 0)], number)), CONNECTED)
    wanted = {int(each["id"]): (int(each["piece"]), int(each["head"])) for each in connected}
    witnesses = _witnesses(places, number) if kind == "utterances" and wanted else {}
    blocks: dict[int, list[bytes]] = defaultdict(list)
    for shard, (first, after) in zip(portion.shards, pairwise(portion.bounds(kind)), strict=True):
        steps.beat()
        if not any(each in wanted for each in range(first, after)):
            continue
        things: Sequence[Report | Told] = (
            reports_in(places.folder, shard) if kind == "copies" else told_in(places.folder, shard)
        )
        for id_, thing in enumerate(things, start=first):
            if id_ in wanted:
                piece, head = wanted[id_]
                told: dict[str, Any] = {**thing.to_json(), "head": head, "id": id_}
                if isinstance(thing, Told):
                    told["witness"] = witnesses.get(thing.article, thing.article)
                blocks[piece].append(json.dumps(told).encode() + b"\n")
    write_blocks(places.file(kind, "gather", number), {piece: b"".join(lines) for piece, lines in blocks.items()})
    return {"things": len(wanted)}


def _witnesses(places: Places, portion: int) -> dict[str, str]:
    """By article of a portion that is a copy of another one, which that is."""
    connected = places.done("copies", "connect", 0) or {}
    paths = [places.witnesses(at) for at in range(connected["pieces"])]
    return dict(json.loads(line) for block in read_blocks(paths, portion) for line in block.splitlines())


def _settle(places: Places, outline: Outline, kind: Kind, number: int, steps: Steps) -> dict[str, Any]:
    paths = [places.file(kind, "gather", at) for at in range(len(outline.portions))]
    heads: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for block in read_blocks(paths, number):
        for line in block.splitlines():
            told = json.loads(line)
            heads[told.pop("head")].append(told)
    if kind == "copies":
        return _settle_copies(places, outline, number, heads, steps)
    return _settle_told(places, number, heads, steps)


_Heads = dict[int, list[dict[str, Any]]]


def _settle_copies(places: Places, outline: Outline, number: int, heads: _Heads, steps: Steps) -> dict[str, Any]:
    rows: list[Row] = []
    witnesses: dict[int, list[bytes]] = defaultdict(list)
    starts = outline.starts("copies")
    originals = 0
    for head in sorted(heads):
        steps.beat()
        ids = [each.pop("id") for each in heads[head]]
        reports = [Report(**each) for each in heads[head]]
        for group in copies_among(reports):
            originals += 1
            rows += rows_of_copies(reports, group)
            for at in group[1:]:
                portion = bisect_right(starts, ids[at]) - 1
                line = json.dumps([reports[at].article, reports[group[0]].article]).encode()
                witnesses[portion].append(line + b"\n")
    write_blocks(places.witnesses(number), {portion: b"".join(lines) for portion, lines in witnesses.items()})
    _write(places, "copies", number, rows)
    return {"rows": len(rows), "groups": originals}


def _settle_told(places: Places, number: int, heads: _Heads, steps: Steps) -> dict[str, Any]:
    rows: list[Row] = []
    utterances = 0
    for head in sorted(heads):
        steps.beat()
        told, witnesses = [], []
        for each in heads[head]:
            witnesses.append(each.pop("witness"))
            told.append(Told.from_json(each))
        groups = utterances_among(told)
        for members, key in zip(groups, keys_of(told, groups), strict=True):
            utterances += 1
            rows += rows_of_utterance(told, members, [witnesses[at] for at in members], key)
    _write(places, "utterances", number, rows)
    return {"rows": len(rows), "groups": utterances}


def _write(places: Places, kind: Kind, number: int, rows: list[Row]) -> None:
    """A part of a table, sorted; none of no rows."""
    target = places.folder.part(kind, number)
    if rows:
        write_part(kind, sorted(rows, key=lambda row: (row["article"], row.get("statement", ""))), target)
    else:
        target.unlink(missing_ok=True)


_Job = Callable[[Places, Outline, Kind, int, Steps], dict[str, Any]]
_STAGES: dict[Stage, _Job] = {
    "sketch": _sketch,
    "pairs": _pairs,
    "connect": _connect,
    "gather": _gather,
    "settle": _settle,
}
