"""A room imports only from rooms before it, and what is heavy or replaceable is imported in one file."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "sayso"
ROOMS = (
    *("reading", "transcripts", "intake", "extraction", "speakers", "statements", "figures", "checks", "archive"),
    *("exports", "client", "batch", "web", "api", "desk", "cli"),
)
"""In their order; the files at the top are open to all rooms but the corridors, which only doors may enter."""
DOORS = ("batch", "web", "api", "desk", "cli")
"""Of which none imports another, but that `web` is what two of them stand on."""
IN_THE_ARCHIVE = ("stores", "keeping people correcting", "searching", "tracing", "browsing", "accounts")
"""The same within the archive, of which the files at the top are open to all; those named together go hand in hand."""
CORRIDORS = {"sayso.pipeline", "sayso.adding", "sayso.following", "sayso.sampling", "sayso.serving", "sayso.batching"}
ONCE = {
    "argon2": "archive/accounts/passwords.py",
    "jinja2": "desk/rendering.py",
    "limits": "web/limiting.py",
    "onnxruntime": "extraction/model.py",
    "pysqlite3": "archive/stores/sqlite.py",
    "ray": "batch/engines/ray.py",
    "sqlite3": "archive/stores/sqlite.py",
    "uvicorn": "serving.py",
}
"""psycopg is not among them: SQLAlchemy imports it, by the name in an address."""


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """What a file imports, however deep inside a function."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += (node.module, *(f"{node.module}.{name.name}" for name in node.names))
    return tuple(found)


def files_of(room: str) -> list[Path]:
    return sorted((PACKAGE / room).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_rooms_before_it(room: str) -> None:
    later = {f"sayso.{name}" for name in ROOMS[ROOMS.index(room) + 1 :]} | (set() if room in DOORS else CORRIDORS)
    wrong = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in files_of(room)
        for name in imports_of(path)
        if any(name == each or name.startswith(f"{each}.") for each in later)
    ]
    assert files_of(room)
    assert not wrong


@pytest.mark.parametrize("door", [each for each in DOORS if each != "web"])
def test_a_door_does_not_lead_into_another(door: str) -> None:
    others = tuple(f"sayso.{each}" for each in DOORS if each not in (door, "web")) + ("sayso.web",) * (door == "cli")
    names = [(path.name, name) for path in files_of(door) for name in imports_of(path)]
    assert not [each for each in names if any(each[1] == other or each[1].startswith(f"{other}.") for other in others)]


@pytest.mark.parametrize("door", [each for each in DOORS if each != "cli"])
def test_no_page_is_made_by_asking_another_server(door: str) -> None:
    assert not [name for path in files_of(door) for name in imports_of(path) if name.startswith("sayso.client")]


def test_the_web_is_known_behind_its_doors_alone() -> None:
    known = {
        path.relative_to(PACKAGE).parts[0]
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in imports_of(path)
        if name.split(".")[0] in ("fastapi", "starlette")
    }
    assert known == {"web", "api", "desk", "serving.py"}


@pytest.mark.parametrize("rooms", IN_THE_ARCHIVE[:-1])
def test_a_room_of_the_archive_imports_only_from_rooms_before_it(rooms: str) -> None:
    after = IN_THE_ARCHIVE[IN_THE_ARCHIVE.index(rooms) + 1 :]
    later = tuple(f"sayso.archive.{name}" for each in after for name in each.split())
    files = [path for room in rooms.split() for path in files_of(f"archive/{room}")]
    assert files
    assert not [f"{path}: {name}" for path in files for name in imports_of(path) if name.startswith(later)]


def test_accounts_know_nothing_of_articles() -> None:
    rooms = tuple(f"sayso.archive.{name}" for each in IN_THE_ARCHIVE[1:-1] for name in each.split())
    files = files_of("archive/accounts")
    assert not [f"{path}: {name}" for path in files for name in imports_of(path) if name.startswith(rooms)]


@pytest.mark.parametrize("library, place", ONCE.items())
def test_a_driver_is_imported_in_one_file(library: str, place: str) -> None:
    users = {
        str(path.relative_to(PACKAGE))
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in imports_of(path)
        if name == library or name.startswith(f"{library}.")
    }
    assert users == {place}
