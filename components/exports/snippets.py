"""Lines of code that read a table of a view in other programs."""

from dataclasses import dataclass
from typing import Final

from components.basics.messages import mark

EXCEL_HELP: Final = mark(
    "Data, From other sources, Blank query, Advanced editor: replace all by this."
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """Lines for one program; ``help`` says where they go, "" where that is plain."""

    program: str
    text: str
    help: str = ""


def of_table(name: str, address: str) -> list[Snippet]:
    """Return lines for curl, pandas, R and Excel that read the CSV at an address.

    ``name`` is an identifier. An address is encoded: it has no quotes and no spaces.
    """
    return [
        Snippet("curl", f"curl --fail --output {name}.csv '{address}'"),
        Snippet("pandas", f'import pandas as pd\n\n{name} = pd.read_csv("{address}")'),
        Snippet("R", f'{name} <- read.csv("{address}")'),
        Snippet(
            "Excel",
            "let\n"
            f'    File = Csv.Document(Web.Contents("{address}"), '
            '[Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),\n'
            "    Rows = Table.PromoteHeaders(File, [PromoteAllScalars = true])\n"
            "in\n"
            "    Rows",
            EXCEL_HELP,
        ),
    ]
