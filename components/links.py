"""Addresses: where a view, or one card of it, is found."""

from typing import Final
from urllib.parse import urlencode, urlsplit

from components.filters import ProjectFilter

CARD: Final = "card"
"""The parameter that names one exhibit, which is then shown alone."""


def address_of(base: str, project_filter: ProjectFilter, *, card: str = "") -> str:
    """Give the address of a view below ``base``, with ``card`` that of one exhibit, embedded.

    An empty ``base``, of a server that does not know its own address, gives "".
    """
    parts = urlsplit(base)
    if parts.netloc and not parts.path:
        base = parts._replace(path="/").geturl()
    query = project_filter.to_query()
    if card:
        query |= {"embed": ["true"], CARD: [card]}
    return f"{base}?{urlencode(query, doseq=True)}" if base and query else base
