"""How often somebody may try to sign in, and how much heavy work may be asked for. The only module that imports limits.

All of it is counted in the memory of one server: it forgets at its end, as a guesser's patience does not; so what is
allowed is little enough that even a server that is started every day stays safe.
"""

from __future__ import annotations

import hashlib
import ipaddress
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

import anyio
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from sayso.archive.accounts.users import key_of
from sayso.errors import TooManyRequests
from sayso.web.roles import Principal

OF_ONE_NAME_HERE = parse_many("5/minute; 10/15 minutes; 30/day")
"""Tries for one name from one address: who goes on guessing waits longer each time."""
OF_ONE_NAME = parse_many("20/15 minutes; 100/day")
"""Tries for one name from anywhere; so many that a stranger alone does not shut a user out."""
OF_ONE_ADDRESS = parse_many("30/5 minutes; 200/day")
"""Tries from one address, whatever the name; a newsroom may have one address for all of its people."""
HEAVY = parse_many("60/minute; 900/hour")
"""Calls that read, check or trace, of one user, whose tokens among them."""
HEAVY_AT_ONCE = 6
"""Of all users: fewer than there are threads, so that looking goes on while others read."""
HEAVY_OF_ONE = 4
"""Of one user, so that there is always room for another."""
PATIENCE_S = 30


class Limits:
    """What one server allows."""

    def __init__(self) -> None:
        self._rates = MovingWindowRateLimiter(MemoryStorage())
        self._room = anyio.CapacityLimiter(HEAVY_AT_ONCE)
        self._own: WeakValueDictionary[str, anyio.CapacityLimiter] = WeakValueDictionary()
        """The places of each user who has any."""

    def sign_in(self, name: str, address: str) -> None:
        """Counts a try to sign in. Raises TooManyRequests, and the password is not even looked at."""
        network, who = network_of(address), _short(name)
        self._count(OF_ONE_ADDRESS, "attempts to sign in", "address", network)
        self._count(OF_ONE_NAME_HERE, "attempts to sign in", "name here", who, network)
        self._count(OF_ONE_NAME, "attempts to sign in", "name", who)

    def signed_in(self, name: str, address: str) -> None:
        """Forgets the tries for a name whose password was right."""
        network, who = network_of(address), _short(name)
        for each in OF_ONE_NAME_HERE:
            self._rates.clear(each, "name here", who, network)
        for each in OF_ONE_NAME:
            self._rates.clear(each, "name", who)

    @asynccontextmanager
    async def heavy(self, principal: Principal | None, address: str) -> AsyncIterator[None]:
        """The while of a heavy call, which waits in line for a place. Raises TooManyRequests.

        The one user of a desk without login waits in line too, and is not counted.
        """
        local = principal is not None and principal.via == "local"
        who = network_of(address) if principal is None else f"user {principal.user_id}"
        if not local:
            self._count(HEAVY, "calls that read, check or trace", "heavy", who)
        own = self._own.get(who) or anyio.CapacityLimiter(HEAVY_AT_ONCE if local else HEAVY_OF_ONE)
        self._own[who] = own
        borrower = object()
        taken: list[anyio.CapacityLimiter] = []
        try:
            with anyio.move_on_after(PATIENCE_S) as waiting:
                for each in (own, self._room):
                    await each.acquire_on_behalf_of(borrower)
                    taken.append(each)
            if waiting.cancelled_caught:
                raise TooManyRequests("calls that read, check or trace, of all users together", PATIENCE_S)
            yield
        finally:
            for each in taken:
                each.release_on_behalf_of(borrower)

    def _count(self, items: Sequence[RateLimitItem], what: str, *who: str) -> None:
        wait_s = 0.0
        for each in items:
            # All are counted, so that who keeps on trying against the short one comes up against the long one.
            if not self._rates.hit(each, *who):
                wait_s = max(wait_s, self._rates.get_window_stats(each, *who).reset_time - time.time())
        if wait_s:
            raise TooManyRequests(what, max(1, round(wait_s)))


def network_of(address: str) -> str:
    """By what an address is counted: an IPv6 user has a whole network of them, 64 bits wide."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:60]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _short(name: str) -> str:
    # By what a user is found, or each way to write a name's letters would be counted apart. What is typed may be of any
    # length, and a password by mistake.
    return hashlib.sha256(key_of(name).encode("utf-8", "surrogatepass")).hexdigest()[:24]
