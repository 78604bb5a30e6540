"""Assets: Streamlit's own files, compressed in advance, and which of them a page needs first."""

import gzip
import logging
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache, cached_property, partial
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Final

import brotli
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import FileResponse
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from components.basics.byte_cache import ByteCache
from components.serving import settings, typefaces
from components.serving.answers import Answer
from components.serving.problems import Problem

logger = logging.getLogger(__name__)

SOURCE: Final = Path(str(distribution("streamlit").locate_file("streamlit/static")))
PREFIX: Final = "/static/"

HEAVY: Final = "PlotlyChart"
"""The largest file that the first screen needs: a third of all bytes."""

FIRST: Final = (
    "index",
    HEAVY,
    "Html",
    "Multiselect",
    "Button",
    "Checkbox",
    "DownloadButton",
    "BidiComponent",
)
"""What the first screen needs, by the names of Streamlit's bundles without their hashes."""

MAP: Final = ("DeckGlJsonChart",)
"""What a page with a map needs in addition, once it has the rest: else the charts would wait."""

LARGE_BYTES: Final = 65_536
"""From this size on, uncompressed, a file is fetched before anything is painted: nine of a hundred
files are, with nine tenths of all bytes."""

FACES: Final = {
    "Source Sans": "SourceSansVF-Upright",
    "Source Serif": "SourceSerifVariable-Roman",
}
"""Typefaces as the style sheet calls them, and how Streamlit's files of them begin."""

SMALL: Final = f".{typefaces.MARK}.woff2"
"""What the name of the smaller copy of a font ends with."""

CODINGS: Final = {"br": ".br", "gzip": ".gz"}
"""Content coding -> suffix of the compressed file, the preferred one first."""

MIN_BYTES: Final = 1024
"""Smaller files are sent uncompressed."""

BEST: Final = 11
QUICK: Final = 9
"""Brotli's quality for what is needed first, and for all else: a tenth larger, at twenty times the
speed."""

HEADERS: Final = {"cache-control": "public, max-age=31536000, immutable"}
IMPORTED: Final = re.compile(rb"""(?:\bfrom|\bimport)\s*["`']\./([\w.-]+\.js)["`']""")
HASHED: Final = re.compile(r"[.][\w-]{8}[.](js|css|woff2)$")


class Library:
    """The files in Streamlit's folder, and their compressed copies in a folder of ours."""

    def __init__(self, source: Path = SOURCE, *, cache: Path) -> None:
        """Look at nothing yet; ``cache`` may not exist, and need not be writable."""
        self.source = source
        self.target = cache / f"streamlit-{version('streamlit')}"

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Every file whose name changes with its content, by its path below ``/static/``."""
        return {name: path for name, path in self._names.items() if HASHED.search(path.name)}

    @cached_property
    def _names(self) -> dict[str, Path]:
        root = self.source / "static"
        files = (path for path in sorted(root.rglob("*")) if path.is_file())
        return {path.relative_to(root).as_posix(): path for path in files}

    def has(self, path: str) -> bool:
        """Return whether there is such a file at all."""
        return path in self._names

    def answer(self, path: str) -> Answer:
        """Read a file and its compressed copies; raises OSError while there are none."""
        source = self.file(path)
        # The name holds the hash of the content: as a tag, all replicas agree on it.
        codings = CODINGS if _is_compressible(source) else ()
        copies = {coding: self._copy(path, coding).read_bytes() for coding in codings}
        return Answer(source.read_bytes(), _media_type(source), source.name, copies, HEADERS)

    def file(self, path: str) -> Path:
        """Return the file to send under a path: the smaller copy of a font, where there is one."""
        small = self.target / f"{path}{SMALL}"
        return small if path in self._fonts and small.is_file() else self.paths[path]

    def needed(self, names: Iterable[str]) -> list[str]:
        """Return the paths of bundles and of all that they import, in the order of the names.

        A name that no file has is left out: Streamlit may rename what it ships.
        """
        queue = [path for name in names for path in self.named(name)]
        found: dict[str, None] = {}
        while queue:
            path = queue.pop(0)
            if path not in found and path in self.paths:
                found[path] = None
                queue += _imports(self.paths[path])
        return list(found)

    def large(self, paths: Iterable[str]) -> set[str]:
        """Return those of some paths whose files are large."""
        return {path for path in paths if self.paths[path].stat().st_size >= LARGE_BYTES}

    def named(self, name: str) -> list[str]:
        """Return the paths of the files of a name, whatever hash Streamlit adds to it."""
        pattern = re.compile(rf"(js|css)/{re.escape(name)}[.][\w-]{{8}}[.](js|css)")
        return [path for path in self.paths if pattern.fullmatch(path)]

    def fonts(self, start: str) -> list[str]:
        """Return the paths of the fonts whose names begin in some way."""
        return [path for path in self.paths if path.startswith(f"media/{start}")]

    def faces(self, folder: str) -> str:
        """Return the rules that load the app's typefaces, for pages without it."""
        rule = (
            '@font-face{{font-family:"{}";src:url("{}{}");font-weight:200 900;font-display:swap}}'
        )
        return "".join(
            rule.format(family, folder, path)
            for family, start in FACES.items()
            for path in self.fonts(start)
        )

    @property
    def typefaces(self) -> dict[str, Path]:
        """The files of the app's typefaces, by path; smaller where the cache is writable."""
        with suppress(OSError):
            self.shrink()
        return {path: self.file(path) for path in self._fonts}

    @cached_property
    def _fonts(self) -> dict[str, str]:
        """The paths of the app's typefaces, and what each is called in the style sheet."""
        return {path: face for face, start in FACES.items() for path in self.fonts(start)}

    def missing(self, names: Iterable[str]) -> list[str]:
        """Return the names that no file has."""
        return [name for name in names if not self.named(name)]

    def prepare(self, first: Iterable[str] = ()) -> bool:
        """Compress what is not compressed yet, ``first`` first; False where it cannot be written.

        May take half a minute. A process that is killed meanwhile leaves no half-written file.
        """
        eager = dict.fromkeys(first)
        try:
            for path in [*eager, *(path for path in self.paths if path not in eager)]:
                if _is_compressible(self.paths[path]):
                    self._compress(path, quality=BEST if path in eager else QUICK)
            self.shrink()
        except OSError as error:
            logger.warning("No compressed files are cached: %s", error.strerror)
            return False
        return True

    def _compress(self, path: str, *, quality: int) -> None:
        for coding in CODINGS:
            copy = self._copy(path, coding)
            if not copy.is_file():
                _write(copy, _compressed(self.paths[path].read_bytes(), coding, quality))

    def shrink(self) -> None:
        """Make the smaller copies of the app's fonts that there are not yet; raises OSError."""
        for path, face in self._fonts.items():
            small = self.target / f"{path}{SMALL}"
            if not small.is_file():
                _write(
                    small,
                    typefaces.smaller(self.paths[path], name=face.replace("Source", "Pledge")),
                )

    def _copy(self, path: str, coding: str) -> Path:
        return self.target / f"{path}{CODINGS[coding]}"


def _write(file: Path, content: bytes) -> None:
    """Write a file as a whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


@cache  # The name of a bundle holds the hash of its content, and some have megabytes.
def _imports(bundle: Path) -> tuple[str, ...]:
    """Return the paths, below a library's files, of what a bundle imports."""
    if bundle.suffix != ".js":
        return ()
    return tuple(f"js/{name.decode()}" for name in IMPORTED.findall(bundle.read_bytes()))


class Assets:
    """Middleware: answers for the files of a library from memory; leaves other paths to the app."""

    def __init__(self, app: ASGIApp, library: Library) -> None:
        """Wrap an app."""
        self._app = app
        self._library = library
        self._answers = ByteCache[Answer]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a file, or pass the request on."""
        is_asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        is_below = is_asked and scope["path"].startswith(PREFIX)
        path = scope["path"].removeprefix(PREFIX) if is_below else ""
        app = self._app
        if path in self._library.paths:
            app = await self._file(path, Headers(scope=scope))
        elif is_below and not self._library.has(path):
            # Streamlit would send its index.html, to be cached for a year.
            app = Problem(404, "Not found", "There is no such file.").response()
        await app(scope, receive, send)

    async def _file(self, path: str, asked: Headers) -> ASGIApp:
        """Return a file as its answer; uncompressed if part of it is asked for, or too early."""
        answer = self._answers.find(path)
        with suppress(OSError):
            make = partial(self._library.answer, path)
            answer = answer or await to_thread.run_sync(self._answers.get, path, make)
        if answer is not None and "range" not in asked:
            return answer
        source = self._library.file(path)
        headers = HEADERS | {"vary": "Accept-Encoding", "etag": f'"{source.name}"'}
        response = FileResponse(source, headers=headers, media_type=_media_type(source))
        is_same = "range" not in asked and _NEGOTIATION.is_not_modified(response.headers, asked)
        return NotModifiedResponse(response.headers) if is_same else response


_NEGOTIATION: Final = StaticFiles(directory=SOURCE)
"""Starlette's, for its comparison of what a browser has with what there is."""


def _compressed(body: bytes, coding: str, quality: int) -> bytes:
    packed: bytes = (
        brotli.compress(body, quality=quality)
        if coding == "br"
        else gzip.compress(body, compresslevel=9, mtime=0)
    )
    return packed


def _media_type(path: Path) -> str:
    return {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}[path.suffix]


def _is_compressible(path: Path) -> bool:
    return path.suffix in (".js", ".css") and path.stat().st_size >= MIN_BYTES


def main() -> int:
    """Compress everything now, before a server starts; return 0 if all could be written."""
    chosen = settings.read(os.environ)
    library = Library(cache=chosen.cache)
    return 0 if library.prepare(library.needed(FIRST)) else 1


if __name__ == "__main__":
    sys.exit(main())
