"""The guard: which requests come in at all, and the security headers of every answer."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.serving.problems import Problem
from components.serving.settings import Settings

OPEN_TO_ANY_HOST: Final = ("/healthz", "/readyz")
"""Whoever watches a server's health asks for it by its number."""

METHODS: Final = ("GET", "HEAD", "OPTIONS")
"""There is nothing to send here: no upload, no form."""

MAX_TARGET: Final = 8000
"""A path with its parameters is no longer, in bytes."""

MAX_HEADERS: Final = 16_384
MAX_HEADER_COUNT: Final = 100
"""No more headers come with a request, in bytes and in number."""

CORE: Final = "/_stcore/"
CORE_ROUTES: Final = ("health", "host-config", "stream", "bidi-components/")
"""What the pages need of Streamlit's own routes; uploads, metrics and the rest are closed."""

CLOSED: Final = ("/component/", "/oauth2callback", "/auth/")
"""Routes of Streamlit's that nothing here uses."""

QUIET: Final = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
    "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()"
)
"""What a page may not ask of the visitor's device: everything but the clipboard and full screen."""

FILE_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
)
"""For what is no page of ours: opened by itself it can run nothing and load nothing."""

SHARED: Final = ("/api/", "/charts/", "/feed.atom")
"""What pages of other sites may load."""

OPEN: Final = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Retry-After, X-Request-Id",
}
"""They may read all of it: there is nothing private here, and nobody is known."""


class Guard:
    """Middleware: turns away what no page or program of ours asks, and marks every answer.

    Refuses other hosts than the allowed ones, other methods than reading, bodies, endless
    addresses, more open pages for one address than the settings allow, and Streamlit's routes
    that nothing needs.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Wrap an app."""
        self._app = app
        self._settings = settings
        self._visits: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a problem."""
        if scope["type"] == "websocket":
            await self._visit(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        problem = self._objection(scope)
        app = problem.response() if problem else self._app
        await app(scope, receive, marking(scope, send))

    async def _visit(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a page open its line to the server, unless this address has too many."""
        address = address_of(scope)
        is_welcome = is_host_allowed(_host(scope), self._settings.allowed_hosts)
        is_welcome = is_welcome and not _has_too_many_headers(scope)
        is_welcome = is_welcome and self._visits.total() < self._settings.connections
        if not is_welcome or self._visits[address] >= self._settings.visits_per_address:
            await receive()
            await send({"type": "websocket.close", "code": 1013})
            return
        self._visits[address] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._visits[address] -= 1
            self._visits += Counter()  # Forget who has none.

    def _objection(self, scope: Scope) -> Problem | None:
        """Say what is wrong with a request before anything is done for it; None if nothing is."""
        path: str = scope["path"]
        headers = Headers(scope=scope)
        is_known_host = path in OPEN_TO_ANY_HOST or is_host_allowed(
            _host(scope), self._settings.allowed_hosts
        )
        if not is_known_host:
            detail = "This server does not answer for this host: see PLEDGE_HOSTS in its README."
            return Problem(400, "Unknown host", detail)
        if scope["method"] not in METHODS:
            detail = "Everything here is read only."
            allow = {"allow": ", ".join(METHODS)}
            return Problem(405, "Method not allowed", detail, headers=allow)
        if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
            # What follows is not read: it must not be taken for the next request.
            away = {"connection": "close"}
            return Problem(413, "Content too large", "A request may have no body.", headers=away)
        if len(scope.get("raw_path") or path) + len(scope["query_string"]) > MAX_TARGET:
            detail = f"Path and parameters may have {MAX_TARGET:,} bytes together."
            return Problem(414, "Address too long", detail)
        if _has_too_many_headers(scope):
            return Problem(431, "Headers too large", "The headers of this request are too large.")
        if _is_closed(path):
            return Problem(404, "Not found", "There is nothing at this address.")
        return None


def address_of(scope: Scope) -> str:
    """Give whose request it is: an address, of the newer kind (IPv6) its network of 64 bits."""
    host: str = (scope.get("client") or ("",))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        older = address.ipv4_mapped
        return str(older or ip_network((int(address), 64), strict=False))
    return str(address)


def is_host_allowed(host: str, allowed: Iterable[str]) -> bool:
    """Tell whether a Host header names one of the allowed hosts, whatever its port."""
    try:
        parts = urlsplit(f"//{host}")
        name = (parts.hostname or "").rstrip(".")
        is_plain = parts.port is not None or parts.netloc == host
    except ValueError:
        return False
    is_plain = is_plain and not (parts.path or parts.query or parts.fragment or "@" in host)
    return bool(name) and is_plain and any(_fits(name, pattern) for pattern in allowed)


def page_policy(settings: Settings, *, scripts: Iterable[str], is_card: bool) -> str:
    """Give the content security policy of a page; ``scripts`` are the hashes of those in it.

    A card may be shown by the sites that the settings name, a whole page by none but ours.
    """
    ancestors = " ".join(settings.frame_ancestors) if is_card else "'self'"
    # Streamlit and Plotly set styles on elements, Streamlit runs our components from blobs it makes
    # itself, and unpacks data with WebAssembly; deck.gl works in threads made of blobs.
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(
            ["'self'", "blob:", "'wasm-unsafe-eval'", *(f"'{one}'" for one in scripts)]
        ),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "media-src": "'self' blob:",
        "manifest-src": "'self'",
        "frame-ancestors": ancestors,
        "base-uri": "'none'",
        "form-action": "'none'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _fits(name: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return name.endswith(pattern[1:])
    return pattern in ("*", name)


def _host(scope: Scope) -> str:
    """Give the Host header, "" where there is none or more than one."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return hosts[0].decode("latin-1").lower() if len(hosts) == 1 else ""


def _has_too_many_headers(scope: Scope) -> bool:
    headers = scope["headers"]
    size = sum(len(name) + len(value) for name, value in headers)
    return len(headers) > MAX_HEADER_COUNT or size > MAX_HEADERS


def _is_closed(path: str) -> bool:
    place = path.find(CORE)
    if place >= 0:
        rest = path[place + len(CORE) :]
        is_open = any(
            rest.startswith(route) if route.endswith("/") else rest == route
            for route in CORE_ROUTES
        )
        return place > 0 or not is_open
    return path.startswith(CLOSED)


def marking(scope: Scope, send: Send) -> Send:
    """Add the headers that every answer has; what an answer says itself stays."""
    is_shared = scope["path"].startswith(SHARED)
    common = _headers_for(is_shared=is_shared, is_secure=scope.get("scheme") == "https")

    async def send_marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            said = {name for name, _ in message["headers"]}
            more = [pair for pair in common if pair[0] not in said]
            message["headers"] = [*message["headers"], *more]
        await send(message)

    return send_marked


@cache
def _headers_for(*, is_shared: bool, is_secure: bool) -> tuple[tuple[bytes, bytes], ...]:
    headers = {
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "permissions-policy": QUIET,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "cross-origin" if is_shared else "same-origin",
        "content-security-policy": FILE_POLICY,
    }
    if is_shared:
        headers |= OPEN
    if is_secure:
        headers["strict-transport-security"] = "max-age=31536000"
    return tuple((name.encode(), value.encode()) for name, value in headers.items())
