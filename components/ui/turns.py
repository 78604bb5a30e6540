"""Turns: how many pages are drawn at one time, however many visitors wait for one."""

from threading import BoundedSemaphore
from typing import Final

AT_ONCE: Final = 1
"""Python runs one thread at a time: drawn together, forty pages take four times as long as one by
one, for every thread that waits asks for its turn two thousand times a second."""

turn: Final = BoundedSemaphore(AT_ONCE)
"""Held while a page is drawn (``with turn:``); whoever waits for it sleeps."""
