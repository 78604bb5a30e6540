"""Assets: the front end's own files, compressed once and kept, with what is needed first."""

import gzip
import logging
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Final

import brotli
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from werkzeug.http import parse_accept_header

from components.serving import settings
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
"""What the first screen needs, by the names of Streamlit's bundles without their hashes.

Not the map's: it comes when the map does, or the charts would wait for it.
"""

CODINGS: Final = {"br": ".br", "gzip": ".gz"}
"""Content coding -> end of the file names, the one we would rather send first."""

MIN_BYTES: Final = 1024
"""Smaller files are sent as they are."""

BEST: Final = 11
QUICK: Final = 9
"""Brotli's quality for what is needed first, and for all else: a tenth larger, at twenty times the
speed."""

IMMUTABLE: Final = "public, max-age=31536000, immutable"
IMPORTED: Final = re.compile(rb"""(?:\bfrom|\bimport)\s*["`']\./([\w.-]+\.js)["`']""")
HASHED: Final = re.compile(r"[.][\w-]{8}[.](js|css|woff2)$")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: where it is, and what of it is kept compressed, as coding -> file."""

    path: Path
    compressed: dict[str, Path]


class Library:
    """The files below one folder of Streamlit's, and their compressed copies in another."""

    def __init__(self, source: Path = SOURCE, *, cache: Path) -> None:
        """Look at nothing yet; ``cache`` may not exist, and need not be writable."""
        self.source = source
        self.target = cache / f"streamlit-{version('streamlit')}"
        self._known: dict[str, Asset] = {}

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
        """Tell whether there is such a file at all, compressed or not."""
        return path in self._names

    def find(self, path: str) -> Asset | None:
        """Give a file with what is kept of it by now; None for one that is not there."""
        if path in self._known:
            return self._known[path]
        source = self.paths.get(path)
        if source is None:
            return None
        kept = {coding: self._copy(path, end) for coding, end in CODINGS.items()}
        asset = Asset(source, {coding: copy for coding, copy in kept.items() if copy.is_file()})
        if len(asset.compressed) == len(CODINGS) or not _is_worth(source):
            self._known[path] = asset
        return asset

    def forget(self) -> None:
        """Look again for what is kept."""
        self._known.clear()

    def needed(self, names: Iterable[str]) -> list[str]:
        """List bundles and all that they import, as paths, in the order in which they are named.

        A name that no file has is left out: Streamlit may rename what it ships.
        """
        queue = [path for name in names for path in self._named(name)]
        found: dict[str, None] = {}
        while queue:
            path = queue.pop(0)
            if path not in found and path in self.paths:
                found[path] = None
                queue += self._imports(path)
        return list(found)

    def missing(self, names: Iterable[str]) -> list[str]:
        """List the names that no file has."""
        return [name for name in names if not self._named(name)]

    def prepare(self, first: Iterable[str] = ()) -> bool:
        """Compress what is not kept yet, the ``first`` paths first; False where it cannot be kept.

        May take half a minute. Whoever dies meanwhile leaves no half-written file.
        """
        eager = dict.fromkeys(first)
        for path in [*eager, *(path for path in self.paths if path not in eager)]:
            source = self.paths[path]
            if not _is_worth(source):
                continue
            try:
                self._compress(path, quality=BEST if path in eager else QUICK)
            except OSError as error:
                logger.warning("No compressed files are kept: %s", error.strerror)
                return False
        return True

    def _compress(self, path: str, *, quality: int) -> None:
        for coding, end in CODINGS.items():
            copy = self._copy(path, end)
            if not copy.is_file():
                copy.parent.mkdir(parents=True, exist_ok=True)
                half = copy.with_name(f".{copy.name}.{os.getpid()}.part")
                try:
                    half.write_bytes(_compressed(self.paths[path].read_bytes(), coding, quality))
                    half.replace(copy)
                finally:
                    half.unlink(missing_ok=True)

    def _copy(self, path: str, end: str) -> Path:
        return self.target / f"{path}{end}"

    def _named(self, name: str) -> list[str]:
        pattern = re.compile(rf"(js|css)/{re.escape(name)}[.][\w-]{{8}}[.](js|css)")
        return [path for path in self.paths if pattern.fullmatch(path)]

    def _imports(self, path: str) -> list[str]:
        if not path.endswith(".js"):
            return []
        return [f"js/{name.decode()}" for name in IMPORTED.findall(self.paths[path].read_bytes())]


class Assets:
    """Middleware: answers for the files of a library; leaves every other path to the app."""

    def __init__(self, app: ASGIApp, library: Library) -> None:
        """Wrap the app that serves the files as they are."""
        self._app = app
        self._library = library

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a file in the best coding that the browser takes and that is kept."""
        is_asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        path: str = scope["path"] if is_asked else ""
        is_below = path.startswith(PREFIX)
        asset = self._library.find(path.removeprefix(PREFIX)) if is_below else None
        if is_below and not self._library.has(path.removeprefix(PREFIX)):
            # Streamlit would send its first file, to be kept for a year under a name that is none.
            problem = Problem(404, "Not found", "There is no such file.")
            await problem.response()(scope, receive, send)
            return
        if asset is None:
            await self._app(scope, receive, send)
            return
        try:
            response = _answer(asset, Headers(scope=scope))
        except OSError:
            # Somebody emptied the cache folder while the server ran.
            self._library.forget()
            await self._app(scope, receive, send)
            return
        await response(scope, receive, send)


def _answer(asset: Asset, asked: Headers) -> Response:
    accepted = parse_accept_header(asked.get("accept-encoding", ""))
    coding = next(
        (name for name in asset.compressed if accepted.quality(name) > 0),
        "",
    )
    path = asset.compressed.get(coding, asset.path)
    status = path.stat()
    headers = {
        "cache-control": IMMUTABLE,
        "vary": "Accept-Encoding",
        # The name of a file holds the hash of its content; the size tells two compressions apart.
        "etag": f'"{asset.path.name}-{coding or "plain"}-{status.st_size}"',
        "x-content-type-options": "nosniff",
    }
    if coding:
        headers["content-encoding"] = coding
    response = FileResponse(
        path, stat_result=status, headers=headers, media_type=_media_type(asset.path)
    )
    if _KEPT.is_not_modified(response.headers, asked):
        return NotModifiedResponse(response.headers)
    return response


_KEPT: Final = StaticFiles(directory=SOURCE)
"""Starlette's, for its comparison of what a browser has with what there is."""


def _compressed(body: bytes, coding: str, quality: int) -> bytes:
    packed: bytes = (
        brotli.compress(body, quality=quality)
        if coding == "br"
        else gzip.compress(body, compresslevel=9, mtime=0)
    )
    return packed


def _media_type(path: Path) -> str:
    kinds = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
    return kinds[path.suffix]


def _is_worth(path: Path) -> bool:
    return path.suffix in (".js", ".css") and path.stat().st_size >= MIN_BYTES


def main() -> int:
    """Compress everything now, so that a server finds it; 0 if all is kept."""
    chosen = settings.read(os.environ)
    library = Library(cache=chosen.cache)
    return 0 if library.prepare(library.needed(FIRST)) else 1


if __name__ == "__main__":
    sys.exit(main())
