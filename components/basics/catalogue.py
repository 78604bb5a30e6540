"""The catalogue: finds every message in the code and keeps the files of translators complete."""

import ast
import sys
from collections.abc import Iterator
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from components.basics import messages

CODE: Final = messages.FOLDER.parent / "components"
SCHEMA: Final = "components/facts/schema.py"
FILE: Final = "messages.po"
HEAD: Final = """\
# The words of the dashboard in another language; `make messages` keeps it complete.
msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plural}\\n"

"""

COLUMNS: Final = (
    "_column",
    "_text",
    "_name",
    "_names",
    "_date",
    "_day",
    "_amount",
    "_count",
    "_slug",
    "_choice",
    "_cited",
    "_source_ids",
    "_project_ids",
    "DataFrameSchema",
)
"""The functions of the schema whose titles and descriptions are messages."""

PLACES: Final = {"Column": (1, 2), "Resource": (3,)}
"""Classes whose texts are messages -> the places of these among the arguments."""

PLURALS: Final = ("plural", "mark_plural")

Found = tuple[str | tuple[str, str], str | None]


def messages_in(tree: ast.AST, *, is_schema: bool = False) -> Iterator[tuple[Found, int]]:
    """Yield each message of a module, with its context if it has one, and its line.

    A message about a number is a pair. Raises ValueError where a message is put together.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if is_schema or name not in COLUMNS:
                for found in _of_call(name, node):
                    yield found, node.lineno


def _of_call(name: str, call: ast.Call) -> Iterator[Found]:
    arguments = call.args
    if name in ("_", "mark"):
        yield from ((text, None) for text in _texts(arguments[0]))
    elif name in PLURALS:
        yield from (
            ((one, many), None)
            for one, many in zip(_texts(arguments[0]), _texts(arguments[1]), strict=True)
        )
    elif name in ("in_context", "mark_in_context"):
        context = next(iter(_texts(arguments[0])), None)
        yield from ((text, context) for text in _texts(arguments[1]))
    elif name == "Labels" and isinstance(arguments[0], ast.Dict):
        context = next((text for key in call.keywords for text in _texts(key.value)), None)
        yield from ((text, context) for value in arguments[0].values for text in _texts(value))
    elif name in PLACES:
        keys = ("title", "description", "missing")
        named = [key.value for key in call.keywords if key.arg in keys]
        placed = [arguments[place] for place in PLACES[name] if place < len(arguments)]
        texts = [text for argument in [*placed, *named] for text in _texts(argument)]
        yield from ((text, None) for text in texts)
    elif name in COLUMNS:
        named = [key.value for key in call.keywords if key.arg in ("title", "description")]
        texts = [text for argument in [*arguments, *named] for text in _texts(argument)]
        yield from ((text, None) for text in texts)


def _texts(node: ast.expr) -> list[str]:
    """Return the texts of a constant; none for a variable, whose text is marked elsewhere."""
    if isinstance(node, ast.JoinedStr | ast.BinOp):
        raise ValueError(f"line {node.lineno}: a message is one text, with values in braces")
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        return [node.value]
    return []


def extracted() -> Catalog:
    """Return all messages of the code, each with the files that it stands in."""
    catalogue = Catalog(fuzzy=False)
    for file in sorted(CODE.rglob("*.py")):
        place = file.relative_to(CODE.parent).as_posix()
        try:
            tree = ast.parse(file.read_text("utf-8"))
            for (message, context), _line in messages_in(tree, is_schema=place == SCHEMA):
                catalogue.add(message, context=context, locations=[(place, 0)])
        except ValueError as error:
            raise ValueError(f"{place}, {error}") from error
    return catalogue


def translated(code: str) -> Catalog:
    """Return all messages of a language that have a translation, as their translators left them."""
    catalogue = Catalog(locale=code, fuzzy=False)
    for part in messages.read(code):
        for message in part:
            if message.id and all(texts_of(message)):
                catalogue[message.id] = message
    return catalogue


def texts_of(message: Message) -> tuple[str, ...]:
    """Return the translations of a message, one for each plural form; "" where one is missing."""
    given = message.string
    return tuple(text or "" for text in (given if isinstance(given, tuple | list) else (given,)))


def updated(template: Catalog, known: Catalog, code: str) -> Catalog:
    """Return the messages of a template with the translations that are known, "" for none."""
    catalogue = Catalog(locale=code, fuzzy=False)
    for message in template:
        if message.id:
            found = known.get(message.id, message.context)
            texts = texts_of(found) if found else ("",)
            is_plural = isinstance(message.id, tuple | list)
            catalogue.add(
                message.id,
                texts if is_plural else texts[0],
                context=message.context,
                locations=message.locations,
            )
    return catalogue


def main() -> int:
    """Add new messages to the catalogues, drop unused ones, and name what has no translation.

    Returns the exit code: 0 if every message has one.
    """
    template = extracted()
    missing = 0
    for code in messages.LANGUAGES:
        if code == messages.ENGLISH:
            continue
        catalogue = updated(template, translated(code), code)
        path = messages.FOLDER / code / "LC_MESSAGES" / FILE
        with path.open("wb") as file:
            # Of our own, since Babel's has the day on which it was written.
            head = HEAD.format(code=code, plural=catalogue.plural_forms)
            file.write(head.encode())
            write_po(file, catalogue, width=100, sort_by_file=True, omit_header=True)
        for message in catalogue:
            if message.id and not all(texts_of(message)):
                print(f"{path}: no translation of {message.id!r}")
                missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
