"""The quality gate's floors: figures that a change may not fall below, in tests/floors.toml.

Floors only rise by themselves; lowering one takes an explicit flag and so shows in the change that does it.
"""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).resolve().parent.parent / "tests" / "floors.toml"
MARGIN = 0.01
"""Room below a measured figure: processors without VNNI sum int8 products in other steps and turn a few tags."""

_HEAD = """\
# What the quality gate (tests/test_quality.py) holds every change to. Written by `just evaluate --raise-floors`, which
# only ever raises a floor; `--allow-lower` lowers one, on purpose and for all to see.
"""


def read_floors(path: Path = FLOORS) -> dict[str, dict[str, float]]:
    """The floors by set and figure."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def value_of(measured: dict[str, Any], set_name: str, figure: str) -> float | None:
    """A measured figure; None where its set was not measured. The acceptance case counts what is right, not shares."""
    found = measured["sets"].get(set_name)
    if found is None:
        return None
    if set_name == "acceptance":
        return float(found["layers"][figure][0])
    return float(found["figures"][figure]["value"])


def raise_floors(measured: dict[str, Any], *, allow_lower: bool = False, path: Path = FLOORS) -> list[str]:
    """Set each floor to what was measured, less a margin; the lines say what rose, fell or stayed.

    A floor that would have to fall stays, unless `allow_lower`; so does one whose set was not measured.
    """
    floors = read_floors(path)
    said = []
    for set_name, figures in floors.items():
        for figure, floor in figures.items():
            value = value_of(measured, set_name, figure)
            if value is None:
                said.append(f"{set_name}, {figure}: floor {floor:g} kept, not measured")
                continue
            # Of a handful of attributions, one may fall the other way on another processor.
            margin = 1 if set_name == "acceptance" else MARGIN
            wanted = max(math.floor((value - margin) * 1000) / 1000, 0.0)
            if wanted > floor or (wanted < floor and allow_lower):
                figures[figure] = wanted
                said.append(
                    f"{set_name}, {figure}: floor {floor:g} {'raised' if wanted > floor else 'LOWERED'} to {wanted:g}"
                )
            elif wanted < floor:
                said.append(f"{set_name}, {figure}: floor {floor:g} kept, though {value:.3f} was measured")
    lines = [_HEAD]
    for set_name, figures in floors.items():
        lines.append(f"[{set_name}]")
        lines += [f'"{figure}" = {floor:g}' for figure, floor in figures.items()]
        lines.append("")
    path.write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")
    return said
