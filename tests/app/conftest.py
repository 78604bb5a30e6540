"""The dashboard, opened in-process as a visitor opens it."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.app.folders import write_hostile
from tests.app.page import Page, Visit
from tests.frozen import FOLDER

APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture(scope="session", autouse=True)
def imported() -> Iterator[None]:
    """Import the app once, and keep it out of the garbage collection that ends every run."""
    AppTest.from_file(APP, default_timeout=60).run()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test begin with the frozen data, whatever the shell says."""
    monkeypatch.setenv("PLEDGE_DATA", str(FOLDER))


@pytest.fixture(autouse=True)
def without_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the visitor's browser draw: the server's is tried in tests/browser."""
    monkeypatch.setenv("KALEIDO", "off")


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Give a function that starts the server anew with another folder."""

    def set_folder(folder: Path) -> None:
        monkeypatch.setenv("PLEDGE_DATA", str(folder))
        st.cache_resource.clear()

    yield set_folder
    st.cache_resource.clear()


@pytest.fixture
def hostile(tmp_path: Path, serve: Callable[[Path], None]) -> Path:
    """Serve a folder that is valid, and as far from the shipped one as one can be."""
    folder = write_hostile(tmp_path)
    serve(folder)
    return folder


@pytest.fixture
def visit() -> Visit:
    """Give a function that opens a page under the parameters of a link, as a new visitor.

    ``page`` is the script of another page than the first.
    """

    def open_page(page: str = "", **query: str | list[str]) -> Page:
        test = AppTest.from_file(APP, default_timeout=30)
        if page:
            test.run()
            test.switch_page(f"components/pages/{page}.py")
        for parameter, value in query.items():
            test.query_params[parameter] = value
        return Page(test).run()

    return open_page
