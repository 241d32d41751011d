from __future__ import annotations

from pathlib import Path

import pytest

from training.floors import raise_floors, read_floors


@pytest.mark.parametrize(
    ("value", "allow_lower", "floor"),
    [
        pytest.param(0.75, False, 0.74, id="rises-to-just-below-what-was-measured"),
        pytest.param(0.55, False, 0.6, id="does-not-fall-by-itself"),
        pytest.param(0.55, True, 0.54, id="falls-with-the-flag"),
        pytest.param(None, True, 0.6, id="stays-where-nothing-was-measured"),
    ],
)
def test_floor_moves(tmp_path: Path, value: float | None, allow_lower: bool, floor: float) -> None:
    path = tmp_path / "floors.toml"
    path.write_text('[gold]\n"attribution, level 1" = 0.6\n', encoding="utf-8")
    figures = {"gold": {"figures": {"attribution, level 1": {"value": value}}}}
    measured = {"sets": {} if value is None else figures}
    said = raise_floors(measured, allow_lower=allow_lower, path=path)
    assert read_floors(path) == {"gold": {"attribution, level 1": floor}}
    assert ("LOWERED" in "".join(said)) == (floor < 0.6)


def test_acceptance_counts_have_a_margin_of_one(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text('[acceptance]\n"attribution" = 16\n', encoding="utf-8")
    raise_floors({"sets": {"acceptance": {"layers": {"attribution": [25, 25]}}}}, path=path)
    assert read_floors(path) == {"acceptance": {"attribution": 24}}
