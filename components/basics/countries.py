"""Countries by their ISO 3166 code."""

from functools import lru_cache

from babel import Locale

from components.basics.messages import language


def country_name(code: str) -> str:
    """Return the name of a country, from Unicode's CLDR; an unknown code as it stands."""
    return _name(code, language())


@lru_cache(maxsize=256)
def _name(code: str, written_in: str) -> str:
    return str(Locale(written_in).territories.get(code, code))
