"""Files that were made, kept so that none is made twice."""

from collections.abc import Callable, Hashable
from threading import Condition
from typing import Final

from cachetools import LRUCache, cached

CAPACITY_BYTES: Final = 96_000_000
"""So much is kept; what was asked for longest ago goes first."""


class Shelf:
    """Keeps bytes under a key; safe to call from many threads.

    Who asks for what is just being made waits for it; who asks for something else does not.
    """

    def __init__(self, capacity_bytes: int = CAPACITY_BYTES) -> None:
        """Start empty."""
        cache: LRUCache[Hashable, bytes] = LRUCache(capacity_bytes, getsizeof=len)
        keep = cached(cache, key=lambda key, _: key, condition=Condition())
        self._get = keep(lambda _, make: make())

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Give what is kept under a key, or make it; an error is passed on and not kept."""
        file: bytes = self._get(key, make)
        return file
