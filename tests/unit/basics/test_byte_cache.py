import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.basics.byte_cache import ByteCache


def test_what_is_cached_is_not_made_again():
    cache = ByteCache[bytes]()
    assert cache.get("a", lambda: b"first") == b"first"
    assert cache.get("a", lambda: b"second") == b"first"


def test_what_two_ask_for_at_once_is_made_once():
    cache, made = ByteCache[bytes](), []

    def make() -> bytes:
        made.append(1)
        time.sleep(0.05)
        return b"file"

    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(lambda _: cache.get("a", make), range(4)))
    assert (files, made) == ([b"file"] * 4, [1])


def test_who_asks_for_something_else_does_not_wait():
    cache, begun, may_end = ByteCache[bytes](), threading.Event(), threading.Event()

    def make_slowly() -> bytes:
        begun.set()
        assert may_end.wait(5)
        return b"slow"

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(cache.get, "slow", make_slowly)
        assert begun.wait(5)
        assert cache.get("quick", lambda: b"quick") == b"quick"
        may_end.set()
        assert slow.result() == b"slow"


def test_an_error_is_passed_on_and_not_cached():
    cache = ByteCache[bytes]()

    def fail() -> bytes:
        raise ValueError("no paper")

    with pytest.raises(ValueError, match="no paper"):
        cache.get("a", fail)
    assert cache.get("a", lambda: b"file") == b"file"


def test_what_was_asked_for_longest_ago_goes_first():
    cache = ByteCache[bytes](capacity_bytes=10)
    for key in ("a", "b", "a", "c"):
        cache.get(key, lambda: b"12345")
    assert cache.get("a", lambda: b"anew") == b"12345"
    assert cache.get("b", lambda: b"anew") == b"anew"


def test_what_is_larger_than_the_cache_is_made_and_not_cached():
    cache = ByteCache[bytes](capacity_bytes=3)
    assert cache.get("a", lambda: b"12345") == b"12345"
    assert cache.get("a", lambda: b"67890") == b"67890"


def test_what_is_longer_than_allowed_is_made_and_not_cached():
    cache = ByteCache[bytes](capacity_bytes=100, largest_bytes=3)
    assert cache.get("a", lambda: b"1234") == b"1234"
    assert cache.find("a") is None
    assert cache.get("b", lambda: b"123") == cache.find("b") == b"123"
