#!/bin/sh
# Prints the path of the Caddy that the test with three replicas puts in front of them; where none
# is installed, installs Debian's if it may (root, apt-get), else says how to get one and fails.
set -eu

explain() { printf '%s\n' "$@" >&2; }

if [ -n "${CADDY_PATH:-}" ]; then
    command -v "$CADDY_PATH" && exit
    explain "CADDY_PATH is '$CADDY_PATH', and no program is there. Correct it, or unset it."
    exit 1
fi

command -v caddy && exit

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    explain "No Caddy found: installing Debian's (once)."
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends caddy; } >&2
    command -v caddy && exit
fi

explain "The test with three replicas needs Caddy, and none was found on PATH. Either" \
    "  install it      Debian: sudo apt-get install caddy; macOS: brew install caddy" \
    "  or say where    make test CADDY_PATH=/path/to/caddy"
exit 1
