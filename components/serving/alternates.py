"""Alternates: the addresses that a view has in each language."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from components.basics import messages
from components.views import links
from components.views.links import Link

DEFAULT: Final = "x-default"
"""Whom no language suits gets the address without one, which leaves it to the browser."""


def of(base: str, link: Link) -> dict[str, str]:
    """Return the addresses of a view below ``base`` by language, as ``hreflang`` names them.

    Each is the one address for its language: English, the default, is not named in it.
    """
    found = {}
    for code in messages.LANGUAGES:
        with messages.using(code):
            found[code] = links.address_of(base, link)
    return found | {DEFAULT: found[messages.ENGLISH]}


def tags(addresses: Mapping[str, str]) -> list[Markup]:
    """Return the elements that name these addresses in the head of a page."""
    tag = Markup('<link rel="alternate" hreflang="{}" href="{}">')
    return [tag.format(*pair) for pair in addresses.items()]
