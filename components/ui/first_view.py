"""The first view: a page as complete HTML, before the app has started or where it cannot."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Final

from markupsafe import Markup

from components.ui import frame
from components.ui.canvas import drawing_on
from components.ui.paper import Paper
from components.views.site import PageInfo
from components.views.store import Reading

FOLDER: Final = Path(__file__).parents[1] / "pages"


def draw(
    reading: Reading,
    info: PageInfo,
    *,
    path: str,
    base: str,
    parameters: Mapping[str, Sequence[str]],
) -> Markup:
    """Return a page under the parameters of its address, drawn by the same script as in the app.

    ``base`` is the address of the server, without a slash at its end; ``path`` the page's below it.
    """
    return draw_on(Paper(url=f"{base}/{path}", parameters=parameters), reading, info, path=path)


def draw_on(paper: Paper, reading: Reading, info: PageInfo, *, path: str) -> Markup:
    """Return a page drawn on a paper that has its address and parameters."""
    with drawing_on(paper):
        frame.draw(reading, info, path=path, run=lambda: _run(info.script))
    return paper.page()


def _run(script: str) -> None:
    exec(_code(script), {"__name__": f"{FOLDER.name}.{script}"})


@cache
def _code(script: str) -> CodeType:
    file = FOLDER / f"{script}.py"
    return compile(file.read_text(encoding="utf-8"), str(file), "exec")
