"""The byte cache: what was made, held in memory so that nothing is made twice."""

from collections.abc import Callable, Hashable, Sized
from threading import Condition
from typing import Final, Generic, TypeVar

from cachetools import LRUCache, cached

CAPACITY_BYTES: Final = 96_000_000

Made = TypeVar("Made", bound=Sized)


class ByteCache(Generic[Made]):
    """An LRU cache of anything with a length in bytes; thread-safe.

    A request for a value that is being made waits for it; requests for other values do not.
    """

    def __init__(
        self, capacity_bytes: int = CAPACITY_BYTES, *, largest_bytes: int | None = None
    ) -> None:
        """Start empty; values longer than ``largest_bytes`` are never cached."""
        largest = capacity_bytes if largest_bytes is None else largest_bytes
        # The cache skips what does not fit, so what is too long must appear larger than the cache.
        self._cache: LRUCache[Hashable, Made] = LRUCache(
            capacity_bytes,
            getsizeof=lambda made: len(made) if len(made) <= largest else capacity_bytes + 1,
        )
        self._condition = Condition()
        in_cache = cached(self._cache, key=lambda key, _: key, condition=self._condition)
        self._get = in_cache(lambda _, make: make())

    def find(self, key: Hashable) -> Made | None:
        """Return the value cached under a key, None where there is none, without waiting."""
        with self._condition:
            found: Made | None = self._cache.get(key)
            return found

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return the value cached under a key, or make it; errors propagate and are not cached."""
        made: Made = self._get(key, make)
        return made
