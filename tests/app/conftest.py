"""The dashboard, opened in-process as a visitor opens it."""

import gc
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.app.folders import write_hostile
from tests.app.page import Page, Visit
from tests.frozen import FOLDER

APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture(scope="session", autouse=True)
def imported() -> Iterator[None]:
    """Import the app once, and exclude it from the garbage collection at the end of every run.

    Every AppTest asks each installed package for components of its own: here one answer serves all.
    """
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        AppTest.from_file(APP, default_timeout=60).run()
        gc.freeze()
        yield
        gc.unfreeze()


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every test with the frozen data, whatever the shell's environment."""
    monkeypatch.setenv("PLEDGE_DATA", str(FOLDER))


@pytest.fixture(autouse=True)
def without_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the visitor's browser draw pictures; tests/browser tests the server's browser."""
    monkeypatch.setenv("KALEIDO", "off")


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Yield a function that restarts the server with another folder."""

    def set_folder(folder: Path) -> None:
        monkeypatch.setenv("PLEDGE_DATA", str(folder))
        st.cache_resource.clear()

    yield set_folder
    st.cache_resource.clear()


@pytest.fixture
def hostile(tmp_path: Path, serve: Callable[[Path], None]) -> Path:
    """Serve a folder that is valid, and as different from the shipped one as possible."""
    folder = write_hostile(tmp_path)
    serve(folder)
    return folder


@pytest.fixture
def visit() -> Visit:
    """Return a function that opens a page with the parameters of a link, as a new visitor.

    ``page`` is the file name of another page's script without .py; "" is the first page.
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
