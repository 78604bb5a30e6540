"""The guard: which requests are let in at all, and the security headers of every answer."""

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
"""Health checks ask for a server by its IP address."""

METHODS: Final = ("GET", "HEAD", "OPTIONS")
"""Everything is read-only: no upload, no form."""

MAX_TARGET: Final = 8000
"""At most so long is a path with its parameters, in bytes."""

MAX_HEADERS: Final = 16_384
MAX_HEADER_COUNT: Final = 100
"""At most so many headers come with a request, in bytes and in number."""

CORE: Final = "/_stcore/"
CORE_ROUTES: Final = ("health", "host-config", "stream", "bidi-components/")
"""What the pages need of Streamlit's own routes; uploads, metrics and the rest are closed."""

CLOSED: Final = ("/component/", "/oauth2callback", "/auth/")
"""Routes of Streamlit's that nothing here uses."""

PERMISSIONS: Final = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
    "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()"
)
"""Browser features that a page may not use: everything but the clipboard and full screen."""

FILE_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
)
"""For whatever is not a page: opened by itself it can run nothing and load nothing."""

BUSY: Final = 1013
"""The code with which a connection is closed that may be tried again later."""

SHARED: Final = ("/api/", "/charts/", "/feed.atom", "/calendar.ics")
"""What pages of other sites may load."""

OPEN: Final = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Retry-After, X-Request-Id",
}
"""They may read all of it: the data is public, and there are no accounts."""


class Guard:
    """Middleware: refuses what no page or API client needs; adds headers to every answer.

    Refuses unknown hosts, methods that do not read, bodies, long addresses, more open pages for
    one address than the settings allow, and those routes of Streamlit that nothing needs.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Wrap an app."""
        self._app = app
        self._settings = settings
        self._connections: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a problem."""
        if scope["type"] == "websocket":
            await self._connect(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        problem = self._objection(scope)
        app = problem.response() if problem else self._app
        await app(scope, receive, with_common_headers(scope, send))

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a page open its WebSocket, unless this address has too many."""
        address = address_of(scope)
        is_accepted = is_host_allowed(_host(scope), self._settings.allowed_hosts)
        is_accepted = is_accepted and not _has_too_many_headers(scope)
        is_full = self._connections.total() >= self._settings.connections
        if not is_accepted or is_full or self._has_many(address):
            await receive()
            if is_accepted:
                # A page whose handshake is refused, or gets no subprotocol, is not told why.
                protocol = next(iter(scope.get("subprotocols", ())), None)
                await send({"type": "websocket.accept", "subprotocol": protocol})
            await send({"type": "websocket.close", "code": BUSY})
            return
        self._connections[address] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._connections[address] -= 1
            self._connections += Counter()  # Drops the addresses that have none.

    def _has_many(self, address: str) -> bool:
        return self._connections[address] >= self._settings.visits_per_address

    def _objection(self, scope: Scope) -> Problem | None:
        """Return what is wrong with a request, before any work is done for it; None if nothing."""
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
            # The body is not read: it must not be taken for the next request.
            close = {"connection": "close"}
            return Problem(413, "Content too large", "A request may have no body.", headers=close)
        if len(scope.get("raw_path") or path) + len(scope["query_string"]) > MAX_TARGET:
            detail = f"Path and parameters may have {MAX_TARGET:,} bytes together."
            return Problem(414, "Address too long", detail)
        if _has_too_many_headers(scope):
            return Problem(431, "Headers too large", "The headers of this request are too large.")
        if _is_closed(path):
            return Problem(404, "Not found", "There is nothing at this address.")
        return None


def address_of(scope: Scope) -> str:
    """Return the address of a client; for IPv6 its /64 network."""
    host: str = (scope.get("client") or ("",))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network((int(address), 64), strict=False))
    return str(address)


def is_host_allowed(host: str, allowed: Iterable[str]) -> bool:
    """Return whether a Host header names one of the allowed hosts, whatever its port."""
    try:
        parts = urlsplit(f"//{host}")
        name = (parts.hostname or "").rstrip(".")
        is_plain = parts.port is not None or parts.netloc == host
    except ValueError:
        return False
    is_plain = is_plain and not (parts.path or parts.query or parts.fragment or "@" in host)
    return bool(name) and is_plain and any(_matches(name, pattern) for pattern in allowed)


def page_policy(settings: Settings, *, scripts: Iterable[str], is_card: bool) -> str:
    """Return the content security policy of a page; ``scripts`` are hashes of inline scripts.

    A card may be framed by the sites that the settings name, a whole page only by our own.
    """
    ancestors = " ".join(settings.frame_ancestors) if is_card else "'self'"
    # Streamlit and Plotly set inline styles; Streamlit runs our components from blob URLs and
    # unpacks data with WebAssembly; deck.gl starts its workers from blob URLs.
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
        "form-action": "'self'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _matches(name: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return name.endswith(pattern[1:])
    return pattern in ("*", name)


def _host(scope: Scope) -> str:
    """Return the Host header, "" where there is none or more than one."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return hosts[0].decode("latin-1").lower() if len(hosts) == 1 else ""


def _has_too_many_headers(scope: Scope) -> bool:
    headers = scope["headers"]
    size = sum(len(name) + len(value) for name, value in headers)
    return len(headers) > MAX_HEADER_COUNT or size > MAX_HEADERS


def _is_closed(path: str) -> bool:
    start = path.find(CORE)
    if start >= 0:
        rest = path[start + len(CORE) :]
        is_open = any(
            rest.startswith(route) if route.endswith("/") else rest == route
            for route in CORE_ROUTES
        )
        return start > 0 or not is_open
    return path.startswith(CLOSED)


def with_common_headers(scope: Scope, send: Send) -> Send:
    """Return a ``send`` that adds the headers of every answer; headers of its own stay."""
    is_shared = scope["path"].startswith(SHARED)
    common = _headers_for(is_shared=is_shared, is_secure=scope.get("scheme") == "https")

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in message["headers"]}
            more = [pair for pair in common if pair[0] not in own]
            message["headers"] = [*message["headers"], *more]
        await send(message)

    return send_with_headers


@cache
def _headers_for(*, is_shared: bool, is_secure: bool) -> tuple[tuple[bytes, bytes], ...]:
    headers = {
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "permissions-policy": PERMISSIONS,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "cross-origin" if is_shared else "same-origin",
        "content-security-policy": FILE_POLICY,
    }
    if is_shared:
        headers |= OPEN
    if is_secure:
        headers["strict-transport-security"] = "max-age=31536000"
    return tuple((name.encode(), value.encode()) for name, value in headers.items())
