"""The columns of exhibits: what each holds, as the schema declares it or as it is computed."""

from dataclasses import dataclass, replace
from typing import Final

from pandera.pandas import DataFrameSchema

from components.basics.formatting import UNDISCLOSED
from components.basics.messages import mark
from components.facts.schema import INVESTMENTS, MILESTONES


@dataclass(frozen=True, slots=True)
class Column:
    """One column and what it holds; ``kind`` is as in the schema, or ``flag`` for true and false.

    ``usual`` is the value that needs no mention: a column with no other is not shown to readers.
    ``missing`` is what readers see where an amount is missing.
    """

    name: str
    title: str
    description: str
    kind: str
    unit: str = ""
    usual: object = None
    missing: str = UNDISCLOSED

    def meaning(self) -> dict[str, str]:
        """Return the description of it in files."""
        names = ("name", "title", "description", "kind", "unit")
        return {name: getattr(self, name) for name in names}


def declared(name: str, table: DataFrameSchema = INVESTMENTS) -> Column:
    """Return a column of the data as its schema declares it."""
    column = table.columns[name]
    about = column.metadata
    return Column(name, column.title, column.description, about["kind"], about["unit"])


PROJECT_ID: Final = declared("project_id")
PROJECT: Final = declared("project")
SECTOR: Final = declared("sector")
AMOUNT: Final = replace(declared("amount_usd_bn"), title=mark("Announced"))
QUALIFIER: Final = declared("amount_qualifier")
CONFIDENCE: Final = declared("amount_confidence")

STATE: Final = Column("state", "State code", "USPS code of the state.", "id")
STATE_NAME: Final = Column("state_name", "State", "Name of the state.", "text")
SECTOR_LABEL: Final = Column("sector_label", "Sector", "Name of the sector.", "text")
STAGE: Final = Column(
    "stage",
    "Stage",
    "Furthest step that the project's milestones show; financed means that loans are signed.",
    "choice",
)
STAGE_DATE: Final = Column(
    "stage_date", "Stage since", "Date of the milestone that reached the stage.", "date"
)
EXTENT: Final = Column(
    "stage_extent",
    "Extent of the stage",
    "Whether signed loans cover the project in part or whole; empty for other stages.",
    "choice",
)
CEILING: Final = Column(
    "ceiling_usd_bn",
    "Of which ceilings",
    "The part of the amount that its sources give as a ceiling (“up to”).",
    "number",
    "US$ billions",
)
SHARED_WITH: Final = Column(
    "shared_with",
    "Shared with",
    "States that share part of the amount, which no source divides; it stands in full in each of "
    "them.",
    "list",
)
REPORTED: Final = Column(
    "reported_usd_bn",
    "Of which by press reports",
    "The part of a shared amount that press reports give to it alone.",
    "number",
    "US$ billions",
    missing="none",
)
REPORTED_QUALIFIER: Final = declared("reported_qualifier")
PROJECT_COUNT: Final = Column("project_count", "Projects", "Number of projects.", "integer")
UNDISCLOSED_COUNT: Final = Column(
    "undisclosed_count",
    "Undisclosed amounts",
    "Number of projects whose amount no source gives; they add nothing to the amount.",
    "integer",
    usual=0,
)
PART_COUNT: Final = Column(
    "part_count",
    "Of these with loans in part",
    "Number of projects whose signed loans cover a part of the amount only.",
    "integer",
    usual=0,
)
IN_FILTER: Final = Column(
    "is_in_filter", "In the filter", "Whether the filter chose this row.", "flag", usual=True
)
WHOLE: Final = Column(
    "whole_usd_bn", "All projects", "The amount without a filter.", "number", "US$ billions"
)
WHOLE_QUALIFIER: Final = Column(
    "whole_qualifier",
    "Qualifier, all projects",
    "Whether that amount is exact, approximate, a ceiling or a floor.",
    "choice",
)


def of_event(name: str) -> Column:
    """Return a column of the milestones."""
    return declared(name, MILESTONES)
