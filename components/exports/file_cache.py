"""The file cache: what was made, held in memory so that nothing is made twice."""

from collections.abc import Callable, Hashable, Sized
from threading import Condition
from typing import Final, Generic, TypeVar

from cachetools import LRUCache, cached

CAPACITY_BYTES: Final = 96_000_000

Made = TypeVar("Made", bound=Sized)


class FileCache(Generic[Made]):
    """An LRU cache of whatever has a length in bytes; safe to call from many threads.

    Who asks for what is just being made waits for it; who asks for something else does not.
    """

    def __init__(
        self, capacity_bytes: int = CAPACITY_BYTES, *, largest_bytes: int | None = None
    ) -> None:
        """Start empty; what is longer than ``largest_bytes`` is never cached."""
        largest = capacity_bytes if largest_bytes is None else largest_bytes
        # What does not fit is not cached, so what is too long must seem longer than the cache.
        self._cache: LRUCache[Hashable, Made] = LRUCache(
            capacity_bytes,
            getsizeof=lambda made: len(made) if len(made) <= largest else capacity_bytes + 1,
        )
        self._condition = Condition()
        in_cache = cached(self._cache, key=lambda key, _: key, condition=self._condition)
        self._get = in_cache(lambda _, make: make())

    def find(self, key: Hashable) -> Made | None:
        """Return what is cached under a key, without waiting."""
        with self._condition:
            found: Made | None = self._cache.get(key)
            return found

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is cached under a key, or make it; an error is passed on and not cached."""
        made: Made = self._get(key, make)
        return made
