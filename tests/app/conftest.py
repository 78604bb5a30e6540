"""The dashboard, opened in-process as a visitor opens it."""

import gc
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from components.basics import messages
from tests.app.amounts import in_language
from tests.app.folders import write_hostile
from tests.app.page import Convert, Page, Say, Visit
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


@pytest.fixture(params=messages.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Run a test in every language: what it opens by ``visit`` is in this one."""
    return str(request.param)


@pytest.fixture
def said(language: str) -> Say:
    """Return a function that gives a message of the dashboard in the language of the test."""

    def say(message: str, /, *, context: str = "", **values: object) -> str:
        with messages.using(language):
            text = messages.in_context(context, message) if context else messages._(message)
        # A message misspelt here would be English in both languages.
        assert language == messages.ENGLISH or text != message, message
        return text.format_map(values) if values else text

    return say


@pytest.fixture
def amount(language: str) -> Convert:
    """Return a function that gives an English amount in the language of the test."""
    return partial(in_language, language)


@pytest.fixture
def visit(request: pytest.FixtureRequest) -> Visit:
    """Return a function that opens a page with the parameters of a link, as a new visitor.

    ``page`` is the file name of another page's script without .py; "" is the first page. A test
    that asks for no ``language`` opens the pages in English.
    """
    runs_in_all = "language" in request.fixturenames
    language = str(request.getfixturevalue("language")) if runs_in_all else messages.ENGLISH

    def open_page(page: str = "", **query: str | list[str]) -> Page:
        test = AppTest.from_file(APP, default_timeout=30)
        if page:
            test.run()
            test.switch_page(f"components/pages/{page}.py")
        return Page(test, language).go(**query)

    return open_page
