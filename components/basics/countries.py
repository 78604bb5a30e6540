"""Countries by their ISO 3166 code."""

from functools import lru_cache

from babel import Locale


@lru_cache(maxsize=256)
def country_name(code: str) -> str:
    """Return the English name of a country, from Unicode's CLDR; an unknown code as it stands."""
    return str(Locale("en").territories.get(code, code))
