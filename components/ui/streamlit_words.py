"""Streamlit's own words, English in every app: the browser puts others in their place."""

from typing import Final

from components.basics.messages import ENGLISH, _, language, mark
from components.ui import browser

WORDS: Final = (
    mark("Skip to main content"),
    mark("Main menu"),
    mark("Running..."),
    mark("Connecting"),
    mark("Stop"),
    mark("Stopping..."),
    mark("Connection error"),
    mark("Connection lost. Please wait for the app to reconnect, then try again."),
    mark("Theme"),
    mark("System"),
    mark("Use system setting"),
    mark("Light"),
    mark("Dark"),
    mark("Print"),
    mark("Close"),
    mark("Dismiss"),
    mark("Fullscreen"),
    mark("Close fullscreen"),
    mark("Open"),
    mark("No results"),
    mark("Selected values"),
    mark("Remove {value}"),
    mark("Clear all"),
    mark("Clear value"),
    mark("Clear entry"),
    mark("Press Enter to apply"),
    mark("Help"),
    mark("Help for {label}"),
    mark("Pagination"),
    mark("Page {number}"),
    mark("Previous page"),
    mark("Next page"),
    mark("Copy to clipboard"),
    mark("Copied"),
    mark("Copy version to clipboard"),
    mark("Download failed"),
)
"""Each is a whole text or name; what stands in braces is any text."""

_replace = browser.component("words")


def replace() -> None:
    """Replace them on a page in another language."""
    if language() != ENGLISH:
        _replace(key="words", data={word: _(word) for word in WORDS}, height=1)
