"""Rows of investments.csv whose facts have a confidence and a source, as the schema asks."""

from collections.abc import Mapping

from components.facts.schema import FACTS


def cited(row: Mapping[str, str]) -> dict[str, str]:
    """Fill in what a row leaves out: every fact is official, from the first source of the row.

    A column that the row has, even as an empty one, stays as it is.
    """
    first = row.get("source_ids", "").split(";")[0]
    filled = [fact for fact, column in FACTS.items() if row.get(column)]
    missing = {f"{fact}_confidence": "official" for fact in filled}
    missing |= {f"{fact}_source_ids": first for fact in filled}
    missing |= {"pin_confidence": "reported"} if row.get("latitude") else {}
    return missing | dict(row)
