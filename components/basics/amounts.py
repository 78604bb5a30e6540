"""An announced amount that remembers whether it is exact, approximate or a ceiling."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from components.basics.formatting import format_percent, format_usd_bn

RECONCILED_WITHIN_USD_BN: Final = 0.05
"""How far a sum may miss an official total and still agree with it: both are rounded."""

_LOOSENESS: Final = {"exact": 0, "about": 1, "up_to": 2}


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in nominal US$ billions; ``NaN`` when every part is undisclosed.

    A sum is ``up_to`` once any part is, else ``about`` once any part is.

    >>> print(Amount(36.0) + Amount(73.0, "up_to"))
    up to $109B
    """

    usd_bn: float = math.nan
    qualifier: str = "exact"

    @property
    def is_disclosed(self) -> bool:
        """Whether any part of the sum has a published amount."""
        return not math.isnan(self.usd_bn)

    @property
    def drawn_usd_bn(self) -> float:
        """The length of the amount on an axis: nothing where nothing is disclosed."""
        return self.usd_bn if self.is_disclosed else 0.0

    def __add__(self, other: Self) -> "Amount":
        """Add another sum; an undisclosed side adds nothing and loosens nothing."""
        if not other.is_disclosed:
            return self
        if not self.is_disclosed:
            return other
        looser = max(self.qualifier, other.qualifier, key=_LOOSENESS.__getitem__)
        return Amount(round(self.usd_bn + other.usd_bn, 9), looser)

    def __str__(self) -> str:
        """Write the amount in short form, as on a chart: ``up to $109B``."""
        return format_usd_bn(self.usd_bn, qualifier=self.qualifier)

    def in_words(self) -> str:
        """Write the amount as in a sentence: ``up to $109 billion``."""
        return format_usd_bn(self.usd_bn, qualifier=self.qualifier, long=True)

    def in_sentence(self) -> str:
        """Write the amount in words inside a sentence, where it may be undisclosed."""
        return self.in_words() if self.is_disclosed else "an undisclosed amount"

    def share_of(self, whole_usd_bn: float) -> str:
        """Write the share of a whole, with the amount's own qualifier: ``up to 19.8%``."""
        return format_percent(100 * self.usd_bn / whole_usd_bn, qualifier=self.qualifier)


def add_up(amounts: Iterable[Amount]) -> Amount:
    """Add any number of amounts; none at all gives an undisclosed one."""
    total = Amount()
    for amount in amounts:
        total = total + amount
    return total


def reconciles(sum_usd_bn: float, official_usd_bn: float) -> bool:
    """Tell whether a sum agrees with an official total, as far as both are rounded."""
    beyond_dust = RECONCILED_WITHIN_USD_BN + 1e-9  # 0.05 itself passes: 2.1 - 2.05 is a bit more
    return math.isclose(sum_usd_bn, official_usd_bn, abs_tol=beyond_dust)


def qualify(*, has_ceiling: bool, has_estimate: bool) -> str:
    """Name the qualifier of a sum from what its parts contain."""
    if has_ceiling:
        return "up_to"
    return "about" if has_estimate else "exact"
