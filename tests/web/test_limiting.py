"""What is counted, of whom, and how many heavy calls go on at a time."""

from __future__ import annotations

import anyio
import pytest

from sayso.errors import TooManyRequests
from sayso.web import limiting
from sayso.web.limiting import Limits, network_of
from sayso.web.roles import Principal


@pytest.mark.parametrize(
    "address, counted_as",
    [
        ("10.0.0.7", "10.0.0.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_by_what_an_address_is_counted(address: str, counted_as: str) -> None:
    assert network_of(address) == counted_as


def test_a_name_is_counted_from_everywhere_too() -> None:
    """However many addresses a guesser has."""
    limits = Limits()
    for number in range(20):
        limits.sign_in("Ada", f"203.0.113.{number}")
    with pytest.raises(TooManyRequests) as caught:
        limits.sign_in("ada", "198.51.100.1")
    assert 1 <= caught.value.retry_after_s <= 900
    limits.sign_in("Bo", "198.51.100.1")


@pytest.mark.parametrize("spelt", ["ADA", " ada ", "ａｄａ", "𝐀𝐝𝐚", "ⓐⓓⓐ", "𝒶𝒹𝒶"])
def test_a_name_is_one_however_its_letters_are_written(spelt: str) -> None:
    """Each of these signs in as Ada, so each is a try for her."""
    limits = Limits()
    for _ in range(5):
        limits.sign_in("Ada", "203.0.113.1")
    with pytest.raises(TooManyRequests):
        limits.sign_in(spelt, "203.0.113.1")


def test_only_so_many_heavy_calls_go_on_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "PATIENCE_S", 0.1)
    limits = Limits()
    local = Principal("me", "admin")
    at_once: list[int] = []
    refused: list[float] = []

    async def call(for_s: float) -> None:
        try:
            async with limits.heavy(local, ""):
                at_once.append(limits._room.borrowed_tokens)
                await anyio.sleep(for_s)
        except TooManyRequests as error:
            refused.append(error.retry_after_s)

    async def many(for_s: float) -> None:
        async with anyio.create_task_group() as group:
            for _ in range(3 * limiting.HEAVY_AT_ONCE):
                group.start_soon(call, for_s)

    anyio.run(many, 0.01)
    assert len(at_once) == 3 * limiting.HEAVY_AT_ONCE and max(at_once) == limiting.HEAVY_AT_ONCE
    assert refused == [], "they waited in line"
    anyio.run(many, 0.5)
    assert len(refused) == 2 * limiting.HEAVY_AT_ONCE, "and not for ever"
    assert limits._room.borrowed_tokens == 0


def test_one_user_cannot_have_all_the_room() -> None:
    limits = Limits()
    busy, other = (Principal(name, "reader", "session", number) for number, name in enumerate(("Rae", "Ed")))
    done: list[str] = []

    async def call(who: Principal, for_s: float) -> None:
        async with limits.heavy(who, ""):
            await anyio.sleep(for_s)
        done.append(who.name)

    async def all_of_them() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(3 * limiting.HEAVY_AT_ONCE):
                group.start_soon(call, busy, 0.3)
            await anyio.sleep(0.05)
            group.start_soon(call, other, 0)

    anyio.run(all_of_them)
    assert done[0] == "Ed" and len(done) == 3 * limiting.HEAVY_AT_ONCE + 1
    assert not limits._own, "nobody is remembered who has gone"
