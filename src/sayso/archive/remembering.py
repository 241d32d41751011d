"""What was made of an archive, kept for as long as nothing in the archive changes.

Invariant: what is given is never older than the archive. It is kept under the `Store.state` that was asked for before
it was made, and each change of the archive is a state of its own: so whoever asks in that state again gets what was
made of it, and after any change, by whichever process, it is made anew. What it takes is bounded, in bytes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

_LARGEST = 8
"""What is larger than that part of all that may be kept is not kept: it would take the place of all else."""


class Memory:
    """Bytes by what they were made for, of one state of the archive; those that nobody asked for longest go first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._state: object = None
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._making: dict[Hashable, tuple[Lock, int]] = {}
        self._lock = Lock()

    def of(self, state: object, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What was made for a key in a state, by `make` where it was not.

        Several that ask for the same at once wait for the one that makes it: after a change all would begin anew with
        what most ask for. What `make` raises is raised, and nothing kept.
        """
        if (found := self._get(state, key)) is not None:
            return found
        with self._lock:
            making, waiting = self._making.get((state, key), (Lock(), 0))
            self._making[state, key] = making, waiting + 1
        try:
            with making:
                if (found := self._get(state, key)) is None:
                    found = make()
                    self._put(state, key, found)
                return found
        finally:
            with self._lock:
                making, waiting = self._making.pop((state, key))
                if waiting > 1:
                    self._making[state, key] = making, waiting - 1

    def _get(self, state: object, key: Hashable) -> bytes | None:
        with self._lock:
            if state != self._state:
                # Whoever asked a moment before a change and comes a moment after it only empties it once more.
                self._kept.clear()
                self._state, self.bytes = state, 0
                return None
            if (found := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
            return found

    def _put(self, state: object, key: Hashable, made: bytes) -> None:
        with self._lock:
            if state != self._state or len(made) * _LARGEST > self.most_bytes:
                return
            before = self._kept.pop(key, b"")
            self._kept[key] = made
            self.bytes += len(made) - len(before)
            while self.bytes > self.most_bytes:
                self.bytes -= len(self._kept.popitem(last=False)[1])
