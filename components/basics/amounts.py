"""An announced amount that remembers whether it is exact, approximate, a ceiling or a floor."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from components.basics.formatting import (
    QUALIFIED,
    format_money,
    format_percent,
    format_usd_bn,
)
from components.basics.messages import _

RECONCILED_WITHIN_USD_BN: Final = 0.05
"""The most by which a sum may differ from an official total: both are rounded."""

LOOSENESS: Final = ("exact", "about", "up_to", "more_than")
"""Qualifiers of parts, the strictest first: a sum is as loose as its loosest part."""


def loosest(qualifiers: Iterable[str]) -> str:
    """Return the qualifier of a sum: ``up_to`` once any part is, else ``about`` once any is.

    What is ``more_than`` a figure stays so beside exact parts alone: with any other it is
    ``about``.
    """
    present = set(qualifiers)
    if "more_than" in present and present & {"about", "up_to"}:
        return "about"
    return max(present, key=LOOSENESS.index, default=LOOSENESS[0])


def loosest_by_group(
    codes: NDArray[np.intp], qualifiers: NDArray[Any], *, groups: int
) -> NDArray[np.object_]:
    """Return ``loosest`` for each group of rows; ``codes`` gives the group of every row.

    An empty qualifier, of an undisclosed amount, loosens nothing.
    """
    rows = sum((qualifiers == name) * rank for rank, name in enumerate(LOOSENESS))
    ranks = np.zeros(groups, dtype=np.intp)
    np.maximum.at(ranks, codes, rows)
    return np.array(LOOSENESS, dtype=object)[ranks]


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in nominal US$ billions; ``NaN`` when every part is undisclosed.

    >>> print(Amount(36.0) + Amount(73.0, "up_to"))
    up to $109B
    >>> print(Amount(550.0, "up_to").less(Amount(109.0, "up_to")))
    at least $441B
    """

    usd_bn: float = math.nan
    qualifier: str = "exact"

    @classmethod
    def of(cls, row: Any, figure: str = "amount") -> "Amount":
        """Return the amount that a row holds in ``<figure>_usd_bn`` and ``<figure>_qualifier``.

        An undisclosed amount has an empty qualifier in the data.
        """
        usd_bn, qualifier = getattr(row, f"{figure}_usd_bn"), getattr(row, f"{figure}_qualifier")
        return cls(float(usd_bn), str(qualifier) or "exact")

    @property
    def is_disclosed(self) -> bool:
        """Whether any part of the sum has a published amount."""
        return not math.isnan(self.usd_bn)

    @property
    def is_ceiling(self) -> bool:
        """Whether the amount is an upper limit ("up to")."""
        return self.qualifier == "up_to"

    @property
    def drawn_usd_bn(self) -> float:
        """The length of the amount on an axis: zero where nothing is disclosed."""
        return self.usd_bn if self.is_disclosed else 0.0

    @property
    def prefix(self) -> str:
        """The qualifier before the figure: ``up to``; "" for an exact or undisclosed amount.

        It is "" too where the language has it behind: ``超``.
        """
        before = _(QUALIFIED[self.qualifier]).partition("{figure}")[0]
        return before.strip() if self.is_disclosed else ""

    @property
    def figure(self) -> str:
        """The amount in short form without what ``prefix`` says: ``$109B``, ``Undisclosed``."""
        return str(self).removeprefix(self.prefix).strip()

    def __add__(self, other: Self) -> "Amount":
        """Add another sum; an undisclosed side adds nothing and loosens nothing."""
        if not other.is_disclosed:
            return self
        if not self.is_disclosed:
            return other
        looser = loosest([self.qualifier, other.qualifier])
        return Amount(round(self.usd_bn + other.usd_bn, 9), looser)

    def less(self, part: "Amount") -> "Amount":
        """Return this whole less a part: ``at_least`` what is left where the part is a ceiling.

        A part that is zero or undisclosed leaves the whole unchanged; a larger part leaves zero.
        """
        if not part.drawn_usd_bn:
            return self
        qualifier = "at_least" if part.is_ceiling else part.qualifier
        return Amount(max(self.usd_bn - part.usd_bn, 0.0), qualifier)

    def __str__(self) -> str:
        """Write the amount in short form, as on a chart: ``up to $109B``, ``Undisclosed``."""
        return format_usd_bn(self.usd_bn, qualifier=self.qualifier)

    def in_words(self) -> str:
        """Write the amount as in a sentence: ``up to $109 billion``, ``an undisclosed amount``."""
        if not self.is_disclosed:
            return _("an undisclosed amount")
        return format_usd_bn(self.usd_bn, qualifier=self.qualifier, long=True)

    def percent_of(self, whole: "Amount") -> str:
        """Write the share of a whole, without a qualifier: ``19.8%``."""
        return format_percent(100 * self.usd_bn / whole.usd_bn)

    def share_of(self, whole: "Amount") -> str:
        """Write the share of a whole, with the amount's own qualifier: ``up to 19.8%``."""
        return format_percent(100 * self.usd_bn / whole.usd_bn, qualifier=self.qualifier)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in billions of the currency that its source gives it in.

    >>> print(Money(340.0, "JPY", "more_than"))
    more than ¥340B
    """

    bn: float
    currency: str
    qualifier: str = "exact"

    def __str__(self) -> str:
        """Write it in short form, as on a chart."""
        return format_money(self.bn, currency=self.currency, qualifier=self.qualifier)

    def in_words(self) -> str:
        """Write it as in a sentence: ``more than ¥340 billion``."""
        return format_money(self.bn, currency=self.currency, qualifier=self.qualifier, long=True)

    def in_dollars(self, per_usd: float) -> Amount:
        """Convert it at a rate, in units per dollar; undisclosed where the rate is ``NaN``.

        A rate is never as exact as a figure, so a converted one is ``about``, and rounded.
        """
        if self.currency == "USD":
            return Amount(self.bn, self.qualifier)
        converted = self.bn / per_usd
        return Amount(
            round(converted, 2) if converted >= 0.1 else float(f"{converted:.2g}"), "about"
        )


def add_up(amounts: Iterable[Amount]) -> Amount:
    """Add any number of amounts; the sum of none is undisclosed."""
    total = Amount()
    for amount in amounts:
        total = total + amount
    return total


def reconciles(sum_usd_bn: float, official_usd_bn: float) -> bool:
    """Return whether a sum agrees with an official total, as far as both are rounded."""
    tolerance = RECONCILED_WITHIN_USD_BN + 1e-9  # 0.05 itself passes: 2.1 - 2.05 is a bit more
    return math.isclose(sum_usd_bn, official_usd_bn, abs_tol=tolerance)
