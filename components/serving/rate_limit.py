"""Rate limits: how much costly work one address may ask for in a minute."""

from typing import Final

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from components.serving.problems import Problem

WAIT_S: Final = 60


class RateLimit:
    """At most so many units of work in any minute, for each address by itself."""

    def __init__(self, per_minute: int, *, of: str) -> None:
        """Start at zero; ``of`` names the work in the problem for too much of it."""
        self._limit = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._of = of

    def count(self, address: str) -> None:
        """Count one unit for an address; raises a Problem (429) where it has none left."""
        if not self._limiter.hit(self._limit, address):
            detail = (
                f"One address gets {self._limit.amount} {self._of} a minute; cached ones "
                "do not count. Try again in a minute."
            )
            raise Problem(429, "Too many requests", detail, headers={"retry-after": str(WAIT_S)})
