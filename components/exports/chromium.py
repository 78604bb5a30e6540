"""The Chromium that draws pictures: started on first use, left running, replaced when it dies."""

import asyncio
import atexit
import logging
import os
import re
import shutil
from concurrent.futures import TimeoutError as OutOfTime
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread, get_native_id
from typing import Any, Final, Literal

import plotly.graph_objects as go

from components.basics.messages import _
from components.exports import fonts

logger = logging.getLogger(__name__)

Kind = Literal["png", "svg"]

TABS: Final = 2
"""At most this many pictures are drawn at once; one more tab was no faster on two cores."""

MAX_WAITING: Final = 60
"""When this many requests wait, another is refused."""

START_LIMIT_S: Final = 120.0
DRAW_LIMIT_S: Final = 60.0
"""How long a browser may take to start, and one picture to be drawn, before it counts as dead.

On a busy machine it waits for every page: a start of two seconds was seen to take forty.
"""

NICENESS: Final = 5
"""The niceness of the browser's processes, from 0 (normal) to 19 (lowest priority)."""

QUEUE_LIMIT_S: Final = 180.0
CLOSE_LIMIT_S: Final = 8.0

OFF: Final = ("off", "0", "no", "false")


class PictureError(Exception):
    """No picture could be drawn; the text tells the server's operator why."""


class NoBrowserError(PictureError):
    """There is no Chromium on this machine; the text says how to add one."""


def find_browser() -> Path | None:
    """Return the program that ``KALEIDO`` or ``BROWSER_PATH`` names, or an installed Chromium.

    None where there is none, or with ``KALEIDO=off``. Nothing is started.
    """
    named = os.environ.get("KALEIDO") or os.environ.get("BROWSER_PATH")
    if named:
        found = None if named.lower() in OFF else shutil.which(named)
        return Path(found) if found else None
    return _installed_browser()


def explain_absence() -> str:
    """Return why no browser was found, and how to add one."""
    for variable in ("KALEIDO", "BROWSER_PATH"):
        named = os.environ.get(variable)
        if named and named.lower() in OFF:
            return _(
                "Pictures are switched off on this server ({variable}={named}).",
                variable=variable,
                named=named,
            )
        if named:
            return _(
                "{variable} is '{named}', and no program is there. Correct it, or unset it.",
                variable=variable,
                named=named,
            )
    return _(
        "This server has no Chromium. Install it (Debian: apt-get install chromium), or name one "
        "in BROWSER_PATH."
    )


class Chromium:
    """One browser for all visitors, in a thread of its own; thread-safe.

    Requests are served in the order of arrival, ``TABS`` at a time.
    """

    def __init__(self) -> None:
        """Prepare without starting a browser."""
        self._guard = Lock()
        self._waiting = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._semaphore = asyncio.Semaphore(TABS)
        self._opening = asyncio.Lock()
        self._kaleido: Any = None

    def draw(self, figure: go.Figure, *, kind: Kind, scale: float = 1) -> bytes:
        """Draw a figure at its own size, ``scale`` pixels to the unit; raises PictureError."""
        with self._guard:
            if self._waiting >= MAX_WAITING:
                raise PictureError(f"{self._waiting} pictures are waiting already. Try again soon.")
            self._waiting += 1
        try:
            drawing = asyncio.run_coroutine_threadsafe(
                self._draw(figure, kind, scale), self._started_loop()
            )
            return drawing.result(timeout=QUEUE_LIMIT_S)
        except OutOfTime as error:
            drawing.cancel()
            raise PictureError(f"No picture within {QUEUE_LIMIT_S:.0f} seconds.") from error
        finally:
            with self._guard:
                self._waiting -= 1

    @property
    def pid(self) -> int | None:
        """The id of the process that leads the browser's process group; None without a browser."""
        kaleido = self._kaleido
        return kaleido.subprocess.pid if kaleido else None

    def close(self) -> None:
        """Stop the browser, if one runs; the next picture starts another."""
        if self._loop is None:
            return
        closing = asyncio.run_coroutine_threadsafe(self._discard(self._kaleido), self._loop)
        try:
            closing.result(timeout=CLOSE_LIMIT_S)
        except OutOfTime:
            logger.warning("Chromium did not close within %.0f seconds.", CLOSE_LIMIT_S)

    def _started_loop(self) -> asyncio.AbstractEventLoop:
        with self._guard:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._loop.set_exception_handler(_log_quietly)
                Thread(target=_run, args=[self._loop], name="chromium", daemon=True).start()
                atexit.register(self.close)
            return self._loop

    async def _draw(self, figure: go.Figure, kind: Kind, scale: float) -> bytes:
        async with self._semaphore:
            try:
                return await self._draw_once(figure, kind, scale)
            except NoBrowserError:
                raise
            except Exception as error:  # noqa: BLE001  # Whatever the cause, a new browser may work.
                logger.warning("Chromium failed and is restarted: %r", error)
            try:
                return await self._draw_once(figure, kind, scale)
            except Exception as error:
                raise PictureError(f"Chromium could not draw the picture: {error!r}") from error

    async def _draw_once(self, figure: go.Figure, kind: Kind, scale: float) -> bytes:
        kaleido = await self._opened()
        options: Any = {"format": kind, "scale": scale}
        try:
            picture: bytes = await asyncio.wait_for(
                kaleido.calc_fig(figure, opts=options), DRAW_LIMIT_S
            )
        except asyncio.CancelledError as error:
            await self._discard(kaleido)
            if _is_cancelled():
                raise
            raise PictureError("Chromium ended while it drew.") from error
        except Exception:
            await self._discard(kaleido)
            raise
        return _with_steady_ids(picture) if kind == "svg" else picture

    async def _opened(self) -> Any:
        async with self._opening:
            if self._kaleido is None:
                path = find_browser()
                if path is None:
                    raise NoBrowserError(explain_absence())
                kaleido = _new_kaleido(path)
                try:
                    await asyncio.wait_for(kaleido.open(), START_LIMIT_S)
                except BaseException:
                    await _close(kaleido)
                    raise
                self._kaleido = kaleido
            return self._kaleido

    async def _discard(self, kaleido: Any) -> None:
        """Close a browser that failed, unless another request has already done so."""
        if kaleido is None or kaleido is not self._kaleido:
            return
        self._kaleido = None
        await _close(kaleido)


async def _close(kaleido: Any) -> None:
    """Close a browser, started or not; one that does not answer is killed."""
    try:
        await asyncio.wait_for(kaleido.close(), CLOSE_LIMIT_S)
    except Exception as error:  # noqa: BLE001  # It is abandoned in any case.
        logger.warning("Chromium did not close cleanly: %r", error)
        with suppress(AttributeError):
            kaleido.subprocess.kill()


def _run(loop: asyncio.AbstractEventLoop) -> None:
    _yield_to_pages()
    loop.run_forever()


def _log_quietly(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log errors of Kaleido's own tasks after a browser died at debug level: we start another."""
    logger.debug("Chromium's loop: %s", context.get("exception") or context.get("message"))


def _yield_to_pages() -> None:
    """Give requests for pages priority over those for files, where the system can.

    Processes that this thread starts inherit its niceness and its restriction to half the cores.
    """
    with suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, get_native_id(), NICENESS)
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, cores[len(cores) // 2 :])


def _is_cancelled() -> bool:
    """Return whether this request was cancelled, not merely the browser's own tasks."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _with_steady_ids(svg: bytes) -> bytes:
    """Replace Plotly's random ids, so that the same figure gives the same file."""
    found = re.search(rb'id="defs-([0-9a-f]+)"', svg)
    if found is None:
        return svg
    # A colour may have the same digits, after its number sign.
    steady = re.sub(rb"(?<![#0-9a-f])" + found[1], b"plot", svg)
    patterns = dict.fromkeys(re.findall(rb'id="(pplot-[0-9a-f]+)"', steady))
    for place, name in enumerate(patterns):
        steady = steady.replace(name, b"pattern-%d" % place)
    return re.sub(rb'(class="trace [a-z]+ trace)[0-9a-f]{6}"', rb'\1"', steady)


@lru_cache(maxsize=1)
def shared() -> Chromium:
    """Return the one browser of this process."""
    return Chromium()


@lru_cache(maxsize=1)
def _installed_browser() -> Path | None:
    from choreographer.browsers.chromium import Chromium as Finder

    found = Finder.find_browser(skip_local=False)
    return Path(found) if found else None


def _new_kaleido(path: Path) -> Any:
    from choreographer.browsers.chromium import Chromium as Program
    from kaleido import Kaleido

    class QuietProgram(Program):
        """Chromium with our fonts, and without connections to other hosts."""

        def pre_open(self) -> None:
            super().pre_open()
            # Its last processes may still write when Python exits, which is no error of ours.
            self.tmp_dir.temp_dir.cleanup()
            self.tmp_dir.temp_dir = TemporaryDirectory(
                dir=self.tmp_dir.path.parent, ignore_cleanup_errors=True
            )
            self.tmp_dir.path = Path(self.tmp_dir.temp_dir.name)

        def get_env(self) -> dict[str, str]:
            return {**os.environ, "FONTCONFIG_FILE": str(fonts.fontconfig_file())}

        def get_cli(self) -> list[str]:
            return [*super().get_cli(), "--disable-background-networking", "--disable-quic"]

    # MathJax would be loaded from another host.
    return Kaleido(n=TABS, timeout=DRAW_LIMIT_S, mathjax=False, path=path, browser_cls=QuietProgram)
