"""An answer: bytes with their entity tag and compressed forms, made once for many requests."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Final

import brotli
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header, unquote_etag

from components.basics import messages

QUESTION_BYTES: Final = 10_000
"""What the question takes in a cache, beside the answer; it may be long."""

MIN_BYTES: Final = 500
"""A shorter answer is sent uncompressed."""

QUALITY: Final = 5

MEDIA_TYPES: Final = {"json": "application/json", "csv": "text/csv"}
"""Kind of rows, which is also a suffix -> media type; the first is the default."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One representation of one resource; ``headers`` are those beside type, tag and coding."""

    body: bytes
    media_type: str
    etag: str
    codings: Mapping[str, bytes] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    _raw: dict[str, tuple[tuple[bytes, bytes], ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        body: bytes,
        media_type: str,
        *,
        headers: Mapping[str, str] | None = None,
        status: int = 200,
        is_packed: bool = False,
    ) -> "Answer":
        """Return a body with its tag, compressed unless ``is_packed``: compressed in itself.

        Its words are of the present language, and it says so.
        """
        codings: dict[str, bytes] = {}
        if not is_packed and len(body) >= MIN_BYTES:
            codings = {
                "br": brotli.compress(body, quality=QUALITY),
                "gzip": gzip.compress(body, compresslevel=6, mtime=0),
            }
        tag = sha256(body).hexdigest()[:24]
        language = {"content-language": messages.language()}
        return cls(body, media_type, tag, codings, language | dict(headers or {}), status)

    def __len__(self) -> int:
        """Return the bytes that it takes to cache it, with its question."""
        return len(self.body) + sum(map(len, self.codings.values())) + QUESTION_BYTES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the body in the best coding that is accepted, or 304 where the client has it."""
        asked = Headers(scope=scope)
        coding = _best(asked.get("accept-encoding", ""), tuple(self.codings))
        tag = f"{self.etag}-{coding}" if coding else self.etag
        if self.status == 200 and _has(asked.get("if-none-match", ""), tag):
            headers = self._tagged(tag)
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        body = self.codings[coding] if coding else self.body
        start = {"type": "http.response.start", "status": self.status}
        await send(start | {"headers": list(self._raw_headers(coding, tag))})
        is_head = scope["method"] == "HEAD"
        await send({"type": "http.response.body", "body": b"" if is_head else body})

    def _tagged(self, tag: str) -> dict[str, str]:
        """Return the headers that tell this body from any other of its address."""
        headers = dict(self.headers) | {"etag": f'"{tag}"'}
        if self.codings:
            vary = filter(None, [self.headers.get("vary", ""), "Accept-Encoding"])
            headers["vary"] = ", ".join(vary)
        return headers

    def _raw_headers(self, coding: str, tag: str) -> tuple[tuple[bytes, bytes], ...]:
        """Return all headers as they are sent; worked out once for each coding."""
        known = self._raw.get(coding)
        if known is None:
            headers = self._tagged(tag)
            if coding:
                headers["content-encoding"] = coding
            body = self.codings[coding] if coding else self.body
            known = tuple(Response(body, self.status, headers, self.media_type).raw_headers)
            self._raw[coding] = known
        return known


@lru_cache(maxsize=256)
def preferred_kind(accepted: str) -> str:
    """Return the kind of rows that an Accept header prefers, "" where it accepts none."""
    best = parse_accept_header(accepted or "*/*", MIMEAccept).best_match(MEDIA_TYPES.values())
    return next((kind for kind, media_type in MEDIA_TYPES.items() if media_type == best), "")


@lru_cache(maxsize=256)
def _best(accepted: str, codings: tuple[str, ...]) -> str:
    """Return the first of our codings that the request accepts, "" for none."""
    if not codings or not accepted:
        return ""
    wanted = parse_accept_header(accepted)
    return next((coding for coding in codings if wanted.quality(coding) > 0), "")


def _has(if_none_match: str, tag: str) -> bool:
    if not if_none_match:
        return False
    given = (unquote_etag(part.strip())[0] for part in if_none_match.split(","))
    return if_none_match.strip() == "*" or tag in given
