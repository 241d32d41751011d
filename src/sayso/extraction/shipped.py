"""The files that ship with the package, checked before use; apart from ONNX Runtime, which not all of them need."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sayso.errors import DamagedModel

ENGLISH = Path(__file__).parent.parent / "models" / "en"
VOCABULARY = "vocabulary.txt"


def checked_bytes(path: Path, expected: str) -> bytes:
    """The bytes of a model file whose SHA-256 is the expected one. Raises DamagedModel otherwise."""
    if not path.is_file():
        raise DamagedModel(path.name, expected, None)
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise DamagedModel(path.name, expected, found)
    return data


@contextmanager
def parameters_of(path: Path) -> Iterator[dict[str, Any]]:
    """What a parameter file says, while the files that it names are read. Raises DamagedModel if any of it is amiss."""
    if not path.is_file():
        raise DamagedModel(path.name, "the one shipped", None)
    try:
        yield json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedModel(path.name, "the one shipped", f"unreadable: {error}") from error
