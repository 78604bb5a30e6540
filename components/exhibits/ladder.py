"""How far the money is: pledged, announced, loans signed, paid out, spent, each on its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.formatting import as_sentence, join_clauses, join_details, lower_first
from components.basics.hatching import Hatching
from components.basics.messages import _, mark
from components.basics.palette import Theme
from components.drawing.steps import Rung, ladder
from components.exhibits import columns
from components.exhibits.columns import Column
from components.exhibits.exhibit import Exhibit, Made
from components.facts.checks import LIST_SEPARATOR
from components.facts.schema import MONEY_STEPS
from components.views import makeup
from components.views.filters import ProjectFilter
from components.views.makeup import Kind, Makeup, Part, Rule
from components.views.money_events import MoneyTotal, original_of
from components.views.view import View
from components.words import notes, wording
from components.words.notes import Note

STEP: Final = Column("step", "Step id", "Step that the money has reached.", "id")
STEP_LABEL: Final = Column("step_label", "Step", "Step that the money has reached.", "text")
AMOUNT: Final = Column(
    "amount_usd_bn",
    "In dollars",
    "Amount at this step, for the projects in the filter; converted where the source gives another "
    "currency, empty where no source gives one.",
    "number",
    "US$ billions",
    missing="None found",
)
ORIGINAL: Final = Column(
    "original",
    "As its source gives it",
    "The amount in the currency of its source, where that is not dollars.",
    "text",
)
RATE: Final = Column(
    "rate",
    "Converted at",
    "Rate by which it was converted; empty where it was not.",
    "text",
)
CONFIDENCE: Final = Column(
    "confidence",
    "Confidence",
    "How sure loans and payments are; empty for the pledge and what is announced.",
    "choice",
)
SHARED_BY: Final = Column(
    "project_count",
    "Projects",
    "Number of projects that the amount is for together, those outside the filter too; empty for "
    "the pledge, and where no source gives an amount.",
    "integer",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its amount in the filter, all of it, and what stands at its end.

    ``money`` is None for the pledge and what is announced.
    """

    id: str
    name: str
    shown: Amount
    whole: Amount
    lines: tuple[str, ...]
    project_count: int | None
    money: MoneyTotal | None = None


class Ladder(Exhibit):
    """Compare what is pledged, announced, signed, paid out and spent, all from zero."""

    # Its first version drew the stages of projects; links still call it so.
    id = "stages"
    title = mark("How far the money is")
    noun = mark("step of the money")
    place = 40
    columns = (
        STEP,
        STEP_LABEL,
        AMOUNT,
        columns.QUALIFIER,
        ORIGINAL,
        RATE,
        CONFIDENCE,
        SHARED_BY,
        replace(columns.WHOLE, missing=AMOUNT.missing),
        columns.WHOLE_QUALIFIER,
    )
    key_columns = ("step_label", "amount_usd_bn", "original")

    @cached_property
    def subtitle(self) -> str:
        """The unit, which projects are in it, and that announced money is not spent."""
        unit = _("{unit}, and what is known beyond it.", unit=_(wording.UNIT))
        return wording.join_sentences(unit, as_sentence(wording.filter_line(self.view)))

    @cached_property
    def whole(self) -> View:
        """The view of all projects on the same day."""
        return self.view.baseline.view(ProjectFilter())

    @cached_property
    def steps(self) -> Sequence[Step]:
        """The steps from the pledge down to what is spent."""
        head = self.view.headline
        announced, all_announced = str(head.announced), str(head.whole_announced)
        return [
            Step("pledged", _("Pledged"), head.pledged, head.pledged, (str(head.pledged),), None),
            Step(
                "announced",
                _("Announced"),
                head.announced,
                head.whole_announced,
                (
                    announced
                    if announced == all_announced
                    else _("{part} of {whole}", part=announced, whole=all_announced),
                ),
                head.project_count,
            ),
            *map(self._money_step, MONEY_STEPS),
        ]

    def _money_step(self, step: str) -> Step:
        shown, whole = self.view.money_totals[step], self.whole.money_totals[step]
        lines = wording.money_lines(shown, whole, self.view)
        count = len(shown.project_ids) if shown.is_found else None
        return Step(step, MONEY_STEPS[step], shown.amount, whole.amount, lines, count, shown)

    @cached_property
    def notes(self) -> Sequence[Note]:
        """Hatching, what the loans are and how they were converted, and the projects' stages."""
        drawn = {
            Hatching.of(is_ceiling=one.whole.is_ceiling, is_shared=False) for one in self.steps
        }
        return [*notes.hatching(drawn), *notes.money(self.view), *notes.stages(self.view)]

    @cached_property
    def made(self) -> Sequence[Made]:
        """What the pledge, the announced sum, and each step that is found are made of."""
        pledged, announced, *money = self.steps
        found = [
            Made(step.name, step.lines[0], _makeup_of(step.money), ())
            for step in money
            if step.money and step.money.is_found
        ]
        return [
            Made(pledged.name, pledged.lines[0], makeup.of_pledge(self.view)),
            Made(announced.name, announced.lines[0], makeup.of_announced(self.view)),
            *found,
        ]

    @property
    def alt(self) -> str:
        """Every step with what stands at its end."""
        steps = [
            _("{name} {amount}", name=lower_first(step.name), amount=join_details(step.lines))
            for step in self.steps
        ]
        return _("Bar chart of the steps of the money: {steps}.", steps=join_clauses(steps))

    @cached_property
    def source_ids(self) -> list[str]:
        """The sources of the pledge's total, of the tranches, of the money events, of rates."""
        pledge = self.view.pledge
        lists = [
            pledge.total_source_ids,
            *(tranche.source_ids for tranche in pledge.tranches),
            *(total.source_ids for total in self.view.money_totals.values()),
        ]
        return list(dict.fromkeys(source for ids in lists for source in ids))

    def tabulate(self) -> pd.DataFrame:
        """List the steps with the amount at each: in the filter, and of all projects."""
        steps = self.steps
        found = [step.money or MoneyTotal() for step in steps]
        return pd.DataFrame(
            {
                "step": [step.id for step in steps],
                "step_label": [step.name for step in steps],
                "amount_usd_bn": [step.shown.usd_bn for step in steps],
                "amount_qualifier": [_qualifier(step.shown) for step in steps],
                "original": [str(one.original) if one.original else "" for one in found],
                "rate": [wording.rates(one) for one in found],
                "confidence": [one.confidence for one in found],
                "project_count": pd.array([step.project_count for step in steps], dtype="Int64"),
                "whole_usd_bn": [step.whole.usd_bn for step in steps],
                "whole_qualifier": [_qualifier(step.whole) for step in steps],
            }
        )

    def draw(self, theme: Theme) -> go.Figure:
        """Draw a bar for each step that any money has reached."""
        rungs = [Rung(step.name, step.shown, step.whole, step.lines) for step in self.steps]
        return ladder(rungs, theme=theme)


def _makeup_of(total: MoneyTotal) -> Makeup:
    """Return the events of a step as its parts, each for all of its projects together."""
    parts = tuple(
        Part(
            Kind.AMOUNT,
            original_of(row).in_dollars(row.rate_per_usd),
            row.confidence,
            MoneyTotal(events=(row,)).source_ids,
            project_ids=tuple(filter(None, row.project_ids.split(LIST_SEPARATOR))),
            count=1,
            original=original_of(row) if row.original_currency != "USD" else None,
        )
        for row in total.events
    )
    if any(part.original and part.amount.is_disclosed for part in parts):
        return Makeup(parts, Rule.CONVERSION)
    return Makeup(parts, Rule.SUM if len(parts) > 1 else Rule.SAME)


def _qualifier(amount: Amount) -> str:
    return amount.qualifier if amount.is_disclosed else ""
