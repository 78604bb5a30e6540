"""The canvas: what pages draw on, Streamlit's app or the paper of a page that is sent as HTML."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, ParamSpec

import streamlit

from components.basics import messages
from components.ui.paper import Paper

Rest = ParamSpec("Rest")

_paper: Final[ContextVar[Paper | None]] = ContextVar("paper", default=None)


class _Canvas:
    """Streamlit, or the paper of this context, which has the functions that pages call."""

    def __getattr__(self, name: str) -> Any:
        return getattr(_paper.get() or streamlit, name)


if TYPE_CHECKING:
    st = streamlit
else:
    st = _Canvas()


def paper() -> Paper | None:
    """Return the paper that is drawn on, None where it is the app of a visitor."""
    return _paper.get()


def is_static() -> bool:
    """Return whether the page becomes a file, which answers nothing."""
    paper = _paper.get()
    return paper is not None and paper.is_static


@contextmanager
def drawing_on(paper: Paper) -> Iterator[None]:
    """Let everything within be drawn on a paper."""
    token = _paper.set(paper)
    try:
        yield
    finally:
        _paper.reset(token)


def button(label: str, *, way: str, key: str, **options: Any) -> bool:
    """Draw a button and return whether it was pressed; on paper, a link to ``way`` instead.

    An empty ``way`` leaves only its place on paper: what it does needs the app.
    """
    paper = _paper.get()
    if paper is None:
        return streamlit.button(label, key=key, **options)
    paper.way(label, way, key=key)
    return False


def dialog(
    title: str, draw: Callable[Rest, None], *arguments: Rest.args, **named: Rest.kwargs
) -> None:
    """Open a dialog that ``draw`` fills, again for each choice in it, in the language of now."""
    streamlit.dialog(title, width="medium")(messages.bound(draw))(*arguments, **named)
