"""How the network's work is counted, and what the page says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.encoder import macs_of, nodes_of
from benchmarks.encoder_report import encoder_tables


def event(name: str, kind: str, dur: int, given: list[list[int]], made: list[int]) -> dict[str, Any]:
    told = {
        "op_name": kind,
        "input_type_shape": [{"float": shape} for shape in given],
        "output_type_shape": [{"float": made}],
    }
    return {"cat": "Node", "name": f"{name}_kernel_time", "dur": dur, "args": told}


@pytest.mark.parametrize(
    ("kind", "given", "made", "macs"),
    [
        pytest.param("DynamicQuantizeMatMul", [[1, 10, 384]], [1, 10, 1536], 10 * 384 * 1536, id="product"),
        pytest.param("MultiHeadAttention", [[1, 4, 8], [1, 10, 8]], [1, 4, 8], 2 * 4 * 10 * 8, id="few-look-at-all"),
        pytest.param("Gelu", [[1, 10, 1536]], [1, 10, 1536], 0, id="no-product"),
    ],
)
def test_multiply_adds(kind: str, given: list[list[int]], made: list[int], macs: int) -> None:
    assert macs_of(kind, given, made) == macs


def test_of_each_window_the_fastest_run_counts(tmp_path: Path) -> None:
    profile = tmp_path / "profile.json"
    runs = [(5, 10), (3, 10), (9, 20), (8, 20)]
    events = [event("a", "MatMul", dur, [[pieces, 4]], [pieces, 2]) for dur, pieces in runs]
    events += [event("b", "MatMul", 1, [[1, 1]], [1, 1])] * 4 + [{"cat": "Session", "name": "model_run", "dur": 99}]
    profile.write_text(json.dumps(events), encoding="utf-8")
    found = nodes_of(profile, windows=2)["MatMul"]
    assert found["seconds"] == pytest.approx(((3 + 8) / 2 + 1) / 1e6)
    assert found["macs"] == pytest.approx((80 + 160) / 2 + 1)
    assert found["nodes"] == 2


@pytest.mark.parametrize(
    ("peak", "said"),
    [
        pytest.param({"int8_macs": 2e11, "float_macs": 5e10, "hertz": 3e9}, "**50% of the 8-bit peak**", id="measured"),
        pytest.param(None, "No peak measured", id="without-a-compiler"),
    ],
)
def test_the_page_says_what_the_peak_is(peak: dict[str, float] | None, said: str) -> None:
    measured = {
        "model": "abc",
        "machine": "a processor",
        "articles": {"name": "some", "count": 1, "words": 100},
        "rounds": 1,
        "windows": {"count": 1, "pieces": 130, "of_the_text": 120},
        "seconds": {"network": 0.01},
        "peak": peak,
        "profile": {
            "windows": 1,
            "pieces": 130.0,
            "nodes": {"DynamicQuantizeMatMul": {"seconds": 0.01, "macs": 1e9, "nodes": 24}},
        },
    }
    assert said in encoder_tables(measured)
