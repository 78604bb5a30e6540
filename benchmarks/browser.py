"""A cold visit in Chromium, timed until a text can be read."""

import os
import shutil
import time
from typing import Final

from playwright.sync_api import Playwright

from benchmarks.server import HOST

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-background-networking",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
)
READABLE_WITHIN_MS: Final = 60_000


def find_browser() -> str:
    """Return the path of the Chromium to drive: ``BROWSER_PATH``, or the first on the path."""
    found = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise FileNotFoundError("No Chromium found: install one, or set BROWSER_PATH.")
    return found


def time_to_read(playwright: Playwright, port: int, *, text: str) -> float:
    """Return the seconds from requesting a page to seeing a text on it, in a browser just started.

    A new browser has nothing cached; its start is not counted.
    """
    with playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS) as browser:
        page = browser.new_page()
        started = time.perf_counter()
        page.goto(f"http://{HOST}:{port}/", wait_until="commit")
        page.get_by_text(text, exact=True).first.wait_for(timeout=READABLE_WITHIN_MS)
        return time.perf_counter() - started
