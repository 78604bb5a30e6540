#!/bin/sh
# Prints the path of the Chromium that the browser tests drive; where none is installed, installs
# Debian's if it may (root, apt-get), else says how to get one and fails. A missing browser must
# not pass in silence: the tests that need it are the only ones that see what a reader sees.
set -eu

explain() { printf '%s\n' "$@" >&2; }

find_installed() {
    for candidate in chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        command -v "$candidate" && return
    done
    return 1
}

if [ -n "${BROWSER_PATH:-}" ]; then
    command -v "$BROWSER_PATH" && exit
    explain "BROWSER_PATH is '$BROWSER_PATH', and no program is there." \
        "Correct it, or unset it to use a browser found on PATH."
    exit 1
fi

find_installed && exit

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    explain "No Chromium found: installing Debian's (once)."
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >&2
    find_installed && exit
fi

explain "The browser tests need Chromium or Chrome, and none was found on PATH. Either" \
    "  install it      Debian: sudo apt-get install chromium; macOS: brew install --cask google-chrome" \
    "  or say where    make test BROWSER_PATH=/path/to/chromium"
exit 1
