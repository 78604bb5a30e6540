"""The server without the dashboard inside: routes and middleware around an app that says so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.testclient import TestClient

from components.serving import server
from components.serving.settings import Settings
from components.views import store
from tests.frozen import FOLDER

Serve = Callable[..., TestClient]


def behind(chosen: Settings) -> Starlette:
    """Build the server with a stand-in for Streamlit, which answers whatever reaches it."""
    parts: dict[str, Any] = server.app_arguments(chosen)
    rest = Mount("/", PlainTextResponse("Streamlit"))
    return Starlette(
        routes=[*parts["routes"], rest],
        middleware=parts["middleware"],
        exception_handlers=parts["exception_handlers"],
    )


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    """Return a function that serves a folder, by default the frozen one, under some settings."""

    def start(**settings: Any) -> TestClient:
        chosen = Settings.model_validate({"data": FOLDER, "cache": tmp_path / "cache"} | settings)
        store.shared(chosen.data).read()
        app = behind(chosen)
        return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)

    return start


@pytest.fixture
def client(serve: Serve) -> TestClient:
    """Serve the frozen data."""
    return serve(answers_per_minute=100_000)
