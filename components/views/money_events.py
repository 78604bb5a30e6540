"""Money: what is signed, paid out and spent of a view, never a project's whole amount."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from components.basics.amounts import Amount, Money, add_up, loosest
from components.facts.checks import LIST_SEPARATOR
from components.facts.schema import CONFIDENCES, MONEY_STEPS
from components.views.summaries import rows_of

FIRMNESS: Final = tuple(CONFIDENCES)
NOTHING: Final = Amount()
SOURCES: Final = ("source_ids", "rate_source_ids")


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """What the events of one step come to; undisclosed, and not zero, where none is found.

    ``amount`` is in dollars, converted where the source gives another currency and a rate is
    known; ``original`` is the sum in that currency, None where the sources give dollars or differ.
    ``confidence`` is the least sure of the events', "" where there is none. ``project_ids`` are the
    projects that share the sum, those outside the view too.
    """

    amount: Amount = NOTHING
    original: Money | None = None
    confidence: str = ""
    project_ids: tuple[str, ...] = ()
    events: tuple[Any, ...] = ()

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources of the events, then those of the rates."""
        cells = [getattr(row, name) for name in SOURCES for row in self.events]
        return tuple(
            dict.fromkeys(one for cell in cells for one in cell.split(LIST_SEPARATOR) if one)
        )

    @property
    def is_found(self) -> bool:
        """Whether any source reports that it happened."""
        return bool(self.events)


def totals(events: pd.DataFrame) -> dict[str, MoneyTotal]:
    """Return the sum of each step, in the order of steps; every step is there."""
    rows = list(rows_of(events))
    return {step: _total([row for row in rows if row.step == step]) for step in MONEY_STEPS}


def _total(rows: Sequence[Any]) -> MoneyTotal:
    if not rows:
        return MoneyTotal()
    amounts = [original_of(row).in_dollars(row.rate_per_usd) for row in rows]
    is_whole = all(amount.is_disclosed for amount in amounts)
    ids = (id_ for row in rows for id_ in row.project_ids.split(LIST_SEPARATOR) if id_)
    return MoneyTotal(
        # A sum that lacks a part for want of a rate would be too small.
        amount=add_up(amounts) if is_whole else Amount(),
        original=_sum_in_one_currency([original_of(row) for row in rows]),
        confidence=max((row.confidence for row in rows), key=FIRMNESS.index),
        project_ids=tuple(dict.fromkeys(ids)),
        events=tuple(rows),
    )


def original_of(row: Any) -> Money:
    """Return the amount of a money event as its source gives it."""
    return Money(float(row.original_bn), row.original_currency, row.original_qualifier)


def _sum_in_one_currency(parts: Sequence[Money]) -> Money | None:
    currency = parts[0].currency
    if currency == "USD" or any(part.currency != currency for part in parts):
        return None
    total = math.fsum(part.bn for part in parts)
    return Money(total, currency, loosest(part.qualifier for part in parts))
