"""What is known of the reliability of reading, kept for docs/input.md: each command keeps its own part."""

from __future__ import annotations

import json
from typing import Any


def keep_part(name: str, measured: dict[str, Any]) -> None:
    """Keep what one command measured beside what the others did, and write the page anew."""
    from docs.pages import MEASURED, keep

    path = MEASURED / "input.json"
    whole = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    whole[name] = measured
    keep("input", whole)
