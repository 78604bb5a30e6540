"""Messages: the words of the dashboard in the reader's language, from gettext catalogues."""

import gettext
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from io import BytesIO
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

ENGLISH: Final = "en"
JAPANESE: Final = "ja"

LANGUAGES: Final = {ENGLISH: "English", JAPANESE: "日本語"}
"""The languages of the dashboard by ISO 639-1 code, each named in itself; the first is default."""

REGION: Final = re.compile(r"(?<=[A-Za-z])[-_][A-Za-z0-9]+")
"""A part of a language tag after the language: ``-US`` or ``-Hant``."""

FOLDER: Final = Path(__file__).parents[2] / "locale"

_language: Final[ContextVar[str]] = ContextVar("language", default=ENGLISH)
_is_asked: Final[ContextVar[bool]] = ContextVar("is_asked", default=False)

Rest = ParamSpec("Rest")
Result = TypeVar("Result")


def language() -> str:
    """Return the language that is written in this context: a key of ``LANGUAGES``."""
    return _language.get()


def in_japanese() -> bool:
    """Return whether Japanese is written in this context."""
    return _language.get() == JAPANESE


def named() -> str:
    """Return the language that links name, "" where they need none: English not asked for.

    A reader whose browser prefers Japanese, and who chose English, keeps it from page to page.
    """
    return language() if in_japanese() or _is_asked.get() else ""


def use(code: str, *, is_asked: bool = False) -> None:
    """Write in a language from here on, in this thread or task.

    ``is_asked`` tells whether the address named it, rather than the browser or nobody.
    """
    _language.set(code)
    _is_asked.set(is_asked)


@contextmanager
def using(code: str, *, is_asked: bool = False) -> Iterator[None]:
    """Let everything within be written in a language, as ``use`` does."""
    before = language(), _is_asked.get()
    use(code, is_asked=is_asked)
    try:
        yield
    finally:
        use(before[0], is_asked=before[1])


def bound(function: Callable[Rest, Result]) -> Callable[Rest, Result]:
    """Return a function that writes in the present language, in whichever thread it is called."""
    code, is_asked = language(), _is_asked.get()

    @wraps(function)
    def write(*arguments: Rest.args, **named: Rest.kwargs) -> Result:
        with using(code, is_asked=is_asked):
            return function(*arguments, **named)

    return write


def _(message: str, /, **values: object) -> str:
    """Return a message in the present language, with named values filled in.

    A message is a whole sentence, label or title in English. One without a translation stays
    English. Values are inserted as they are, never read as part of the message.
    """
    text = _catalogue(_language.get()).gettext(message) if message else ""
    return text.format_map(values) if values else text


def in_context(context: str, message: str, /, **values: object) -> str:
    """Return a short message whose translation depends on where it stands."""
    text = _catalogue(_language.get()).pgettext(context, message)
    return text.format_map(values) if values else text


def plural(one: str, many: str, number: int, /, **values: object) -> str:
    """Return a message about a number of things; ``{count}`` is the number, with separators.

    >>> plural("{count} project", "{count} projects", 1200)
    '1,200 projects'
    """
    text = _catalogue(_language.get()).ngettext(one, many, number)
    return text.format_map({"count": f"{number:,}"} | values)


def mark(message: str) -> str:
    """Return a message unchanged: it is extracted here, and translated where it is used."""
    return message


def mark_in_context(_context: str, message: str) -> str:
    """Return a message of a context unchanged, as ``mark`` does."""
    return message


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """Return a message about a number of things unchanged, as ``mark`` does."""
    return one, many


class Labels(Mapping[str, str]):
    """Words by id, each given in the present language; the messages are the English ones.

    ``context`` tells their translations from those of the same words elsewhere.

    >>> Labels({"part": "In part"})["part"]
    'In part'
    """

    def __init__(self, english: Mapping[str, str], *, context: str = "") -> None:
        """Take the English words, id -> message."""
        self.english = dict(english)
        self._contexts = dict.fromkeys(english, context)

    def __getitem__(self, key: str) -> str:
        """Return the word of an id."""
        message, context = self.english[key], self._contexts[key]
        return in_context(context, message) if context else _(message)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids."""
        return iter(self.english)

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.english)

    def __contains__(self, key: object) -> bool:
        """Return whether an id has a word."""
        return key in self.english

    def __or__(self, other: "Labels") -> "Labels":
        """Return the words of both."""
        both = Labels(self.english | other.english)
        both._contexts = self._contexts | other._contexts
        return both

    def __repr__(self) -> str:
        """Show the ids with their English words."""
        return f"Labels({self.english!r})"


@lru_cache(maxsize=256)
def from_header(accepted: str) -> str:
    """Return the language here that a browser likes best, from its Accept-Language header.

    English if it names none of them.
    """
    # Without regions: "en-US, ja;q=0.5" would else be taken for a browser that knows no English.
    plain = REGION.sub("", accepted[:500])
    accept = parse_accept_header(plain, LanguageAccept)
    return str(accept.best_match(LANGUAGES, default=ENGLISH))


def files(code: str) -> list[Path]:
    """List the catalogues of a language."""
    return sorted((FOLDER / code / "LC_MESSAGES").glob("*.po"))


def read(code: str) -> list[Catalog]:
    """Return the catalogues of a language as their translators left them."""
    return [read_po(BytesIO(file.read_bytes()), locale=code) for file in files(code)]


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    """Return the translations of a language, none for English, whose messages they are."""
    translations = gettext.NullTranslations()
    for catalogue in read(code):
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        more: Any = gettext.GNUTranslations(compiled)
        more.add_fallback(translations)
        translations = more
    return translations
