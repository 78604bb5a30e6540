import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.exports.file_cache import Shelf


def test_what_is_kept_is_not_made_again():
    shelf = Shelf()
    assert shelf.get("a", lambda: b"first") == b"first"
    assert shelf.get("a", lambda: b"second") == b"first"


def test_what_two_ask_for_at_once_is_made_once():
    shelf, made = Shelf(), []

    def make() -> bytes:
        made.append(1)
        time.sleep(0.05)
        return b"file"

    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(lambda _: shelf.get("a", make), range(4)))
    assert (files, made) == ([b"file"] * 4, [1])


def test_who_asks_for_something_else_does_not_wait():
    shelf, begun, may_end = Shelf(), threading.Event(), threading.Event()

    def make_slowly() -> bytes:
        begun.set()
        assert may_end.wait(5)
        return b"slow"

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(shelf.get, "slow", make_slowly)
        assert begun.wait(5)
        assert shelf.get("quick", lambda: b"quick") == b"quick"
        may_end.set()
        assert slow.result() == b"slow"


def test_an_error_is_passed_on_and_not_kept():
    shelf = Shelf()

    def fail() -> bytes:
        raise ValueError("no paper")

    with pytest.raises(ValueError, match="no paper"):
        shelf.get("a", fail)
    assert shelf.get("a", lambda: b"file") == b"file"


def test_what_was_asked_for_longest_ago_goes_first():
    shelf = Shelf(capacity_bytes=10)
    for key in ("a", "b", "a", "c"):
        shelf.get(key, lambda: b"12345")
    assert shelf.get("a", lambda: b"anew") == b"12345"
    assert shelf.get("b", lambda: b"anew") == b"anew"


def test_what_is_larger_than_the_shelf_is_made_and_not_kept():
    shelf = Shelf(capacity_bytes=3)
    assert shelf.get("a", lambda: b"12345") == b"12345"
    assert shelf.get("a", lambda: b"67890") == b"67890"
