"""The quality gate: no change may take a figure below its floor (tests/floors.toml).

The gold set and its layers ship with the project and are always measured; the other sets are measured where the shared
corpora lie beside the project (or where SAYSO_SHARED says), and skipped with the reason elsewhere.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from training.evaluate import SHARED, measure
from training.floors import read_floors, value_of

OURS = ("gold", "layers")
"""Sets that ship with the project."""


@cache
def measured_set(name: str) -> tuple[dict[str, Any], list[str]]:
    return measure([name], SHARED)


@pytest.mark.parametrize(
    ("set_name", "figure", "floor"),
    [
        pytest.param(name, figure, floor, id=f"{name}: {figure}", marks=[] if name in OURS else [pytest.mark.shared])
        for name, figures in read_floors().items()
        for figure, floor in figures.items()
    ],
)
def test_no_figure_below_its_floor(set_name: str, figure: str, floor: float) -> None:
    measured, absent = measured_set(set_name)
    if absent and set_name not in OURS:
        pytest.skip(absent[0])
    value = value_of(measured, set_name, figure)
    assert value is not None, f"{set_name} was not measured: {absent}"
    assert value >= floor, f"{set_name}, {figure}: {value:.3f} measured, the floor is {floor:g}. See docs/accuracy.md"
