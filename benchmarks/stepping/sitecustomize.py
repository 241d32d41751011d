"""Python imports this at its start where its folder is on the path: it has the steps of reading timed, in any process.

The functions below are wrapped as soon as their module is imported. A step's time is its thread's processor time but
for that of the steps that it calls. What was counted is written beside this file, a file a process, over and over,
since processes of a batch are ended from outside; so a copy of this file is used, in a folder of its own.
"""

from __future__ import annotations

import functools
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

WATCHED: dict[str, dict[str, str]] = {
    "onnxruntime": {"InferenceSession.run": "the encoder"},
    "sayso.intake.records": {"_record": "WARC and HTTP"},
    "sayso.intake.http": {"Response.body": "WARC and HTTP"},
    "sayso.reading": {"read_bytes": "pages"},
    "sayso.extraction.tokens": {"tokenize": "words and pieces"},
    "sayso.extraction.model": {"Model.scores_many": "windows"},
    "sayso.extraction": {"extract_attributions": "attributions", "learned_classes": "attributions"},
    "sayso.speakers": {"resolve_speakers": "speakers"},
    "sayso.statements": {"compose": "statements"},
    "sayso.figures": {"extract_figures": "figures"},
    "sayso.batch.rows": {"rows_of": "tables"},
    "sayso.batch.parquet": {"write_part": "tables"},
    "sayso.batch.journal": {"Journal.write": "tables"},
    "trafilatura": {"bare_extraction": "the parser of pages"},
}
_EVERY_S = 0.2
_local = threading.local()
_counted: dict[str, float] = {}
_written = [0.0]


def _timed(function: Any, step: str) -> Any:
    @functools.wraps(function)
    def wrapper(*arguments: Any, **named: Any) -> Any:
        stack: list[float] = _local.__dict__.setdefault("stack", [])
        stack.append(0.0)
        began = time.thread_time()
        try:
            return function(*arguments, **named)
        finally:
            took = time.thread_time() - began
            _counted[step] = _counted.get(step, 0.0) + took - stack.pop()
            if stack:
                stack[-1] += took
            else:
                _write()

    return wrapper


def _write() -> None:
    now = time.monotonic()
    if now - _written[0] < _EVERY_S:
        return
    _written[0] = now
    times = {"steps": _counted, "cpu_s": time.process_time()}
    target = Path(__file__).with_name(f"{os.getpid()}.json")
    draft = target.with_suffix(".draft")
    draft.write_text(json.dumps(times), encoding="utf-8")
    draft.replace(target)


class _Loader(importlib.abc.Loader):
    def __init__(self, loader: importlib.abc.Loader, wanted: dict[str, str]) -> None:
        self.loader = loader
        self.wanted = wanted

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self.loader.exec_module(module)
        for path, step in self.wanted.items():
            *within, name = path.split(".")
            holder: Any = functools.reduce(getattr, within, module)
            setattr(holder, name, _timed(getattr(holder, name), step))


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        wanted = WATCHED.get(name)
        spec = importlib.machinery.PathFinder.find_spec(name, path) if wanted else None
        if spec and spec.loader and wanted:
            spec.loader = _Loader(spec.loader, wanted)
        return spec


sys.meta_path.insert(0, _Finder())
