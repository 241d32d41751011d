from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from sayso.archive.accounts import passwords

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes of the same kind that take no time; the product's own parameters have a test of theirs."""
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    passwords._of_nobody.cache_clear()
