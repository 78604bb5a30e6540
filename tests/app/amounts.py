"""Amounts as both languages write them, translated by hand."""

from components.basics.messages import ENGLISH

JAPANESE = {
    "$0": "0ドル",
    "$2.1B": "21億ドル",
    "$36B": "360億ドル",
    "$514B": "5140億ドル",
    "about $0.6B": "約6億ドル",
    "about $2.2B": "約22億ドル",
    "about $33.3B": "約333億ドル",
    "up to $16B": "最大160億ドル",
    "up to $17B": "最大170億ドル",
    "up to $18.1B": "最大181億ドル",
    "up to $40B": "最大400億ドル",
    "up to $66.3B": "最大663億ドル",
    "up to $73B": "最大730億ドル",
    "up to $109B": "最大1090億ドル",
    "up to $550B": "最大5500億ドル",
    "at least $441B": "少なくとも4410億ドル",
    "more than ¥340B": "3400億円超",
    "up to 19.8%": "最大19.8%",
    "None found": "見つからず",
}
"""English -> Japanese."""


def in_language(language: str, amount: str) -> str:
    """Return an English amount as a language writes it."""
    return amount if language == ENGLISH else JAPANESE[amount]
