"""What came of the fires as Markdown."""

from __future__ import annotations

from typing import Any

from training.tables import table

_NOTICED = ("by opening", "by use", "by looking through", "no harm", "silent")


def fire_table(measured: dict[str, Any]) -> str:
    """One line a fire, with the command that lit it, and what a damaged file was noticed by."""
    rows = [[*_line(name, measured[name]), f"`{measured[name]['command']}`"] for name in _LINES if name in measured]
    parts = [table(["", "acknowledged", "lost, doubled or halved", "command"], rows)]
    if "damage" in measured:
        by_change = measured["damage"]["by_change"]
        counted = [[name, *(str(each.get(how, 0)) for how in _NOTICED)] for name, each in by_change.items()]
        whole = ["all", *(str(measured["damage"]["noticed"].get(how, 0)) for how in _NOTICED)]
        heads = ["damage", *_NOTICED[:3], "no answer changed", "an answer changed, and nothing tells"]
        parts.append(table(heads, [*counted, whole]))
        silent = ", ".join(f"`{name}` ({many})" for name, many in sorted(measured["damage"]["silent_in"].items()))
        parts.append(f"Nothing tells of a change in: {silent or 'none'}. `{measured['damage']['command']}`")
    return "\n\n".join(parts)


_LINES: dict[str, str] = {
    "kill": "a process that adds, killed {kills} times (SQLite)",
    "disk": "no space left at {places} places (SQLite, {by})",
    "postgres": "PostgreSQL killed and started again {kills} times under {writers} writers",
    "together": "two processes that add the same articles, {archives} archives (SQLite)",
}


def _line(name: str, found: dict[str, Any]) -> list[str]:
    told = found["in_after"] if name == "disk" else found["acknowledged"]
    return [_LINES[name].format(**found), f"{told:,}", str(len(found["faults"]))]
