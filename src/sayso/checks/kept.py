"""What was made lately and may be wanted again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """Keeps the last `most` things made, by number; several threads may ask at once.

    >>> kept = Kept[str](2)
    >>> [kept.get(number, lambda: f"made {number}") for number in (1, 2, 1)]
    ['made 1', 'made 2', 'made 1']
    >>> kept.get(1, lambda: "made anew")
    'made 1'
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[int, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, number: int, make: Callable[[], Made]) -> Made:
        """What is kept under a number, made where nothing is; what was not asked for the longest goes.

        Two threads that ask for the same at once may both make it.
        """
        with self._lock:
            if number in self._made:
                self._made.move_to_end(number)
                return self._made[number]
        made = make()
        self.put(number, made)
        return made

    def put(self, number: int, made: Made) -> None:
        """Keep something under a number."""
        with self._lock:
            self._made[number] = made
            if len(self._made) > self._most:
                self._made.popitem(last=False)
