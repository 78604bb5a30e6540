"""Settings that all tests share, and the one browser of all that need one."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

# Tests are never timed: a slow machine is no fault of the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    # Two pages behind the address bar, loaded anew with every window, though nobody sees it.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
    # The map needs WebGL, which a machine without a graphics card draws in software.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # Software compiles each shader anew for every page: smooth edges alone take it a second.
    "--webgl-antialiasing-mode=none",
)


Launch = Callable[..., Browser]
"""Starts a Chromium with arguments of its own beside those of all."""


@pytest.fixture(scope="session")
def launch() -> Iterator[Launch]:
    """Start the Chromium that ``make test`` found, once or more often."""
    executable = os.environ.get("BROWSER_PATH") or shutil.which("chromium")
    assert executable, "no Chromium: run make test, which finds or installs one"
    started: list[Browser] = []
    with sync_playwright() as playwright:

        def start(*arguments: str) -> Browser:
            browser = playwright.chromium.launch(
                executable_path=executable, args=[*BROWSER_ARGUMENTS, *arguments]
            )
            started.append(browser)
            return browser

        yield start
        for browser in started:
            browser.close()


@pytest.fixture(scope="session")
def chromium(launch: Launch) -> Browser:
    """Start the browser that most tests share."""
    return launch()
