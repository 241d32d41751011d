"""The corridor, with stand-ins for the rooms."""

from __future__ import annotations

import sys
import threading
import time
import types
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import sayso
from sayso import pipeline
from sayso.documents import Article
from sayso.errors import BadSetting, DamagedModel, NoSuchSource
from sayso.reading import Limits
from sayso.records import Attribution
from sayso.settings import FETCH_TIMEOUT, JOBS, MAX_BYTES, PARSE_MEMORY, PARSE_TIMEOUT, SETTINGS, Setting


@pytest.fixture
def slow_reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Reading that takes longer for some names, fails for others, and writes down what it was asked for."""
    asked: list[str] = []

    def read(source: str, **_: Any) -> Article:
        asked.append(source)
        if source.startswith("gone"):
            raise NoSuchSource(source, "there is no such file")
        time.sleep(0.03 if source.startswith("slow") else 0)
        return Article(source, threading.current_thread().name)

    monkeypatch.setattr(pipeline, "read", read)
    return asked


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_read_many_keeps_the_order_and_the_errors(slow_reading: list[str], jobs: int) -> None:
    names = ["slow1", "quick", "gone", "slow2", *(f"more{place}" for place in range(20))]
    results = list(sayso.read_many(names, jobs=jobs))
    assert [name for name, _ in results] == names
    assert [getattr(result, "id", type(result)) for _, result in results] == [
        NoSuchSource if name == "gone" else name for name in names
    ]


def test_read_many_reads_only_a_little_ahead(slow_reading: list[str]) -> None:
    def endless() -> Iterator[str]:
        place = 0
        while True:
            yield f"article{place}"
            place += 1

    reading = sayso.read_many(endless(), jobs=2)
    assert next(reading)[0] == "article0"
    time.sleep(0.05)
    assert len(slow_reading) <= 5
    reading.close()  # type: ignore[attr-defined]


def test_read_many_takes_names_as_paths(slow_reading: list[str]) -> None:
    assert [name for name, _ in sayso.read_many([Path("a") / "b.txt"], jobs=1)] == [str(Path("a") / "b.txt")]


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Reading and extraction that write down who comes and goes; no model has been loaded yet."""
    events: list[str] = []
    reading, extraction = types.ModuleType("sayso.reading"), types.ModuleType("sayso.extraction")
    loading_began = threading.Event()

    def read_source(name: str, **_: Any) -> Article:
        assert loading_began.wait(10), "the model waits for reading to end"
        events.append("read")
        return Article(name, "text")

    def load_model() -> None:
        loading_began.set()
        time.sleep(0.02)
        events.append("loaded")
        raise DamagedModel("weights.onnx", "abc", None)

    def extract_attributions(article: Article, *, reading: str) -> list[Attribution]:
        events.append(f"extract from {reading}")
        return [Attribution("a1", [], [], [])]

    speakers, statements = types.ModuleType("sayso.speakers"), types.ModuleType("sayso.statements")
    reading.__dict__.update(read_source=read_source, Limits=Limits)
    extraction.__dict__.update(
        load_model=load_model,
        read_scores=lambda article: "one pass",
        extract_attributions=extract_attributions,
        learned_classes=lambda attributions, reading: {},
    )
    speakers.__dict__.update(resolve_speakers=lambda article, reading: events.append(f"resolve from {reading}"))
    statements.__dict__.update(compose=lambda article, *, learned: events.append("compose"))
    monkeypatch.setitem(sys.modules, "sayso.reading", reading)
    monkeypatch.setitem(sys.modules, "sayso.extraction", extraction)
    monkeypatch.setitem(sys.modules, "sayso.speakers", speakers)
    monkeypatch.setitem(sys.modules, "sayso.statements", statements)
    monkeypatch.setattr(pipeline, "_loading", [])
    return events


def test_model_loads_once_beside_the_first_reading(rooms: list[str]) -> None:
    assert sayso.read("one.txt").attributions == [Attribution("a1", [], [], [])]
    sayso.read("two.txt")
    assert sorted(rooms[:2]) == ["loaded", "read"]
    once = ["extract from one pass", "resolve from one pass", "compose"]
    assert rooms[2:] == [*once, "read", *once]


@pytest.mark.parametrize(
    "given, day",
    [
        (None, None),
        ("2026-03-14", date(2026, 3, 14)),
        ("2026-03-14T06:30", datetime(2026, 3, 14, 6, 30)),
        (date(2026, 3, 14), date(2026, 3, 14)),
    ],
)
def test_day_of(given: Any, day: date | None) -> None:
    assert pipeline.day_of(given) == day


@pytest.mark.parametrize("given", ["", "14.3.2026", "2026-13-01", "yesterday"])
def test_day_of_refuses_what_is_no_day(given: str) -> None:
    with pytest.raises(BadSetting, match="a day written like 2026-03-14"):
        pipeline.day_of(given)


def test_bad_date_is_told_before_anything_is_read(slow_reading: list[str]) -> None:
    with pytest.raises(BadSetting):
        next(sayso.read_many(["a"], date="soon"))
    assert slow_reading == []


def test_settings_default_to_the_limits_of_reading() -> None:
    limits = Limits()
    assert MAX_BYTES.default == limits.max_bytes
    assert PARSE_TIMEOUT.default == limits.parse_timeout_s
    assert PARSE_MEMORY.default == limits.parse_memory_mb
    assert FETCH_TIMEOUT.default == limits.fetch_timeout_s


def test_settings_reach_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for place, setting in enumerate(SETTINGS):
        monkeypatch.setenv(setting.name, str(1000 + place))
    limits = pipeline.read_limits()
    assert [limits.max_bytes, limits.parse_timeout_s, limits.parse_memory_mb, limits.fetch_timeout_s] == [
        1001, 1002, 1003, 1004,
    ]  # fmt: skip
    assert pipeline.worker_count() == 1000


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
@pytest.mark.parametrize(
    "value", ["-1", "many", "1.5", "٣", "9" * 5000], ids=["less", "word", "part", "arabic", "huge"]
)
def test_bad_setting_names_itself(setting: Setting, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(setting.name, value)
    with pytest.raises(BadSetting, match=setting.name):
        setting.value()


def test_zero_jobs_are_one_for_each_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(JOBS.name, "7")
    assert pipeline.worker_count() == 7
    assert pipeline.worker_count(0) >= 1
    assert pipeline.worker_count(3) == 3
