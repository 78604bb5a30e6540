"""The changelog: what it says about the data, release by release."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

HEADING: Final = re.compile(r"^(#{1,6})[ \t]+(.*)$", re.MULTILINE)
BULLET: Final = re.compile(r"[-*+][ \t]+")
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RELEASE_LEVEL, KIND_LEVEL = 2, 3
"""The heading levels of a release, and of a kind of change in it."""

NEVER: Final = "9999-12-31"
"""Later than any day: a release without a day is still to come."""


@dataclass(frozen=True, slots=True)
class DataChange:
    """One entry under Data; ``released_on`` is an ISO day, "" before the release."""

    release: str
    released_on: str
    text: str


def data_changes(text: str) -> list[DataChange]:
    """List the entries under the Data heading of every release, newest first; never raises.

    Takes the Markdown of "Keep a Changelog". Unreleased entries come first; entries of a release
    keep their order. The text of an entry is one line, its Markdown unchanged.
    """
    changes = [
        DataChange(release, day, entry)
        for release, day, kind, body in _sections(text)
        if release and kind.casefold() == "data"
        for entry in _entries(body)
    ]
    return sorted(changes, key=lambda change: change.released_on or NEVER, reverse=True)


def releases(text: str) -> list[tuple[str, str]]:
    """List the releases that have a day, as (name, ISO day), newest first; never raises."""
    found = {(release, day) for release, day, *_ in _sections(text) if release and day}
    return sorted(found, key=lambda release: release[1], reverse=True)


def _sections(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield for each heading the release, its day, the kind of change and the text below."""
    _, *parts = HEADING.split("\n".join(text.splitlines()))
    release = day = kind = ""
    for marks, heading, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        title = heading.strip(" \t#")
        if len(marks) < RELEASE_LEVEL:
            release = day = kind = ""
        elif len(marks) == RELEASE_LEVEL:
            release, day, kind = *_read_release(title), ""
        elif len(marks) == KIND_LEVEL:
            kind = title
        yield release, day, kind, body


def _read_release(title: str) -> tuple[str, str]:
    """Read ``0.1.0 - 2026-11-22``, without brackets around the name and without its link."""
    name, _, rest = re.sub(r"[ \t]+[-–—][ \t]+", "\0", title, count=1).partition("\0")
    linked = re.match(r"\[([^\]]*)\]", name)
    day = DAY.search(rest)
    return (linked[1] if linked else name).strip(), day[0] if day else ""


def _entries(body: str) -> Iterator[str]:
    """Yield each bullet as one line, with its nested bullets; other paragraphs are no entries."""
    entry: list[str] = []
    is_after_gap = False
    for line in body.splitlines():
        is_inside = line[:1].isspace() or not is_after_gap
        if BULLET.match(line):
            yield from filter(None, [" ".join(entry)])
            entry = [BULLET.sub("", line, count=1).strip()]
        elif line.strip() and entry and is_inside:
            entry.append(BULLET.sub("", line.strip(), count=1))
        elif line.strip():
            yield from filter(None, [" ".join(entry)])
            entry = []
        is_after_gap = not line.strip()
    yield from filter(None, [" ".join(entry)])
